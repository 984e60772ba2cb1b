// A TAK peer for the tests: sends tracks of its own and says on its output, a JSON line each, what it receives.
// node peer.mjs client|server|mesh {options as JSON}; ends with its input.
import dgram from 'node:dgram';
import fs from 'node:fs';
import net from 'node:net';
import tls from 'node:tls';
import CoT, { CoTParser } from '@tak-ps/node-cot';

const [mode, json] = process.argv.slice(2);
const options = JSON.parse(json ?? '{}');
const say = (line) => process.stdout.write(JSON.stringify(line) + '\n');
console.log = console.error; // Only our lines go to the output.
process.stdin.resume();
process.stdin.on('end', () => process.exit(0));

const at = (seconds) => new Date(Date.now() + seconds * 1000).toISOString();

const event = (uid, type, detail, more = {}) => new CoT({
  event: {
    _attributes: { version: '2.0', uid, type, how: 'm-g', time: at(0), start: at(0), stale: at(60), ...more },
    point: { _attributes: { lat: '33.25', lon: '44.5', hae: '3000', ce: '150', le: '9999999' } },
    detail,
  },
});

const began = Date.now();

const track = () => {
  const one = event('peer-track-1', 'a-f-A-C-F', {
    contact: { _attributes: { callsign: 'PEER1' } },
    track: { _attributes: { course: '90', speed: '200' } },
  });
  // 93,000 m are a degree of longitude here.
  if (options.moves) one.raw.event.point._attributes.lon = String(44.5 + (200 * (Date.now() - began)) / 1000 / 93_090);
  return one;
};

const heard = (cot, form) => {
  const { uid, type, stale, time, opex } = cot.raw.event._attributes;
  const { lat, lon, ce } = cot.raw.event.point._attributes;
  const detail = cot.raw.event.detail ?? {};
  say({
    heard: type, uid, form, opex, lat: Number(lat), lon: Number(lon), ce: Number(ce),
    goodFor: (Date.parse(stale) - Date.parse(time)) / 1000, detail,
  });
};

const varint = (value) => {
  const bytes = [];
  for (; value >= 0x80; value = Math.floor(value / 128)) bytes.push((value & 0x7f) | 0x80);
  return Buffer.from([...bytes, value]);
};

const framed = async (cot) => {
  const body = await CoTParser.to_proto(cot);
  return Buffer.concat([Buffer.from([0xbf]), varint(body.length), body]);
};

/** Takes whole events and messages from a stream; both forms may come. */
function reader(onEvent) {
  let held = Buffer.alloc(0);
  return async (chunk) => {
    held = Buffer.concat([held, chunk]);
    while (held.length > 0) {
      if (held[0] === 0xbf) {
        let length = 0, header = 1, shift = 1;
        for (; header < held.length; header++, shift *= 128) {
          length += (held[header] & 0x7f) * shift;
          if (held[header] < 0x80) break;
        }
        if (header >= held.length || held.length < header + 1 + length) return;
        const body = held.subarray(header + 1, header + 1 + length);
        held = held.subarray(header + 1 + length);
        await onEvent(await CoTParser.from_proto(body), 'protobuf');
      } else {
        const end = held.indexOf('</event>');
        if (end < 0) return;
        const xml = held.subarray(0, end + 8).toString().trim();
        held = held.subarray(end + 8);
        await onEvent(CoTParser.from_xml(xml), 'xml');
      }
    }
  };
}

/** Node-tak itself, over TLS with a client certificate. */
async function client() {
  const { default: TAK } = await import('@tak-ps/node-tak');
  const tak = await TAK.connect(new URL(`ssl://127.0.0.1:${options.port}`), {
    cert: fs.readFileSync(options.certificate, 'utf8'),
    key: fs.readFileSync(options.key, 'utf8'),
    ca: fs.readFileSync(options.authority, 'utf8'),
    rejectUnauthorized: true,
  });
  tak.on('ping', () => say({ pong: true }));
  tak.on('cot', (cot) => heard(cot, 'xml'));
  tak.on('error', (fault) => say({ fault: fault.message }));
  tak.on('end', () => say({ ended: true }));
  tak.on('secureConnect', () => {
    say({ connected: true });
    setInterval(() => tak.write([track()]), 500);
  });
}

/** A server as TAK Server is one: offers TAK protocol, answers pings, speaks what was settled. */
function server() {
  const serve = (socket) => {
    let protobuf = false;
    const send = async (cot) => socket.write(protobuf ? await framed(cot) : CoTParser.to_xml(cot) + '\n');
    const control = (type, element) => event('peer-server', type, { TakControl: element });
    const read = reader(async (cot, form) => {
      heard(cot, form);
      const { type } = cot.raw.event._attributes;
      if (type === 't-x-c-t') await send(event('takPong', 't-x-c-t-r', {}));
      if (type === 't-x-takp-q') {
        await send(control('t-x-takp-r', { TakResponse: { _attributes: { status: 'true' } } }));
        protobuf = true;
      }
    });
    let queue = Promise.resolve();
    socket.on('data', (chunk) => { queue = queue.then(() => read(chunk)).catch((fault) => say({ fault: fault.stack })); });
    socket.on('error', () => {});
    say({ connected: true, authorized: socket.authorized ?? null });
    const timer = setInterval(() => send(track()).catch(() => {}), 500);
    socket.on('close', () => { clearInterval(timer); say({ ended: true }); });
    if (options.offers) send(control('t-x-takp-v', {
      TakProtocolSupport: { _attributes: { version: '1' } },
      TakServerVersionInfo: { _attributes: { serverVersion: '5.0', apiVersion: '3' } },
    }));
  };
  const listening = options.certificate
    ? tls.createServer({
      cert: fs.readFileSync(options.certificate), key: fs.readFileSync(options.key),
      ca: fs.readFileSync(options.authority), requestCert: true, rejectUnauthorized: true,
    }, serve)
    : net.createServer(serve);
  listening.on('tlsClientError', (fault) => say({ fault: fault.message }));
  listening.listen(options.port ?? 0, '127.0.0.1', () => say({ port: listening.address().port }));
}

/** A device of the mesh: datagrams with protocol messages or XML. */
function mesh() {
  const socket = dgram.createSocket({ type: 'udp4', reuseAddr: true });
  socket.on('message', async (datagram) => {
    try {
      if (datagram[0] === 0xbf && datagram[1] === 1 && datagram[2] === 0xbf)
        heard(await CoTParser.from_proto(datagram.subarray(3)), 'mesh');
      else heard(CoTParser.from_xml(datagram.toString()), 'xml');
    } catch (fault) {
      say({ fault: fault.stack });
    }
  });
  socket.bind(options.port ?? 0, options.group ?? '127.0.0.1', async () => {
    if (options.group) {
      socket.addMembership(options.group, '127.0.0.1');
      socket.setMulticastInterface('127.0.0.1');
    }
    say({ port: socket.address().port });
    setInterval(async () => {
      const message = Buffer.concat([Buffer.from([0xbf, 1, 0xbf]), await CoTParser.to_proto(track())]);
      socket.send(message, options.to, options.group ?? '127.0.0.1');
      socket.send(CoTParser.to_xml(event('peer-track-2', 'a-u-A', {})), options.to, options.group ?? '127.0.0.1');
    }, 500);
  });
}

({ client, server, mesh })[mode]();

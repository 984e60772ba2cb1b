// A made-up picture for looking at the map and measuring it, without a server: the built console, a configuration, boards,
// and tracks that move, as docs/api.md lays them out. Nothing is tracked or decided here.
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import http from 'node:http';
import { extname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { pmtilesArchive } from './pmtiles.mjs';

const built = join(fileURLToPath(new URL('.', import.meta.url)), '../dist');
const types = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css', '.json': 'application/json', '.woff2': 'font/woff2' };
export const start = Date.parse('2024-07-29T21:40:00Z');
const degree = Math.PI / 180;
const box = { south: 29.2, north: 37.4, west: 38.8, east: 48.6 };

/**
 * Starts it on a free port. `tracks` flights all over the map besides two that threaten; `speedUp` seconds of the picture
 * pass in one; `churn` is the share of the flights that others take the place of each minute of the picture.
 */
export async function startFeed({ tracks = 40, hertz = 10, speedUp = 1, churn = 0.02, falling = true, map, csp, dist = built } = {}) {
  const flights = Array.from({ length: tracks }, (_, i) => flight(i + 100));
  const world = { flights, next: tracks + 100, seconds: 0, speedUp, churn, sensorLost: true, alerts: true, falling };
  const sockets = new Set();
  const listeners = new Set();
  const server = http.createServer((request, answer) => serve(request, answer, world, listeners, { map, csp, dist }));
  server.on('upgrade', (request, socket) => {
    const accept = createHash('sha1').update(`${request.headers['sec-websocket-key']}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`).digest('base64');
    socket.write(`HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${accept}\r\n\r\n`);
    socket.on('error', () => sockets.delete(socket));
    socket.on('close', () => sockets.delete(socket));
    send(socket, 1, Buffer.from(JSON.stringify(everyone(world).map((one) => describe(one, world)))));
    sockets.add(socket);
  });
  await new Promise((ready) => server.listen(0, '127.0.0.1', ready));
  let beats = 0;
  const timer = setInterval(() => {
    move(world, speedUp / hertz);
    const frame = encode(world);
    for (const socket of sockets) if (socket.writableLength < frame.length * 4) send(socket, 2, frame);
    if (++beats % hertz !== 0) return;
    // As in life, a few are described anew each second, and all that threaten.
    const told = world.fresh.splice(0).concat(everyone(world).filter((one, i) => one.id < 10 || (i + beats) % 100 === 0));
    const text = Buffer.from(JSON.stringify(told.map((one) => describe(one, world))));
    for (const socket of sockets) send(socket, 1, text);
    for (const answer of listeners) answer.write(`event: heartbeat\ndata: ${JSON.stringify({ now: now(world), boardsAt: now(world), operator: true, faults: [] })}\n\n`);
    for (const answer of listeners) answer.write(`event: boards\ndata: ${JSON.stringify(boards(world, ['alerts', 'crossings', 'sensors', 'coverage']))}\n\n`);
  }, 1000 / hertz);
  world.fresh = [];
  return {
    url: `http://127.0.0.1:${server.address().port}/`, world,
    stop: () => {
      clearInterval(timer);
      for (const socket of sockets) socket.destroy();
      server.closeAllConnections();
      server.close();
    },
  };
}

function serve(request, answer, world, listeners, { map, csp, dist }) {
  const path = new URL(request.url, 'http://host').pathname;
  if (csp) answer.setHeader('Content-Security-Policy', csp);
  if (path === '/api/configuration') return json(answer, configuration(map, dist));
  if (path === '/api/events') {
    answer.writeHead(200, { 'Content-Type': 'text/event-stream' });
    answer.write(`event: boards\ndata: ${JSON.stringify(boards(world))}\n\n`);
    listeners.add(answer);
    request.on('close', () => listeners.delete(answer));
    return undefined;
  }
  if (path === '/districts.json') return json(answer, districts);
  if (path === '/map.pmtiles') return part(request, answer, pmtilesArchive());
  const file = join(dist, normalize(path === '/' ? '/index.html' : decodeURIComponent(path)));
  if (!file.startsWith(dist) || !existsSync(file) || extname(file) === '') {
    answer.writeHead(404);
    return answer.end();
  }
  answer.writeHead(200, { 'Content-Type': types[extname(file)] ?? 'application/octet-stream' });
  return answer.end(readFileSync(file));
}

/** Districts a quarter of a degree wide, so that borders lie in any window; named as OpenStreetMap names them. */
const districts = {
  type: 'FeatureCollection',
  features: Array.from({ length: 240 }, (_, i) => [42 + (i % 20) * 0.25, 31 + Math.floor(i / 20) * 0.25]).map(([west, south], i) => ({
    type: 'Feature', properties: { name: `قضاء ${i}`, 'name:en': `District ${i}`, 'name:ar': `قضاء ${i}` },
    geometry: { type: 'Polygon', coordinates: [[[west, south], [west + 0.25, south], [west + 0.25, south + 0.25], [west, south + 0.25], [west, south]]] },
  })),
};

/** The part that is asked for, as our server gives it. */
function part(request, answer, bytes) {
  const [, from, to] = /bytes=(\d+)-(\d+)/.exec(request.headers.range ?? '') ?? [];
  const piece = from === undefined ? bytes : bytes.subarray(Number(from), Number(to) + 1);
  answer.writeHead(from === undefined ? 200 : 206, { 'Content-Type': 'application/octet-stream', ETag: '"1"', 'Content-Range': `bytes ${from}-${Number(from) + piece.length - 1}/${bytes.length}` });
  answer.end(piece);
}

function json(answer, value) {
  answer.writeHead(200, { 'Content-Type': 'application/json' });
  answer.end(JSON.stringify(value));
}

/** One WebSocket frame from us: never masked, never in parts. */
function send(socket, opcode, payload) {
  const long = payload.length > 65_535;
  const head = Buffer.alloc(long ? 10 : payload.length > 125 ? 4 : 2);
  head[0] = 0x80 | opcode;
  head[1] = long ? 127 : payload.length > 125 ? 126 : payload.length;
  if (long) head.writeBigUInt64BE(BigInt(payload.length), 2);
  else if (payload.length > 125) head.writeUInt16BE(payload.length, 2);
  socket.write(Buffer.concat([head, payload]));
}

const now = (world) => new Date(start + world.seconds * 1000).toISOString();
/** The same numbers each time: golden fractions fill an interval evenly. */
const share = (i, by) => (i * by) % 1;

function flight(i) {
  return {
    id: i, latitude: box.south + share(i, 0.618034) * (box.north - box.south), longitude: box.west + share(i, 0.754878) * (box.east - box.west),
    course: (i * 137.5) % 360, speed: 60 + share(i, 0.271) * 200, height: i % 17 === 0 ? NaN : 300 + share(i, 0.449) * 11_500,
    status: i % 29 === 0 ? 2 : i % 31 === 0 ? 0 : 1, identity: i % 10 === 0 ? 0 : i % 3 === 0 ? 1 : 2, kind: i % 10 === 0 ? (i % 20 === 0 ? 3 : 4) : 1,
    sigma: 60 + share(i, 0.33) * 300,
  };
}

/** Two that say nothing of themselves fly to a zone, 95 km away at first; one comes down. */
function threats(world) {
  const seconds = world.seconds % 330;
  const pair = [0, 1].map((k) => {
    const along = seconds * 250 + k * 5000;
    return {
      id: 1 + k, latitude: 32.34 + (along * Math.cos(46 * degree)) / 111_195 + k * 0.02, longitude: 43.42 + (along * Math.sin(46 * degree)) / 93_700,
      course: 46, speed: 250, height: 6000 - k * 400, status: 1, identity: 0, kind: 4, sigma: 240,
    };
  });
  if (world.falling) pair.push({ id: 3, latitude: 33.9, longitude: 45.6, course: 240, speed: 1450, height: 31_000, status: 1, identity: 0, kind: 5, sigma: 420 });
  return pair;
}

const everyone = (world) => [...threats(world), ...world.flights];

function move(world, seconds) {
  world.seconds += seconds;
  for (const one of world.flights) {
    const metres = one.speed * seconds;
    one.latitude += (metres * Math.cos(one.course * degree)) / 111_195;
    one.longitude += (metres * Math.sin(one.course * degree)) / (111_195 * Math.cos(one.latitude * degree));
    if (one.latitude < box.south || one.latitude > box.north || one.longitude < box.west || one.longitude > box.east) one.course = (one.course + 157) % 360;
  }
  // Some go and others come, as they do in hours.
  for (let due = (world.flights.length * world.churn * seconds) / 60 + (world.left ?? 0); ; due--) {
    world.left = due;
    if (due < 1) return;
    const fresh = flight(world.next++);
    world.flights[fresh.id % world.flights.length] = fresh;
    world.fresh.push(fresh);
  }
}

function encode(world) {
  const all = everyone(world);
  const frame = Buffer.alloc(24 + all.length * 32);
  frame[0] = 1;
  frame[1] = 1;
  frame.writeUInt16LE(32, 2);
  frame.writeUInt32LE(all.length, 4);
  frame.writeDoubleLE(start + world.seconds * 1000, 8);
  frame.writeBigInt64LE(BigInt(Math.floor(world.seconds)), 16);
  all.forEach((one, i) => {
    const at = 24 + i * 32;
    frame.writeUInt32LE(one.id, at);
    frame.writeInt32LE(Math.round(one.latitude * 1e7), at + 4);
    frame.writeInt32LE(Math.round(one.longitude * 1e7), at + 8);
    frame.writeInt16LE(Number.isNaN(one.height) ? -32768 : Math.round(one.height / 10), at + 12);
    frame.writeUInt16LE(Math.round(one.speed * 10), at + 14);
    frame.writeUInt16LE(Math.round(one.course * 100), at + 16);
    frame[at + 18] = one.status | (one.identity << 4);
    frame[at + 19] = one.kind;
    frame.writeUInt16LE(Math.round(one.sigma), at + 20);
    frame.writeUInt16LE(20, at + 22);
    frame.writeInt16LE(one.id % 7 === 0 ? 60 : 0, at + 24);
    frame[at + 26] = 250;
    frame[at + 27] = 220;
    frame.writeUInt16LE(Math.round(one.sigma * 0.35), at + 28);
    frame[at + 30] = Math.round(((one.course + 90) % 180) * 256 / 180) % 256;
  });
  return frame;
}

function describe(one, world) {
  const silent = one.identity === 0;
  return {
    id: one.id, status: ['Tentative', 'Confirmed', 'Coasting'][one.status], identity: ['NonCooperative', 'Cooperative', 'Authorised'][one.identity],
    evidence: silent ? [] : ['says its callsign'], firstSeen: new Date(start).toISOString(), sensors: ['SIM-1', 'SIM-4'], reportedAs: [],
    ...(silent ? {} : { callsign: `NDX${one.id}`, mode3A: (one.id % 4096).toString(8).padStart(4, '0'), address: (0x710000 + one.id).toString(16).toUpperCase() }),
    ...(one.id <= 2 ? { ahead: { courseDegrees: 46, halfDegrees: 4.5, mostDegrees: 19, seconds: 300 } } : {}),
    ...(one.id === 3 ? { impact: {
      latitudeDegrees: 33.55, longitudeDegrees: 44.9, semiMajorMetres: 14_000, semiMinorMetres: 5200, bearingDegrees: 62,
      earliest: new Date(start + world.seconds * 1000 + 62_000).toISOString(), latest: new Date(start + world.seconds * 1000 + 104_000).toISOString(),
    } } : {}),
  };
}

const point = (latitudeDegrees, longitudeDegrees) => ({ latitudeDegrees, longitudeDegrees });
const zone = (id, name, ar, latitude, longitude, kilometres) => ({
  id, name, names: { ar }, secondsToShelter: 60, area: { centre: point(latitude, longitude), radiusMetres: kilometres * 1000, rings: [] },
});

function configuration(map, dist) {
  const borders = join(dist, 'geo/countries.json');
  const land = existsSync(borders) ? JSON.parse(readFileSync(borders, 'utf8')).features.find((one) => one.properties.name === 'Iraq') : undefined;
  const rings = (land?.geometry.type === 'Polygon' ? [land.geometry.coordinates] : land?.geometry.coordinates ?? []).flat();
  return {
    name: 'Map test', exercise: true, sender: 'test', timeZone: 'Asia/Baghdad', origin: point(33, 44), operator: true, signIn: 'loopback',
    zones: [
      zone('Z-JURF', 'Jurf al-Sakhr area, north of Babil Governorate', 'منطقة جرف الصخر، شمال محافظة بابل', 32.9, 44.2, 10),
      zone('Z-MUSAYYIB', 'Musayyib district, Babil', 'قضاء المسيب، بابل', 32.75, 44.45, 10),
      zone('Z-ASAD', 'Ain al-Assad base area, Anbar', 'منطقة قاعدة عين الأسد، الأنبار', 33.8, 42.4, 10),
      zone('Z-BAGHDAD', 'Baghdad', 'بغداد', 33.3, 44.4, 20), zone('Z-BASRA', 'Basra', 'البصرة', 30.5, 47.8, 18),
    ],
    sensors: [[33, 44, 40], [33, 42, 25], [31, 46, 30], [35, 44, 60], [32, 43, 25]].map(([latitude, longitude, antennaMetres], i) => ({
      id: `SIM-${i + 1}`, name: `Simulated radar ${i + 1}`, kind: 'Radar3D', feed: 'radar-net', rangeMetres: i === 2 ? 200_000 : 250_000, antennaMetres,
      position: { ...point(latitude, longitude), heightMetres: 60 },
    })),
    sites: [{ id: 'S-ASAD', name: 'Ain al-Assad', names: { ar: 'قاعدة عين الأسد' }, zone: 'Z-ASAD', position: point(33.8, 42.45), restricted: false }],
    sirens: [[32.92, 44.23], [32.86, 44.15], [32.74, 44.5], [33.3, 44.36], [33.36, 44.45]].map(([latitude, longitude], i) => (
      { id: `SR-${i + 1}`, name: `Siren ${i + 1}`, zone: i < 2 ? 'Z-JURF' : i < 3 ? 'Z-MUSAYYIB' : 'Z-BAGHDAD', position: point(latitude, longitude) })),
    borders: [{ id: 'IQ', name: 'Iraq', uncertaintyMetres: 1500, source: 'test', home: { radiusMetres: 0, rings: rings.map((ring) => ring.map(([longitude, latitude]) => point(latitude, longitude))) } }],
    feeds: ['radar-net'], ladder: { id: 'L', phases: ['Normal', 'A', 'B', 'C'], measures: {}, threatLevels: [], duties: [] }, ladders: [], formations: [],
    warning: { warningRelease: 'OnePerson', allClearByPerson: true }, ...(map ? { map } : {}),
  };
}

function boards(world, only) {
  const at = start + world.seconds * 1000;
  const iso = (seconds) => new Date(at + seconds * 1000).toISOString();
  const alert = (id, zoneId, state, tracks) => ({
    id, zone: zoneId, state, kind: 'CruiseType', since: iso(-80), updated: iso(0), probability: 0.9, arrival: { earliest: iso(95), latest: iso(130) }, tracks,
    seenBy: ['SIM-1'], reason: '', awaitsRelease: false, released: [], awaitsAllClear: false, escalated: 0, acknowledgedBy: [], messages: [], deliveries: [],
  });
  const crossing = (id, track, latitude, longitude, seconds, kind) => ({
    crossing: id, track, border: 'IQ', direction: 'Inbound', probability: 1, time: iso(seconds), earliest: iso(seconds - 2), latest: iso(seconds + 2),
    point: point(latitude, longitude), sigmaMetres: 100, heightMetres: 6000, courseDegrees: 40, identity: { kind, evidence: [] },
  });
  const all = {
    alerts: world.alerts ? [alert('A-1', 'Z-JURF', 'Warning', [1, 2]), alert('A-2', 'Z-MUSAYYIB', 'Warning', [1, 2]), { ...alert('A-3', 'Z-BAGHDAD', 'Watch', [3]), seenBy: [1, 2, 3, 4, 5].map((i) => `SIM-${i}`) }, alert('A-4', 'Z-BASRA', 'AllClear', [])] : [],
    coverage: { full: 4, others: world.sensorLost ? [{ zone: 'Z-BASRA', state: 'Blind', since: iso(-100) }] : [], low: [] },
    crossings: [
      crossing('C1', 104, 37.1, 42.5, -2400, 'Authorised'), crossing('C2', 107, 36.6, 41.6, -1500, 'Cooperative'), crossing('C3', 108, 36.5, 41.75, -1400, 'Authorised'),
      crossing('C4', 110, 29.9, 46.5, -900, 'Authorised'), crossing('C5', 1, 31.35, 42.1, -300, 'NonCooperative'), crossing('C6', 2, 31.37, 42.15, -280, 'NonCooperative'),
    ],
    sensors: [0, 1, 2, 3, 4].map((i) => ({ id: `SIM-${i + 1}`, state: i === 2 && world.sensorLost ? 'Lost' : 'Working', lastSeen: iso(-2), plots: 100, reason: '' })),
    sirens: [0, 1, 2, 3, 4].map((i) => ({ id: `SR-${i + 1}`, zone: '', state: ['Sounding', 'Sounding', 'LinkDown', 'Ready', 'Ready'][i], since: iso(-60), lastHeard: iso(-1), detail: '' })),
    drills: [], sites: [], feeds: [], directives: [], incidents: [], statements: [], log: [], claims: [], incursions: [], cases: [],
    shift: { earlier: [] }, sirenGroups: [], sirenOutlet: null,
  };
  const sections = only ? Object.fromEntries(only.map((name) => [name, all[name]])) : all;
  return { now: iso(0), sequence: Math.floor(world.seconds), withheld: 0, ...sections };
}

// Decodes the binary track frames of /api/tracks/live (layout: docs/api.md) into one typed array a quantity.

export interface TrackFrame {
  exercise: boolean;
  /** Server time of the frame, milliseconds since the Unix epoch. */
  time: number;
  sequence: number;
  count: number;
  id: Uint32Array;
  latitude: Float64Array;
  longitude: Float64Array;
  /** Metres; NaN when no sensor gave a height. */
  height: Float32Array;
  /** Metres per second. */
  speed: Float32Array;
  /** Degrees true. */
  course: Float32Array;
  /** 0 tentative, 1 confirmed, 2 coasting. */
  status: Uint8Array;
  /** 0 non-cooperative, 1 cooperative, 2 authorised. */
  identity: Uint8Array;
  /** 0 unknown, 1 aircraft, 2 helicopter, 3 slow drone, 4 cruise type, 5 ballistic. */
  kind: Uint8Array;
  /** One sigma along the longer axis of its ellipse and along the shorter one, metres; where the longer one points, degrees true. */
  accuracy: Uint16Array;
  accuracyAcross: Uint16Array;
  accuracyBearing: Float32Array;
  /** Seconds since a sensor last saw it. */
  age: Float32Array;
  /** Metres per second, NaN when unknown. */
  climb: Float32Array;
  existence: Float32Array;
}

const version = 1;
const headerBytes = 24;
const smallestRecord = 28;
/** Records of this length tell the ellipse; of shorter ones it is a circle. */
const withEllipse = 31;
const unknown = -32768;

export class BadFrame extends Error {}

export function decodeFrame(buffer: ArrayBuffer): TrackFrame {
  if (buffer.byteLength < headerBytes) throw new BadFrame(`a frame of ${buffer.byteLength} bytes has no whole header`);
  const view = new DataView(buffer);
  if (view.getUint8(0) !== version) throw new BadFrame(`version ${view.getUint8(0)} is not ours`);
  const stride = view.getUint16(2, true);
  const count = view.getUint32(4, true);
  if (stride < smallestRecord) throw new BadFrame(`records of ${stride} bytes are too short`);
  if (buffer.byteLength !== headerBytes + count * stride) {
    throw new BadFrame(`${count} records of ${stride} bytes do not make ${buffer.byteLength} bytes`);
  }
  const frame: TrackFrame = {
    exercise: (view.getUint8(1) & 1) === 1,
    time: view.getFloat64(8, true),
    sequence: Number(view.getBigInt64(16, true)),
    count,
    id: new Uint32Array(count),
    latitude: new Float64Array(count),
    longitude: new Float64Array(count),
    height: new Float32Array(count),
    speed: new Float32Array(count),
    course: new Float32Array(count),
    status: new Uint8Array(count),
    identity: new Uint8Array(count),
    kind: new Uint8Array(count),
    accuracy: new Uint16Array(count),
    accuracyAcross: new Uint16Array(count),
    accuracyBearing: new Float32Array(count),
    age: new Float32Array(count),
    climb: new Float32Array(count),
    existence: new Float32Array(count),
  };
  for (let i = 0, at = headerBytes; i < count; i++, at += stride) readRecord(view, at, frame, i, stride >= withEllipse);
  return frame;
}

function readRecord(view: DataView, at: number, frame: TrackFrame, i: number, hasEllipse: boolean): void {
  const height = view.getInt16(at + 12, true);
  const climb = view.getInt16(at + 24, true);
  const flags = view.getUint8(at + 18);
  frame.id[i] = view.getUint32(at, true);
  frame.latitude[i] = view.getInt32(at + 4, true) / 1e7;
  frame.longitude[i] = view.getInt32(at + 8, true) / 1e7;
  frame.height[i] = height === unknown ? NaN : height * 10;
  frame.speed[i] = view.getUint16(at + 14, true) / 10;
  frame.course[i] = view.getUint16(at + 16, true) / 100;
  frame.status[i] = flags & 15;
  frame.identity[i] = flags >> 4;
  frame.kind[i] = view.getUint8(at + 19);
  frame.accuracy[i] = view.getUint16(at + 20, true);
  frame.accuracyAcross[i] = view.getUint16(at + (hasEllipse ? 28 : 20), true);
  frame.accuracyBearing[i] = hasEllipse ? (view.getUint8(at + 30) * 180) / 256 : 0;
  frame.age[i] = view.getUint16(at + 22, true) / 10;
  frame.climb[i] = climb === unknown ? NaN : climb / 10;
  frame.existence[i] = view.getUint8(at + 26) / 255;
}

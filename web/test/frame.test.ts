import assert from 'node:assert/strict';
import { test } from 'node:test';
import { BadFrame, decodeFrame } from '../src/net/frame.js';

/** One record as docs/api.md lays it out, written here by hand. */
function frameOf(records: number, stride = 28): ArrayBuffer {
  const buffer = new ArrayBuffer(24 + records * stride);
  const view = new DataView(buffer);
  view.setUint8(0, 1);
  view.setUint8(1, 1);
  view.setUint16(2, stride, true);
  view.setUint32(4, records, true);
  view.setFloat64(8, 1_722_289_200_123, true);
  view.setBigInt64(16, 77n, true);
  for (let i = 0, at = 24; i < records; i++, at += stride) {
    view.setUint32(at, 4_000_000_000 + i, true);
    view.setInt32(at + 4, 329_123_456, true);
    view.setInt32(at + 8, -441_234_567, true);
    view.setInt16(at + 12, 600, true);
    view.setUint16(at + 14, 2501, true);
    view.setUint16(at + 16, 35_999, true);
    view.setUint8(at + 18, 2 | (1 << 4));
    view.setUint8(at + 19, 5);
    view.setUint16(at + 20, 120, true);
    view.setUint16(at + 22, 35, true);
    view.setInt16(at + 24, -15, true);
    view.setUint8(at + 26, 255);
  }
  return buffer;
}

test('every field of a record is read from its place', () => {
  const frame = decodeFrame(frameOf(2));
  assert.equal(frame.exercise, true);
  assert.equal(frame.time, 1_722_289_200_123);
  assert.equal(frame.sequence, 77);
  assert.equal(frame.count, 2);
  assert.deepEqual([...frame.id], [4_000_000_000, 4_000_000_001]);
  assert.equal(frame.latitude[1], 32.9123456);
  assert.equal(frame.longitude[1], -44.1234567);
  assert.equal(frame.height[0], 6000);
  assert.ok(Math.abs((frame.speed[0] ?? 0) - 250.1) < 1e-4);
  assert.ok(Math.abs((frame.course[0] ?? 0) - 359.99) < 1e-4);
  assert.equal(frame.status[0], 2);
  assert.equal(frame.identity[0], 1);
  assert.equal(frame.kind[0], 5);
  assert.equal(frame.accuracy[0], 120);
  assert.equal(frame.age[0], 3.5);
  assert.equal(frame.climb[0], -1.5);
  assert.equal(frame.existence[0], 1);
});

test('an unknown height is no number rather than a deep hole', () => {
  const buffer = frameOf(1);
  new DataView(buffer).setInt16(24 + 12, -32768, true);
  assert.ok(Number.isNaN(decodeFrame(buffer).height[0]));
});

test('records that grew in a later version are still read', () => {
  const frame = decodeFrame(frameOf(3, 36));
  assert.equal(frame.id[2], 4_000_000_002);
});

test('an empty sky is a whole frame', () => assert.equal(decodeFrame(frameOf(0)).count, 0));

test('a frame that is cut, of another version, or of impossible length is refused', () => {
  assert.throws(() => decodeFrame(frameOf(2).slice(0, 79)), BadFrame);
  assert.throws(() => decodeFrame(new ArrayBuffer(10)), BadFrame);
  const other = frameOf(1);
  new DataView(other).setUint8(0, 9);
  assert.throws(() => decodeFrame(other), BadFrame);
  const narrow = frameOf(0);
  new DataView(narrow).setUint16(2, 4, true);
  assert.throws(() => decodeFrame(narrow), BadFrame);
});

test('a longer record tells the ellipse of the position; of a shorter one it is a circle', () => {
  const buffer = frameOf(1, 32);
  new DataView(buffer).setUint16(24 + 28, 40, true);
  new DataView(buffer).setUint8(24 + 30, 128);
  const told = decodeFrame(buffer);
  assert.deepEqual([told.accuracy[0], told.accuracyAcross[0], told.accuracyBearing[0]], [120, 40, 90]);
  const plain = decodeFrame(frameOf(1));
  assert.deepEqual([plain.accuracy[0], plain.accuracyAcross[0], plain.accuracyBearing[0]], [120, 120, 0]);
});

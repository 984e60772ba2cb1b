import assert from 'node:assert/strict';
import { test } from 'node:test';
import { clock, clockInterval, date, extent, interval, metres, percent, position, signed, span, speed, trackNumber } from '../src/format.js';

const night = Date.parse('2024-07-29T21:45:00Z');

test('times are given in the zone where people live', () => {
  assert.equal(clock(night, 'Asia/Baghdad'), '00:45:00');
  assert.equal(date(night, 'Asia/Baghdad'), '2024-07-30');
  assert.equal(clock(night, 'UTC'), '21:45:00');
  assert.equal(date(night, 'UTC'), '2024-07-29');
});

test('midnight is 00, not 24', () => assert.equal(clock(Date.parse('2024-07-29T21:00:00Z'), 'Asia/Baghdad'), '00:00:00'));

test('a span reads as minutes and seconds, with hours when there are any', () => {
  assert.equal(span(7), '0:07');
  assert.equal(span(765), '12:45');
  assert.equal(span(3723), '1:02:03');
  assert.equal(span(59.6), '1:00');
  assert.equal(span(-5), '0:00');
});

test('an arrival is an interval, never one figure', () => {
  assert.equal(interval(night + 250_000, night + 330_000, night), '4:10–5:30');
  assert.equal(interval(night - 1000, night + 30_000, night), '0:00–0:30');
});

test('an interval by the clock has seconds when it is within a minute, else whole minutes that hold it', () => {
  assert.equal(clockInterval(night + 10_000, night + 65_000, 'UTC'), '21:45:10–21:46:05');
  assert.equal(clockInterval(night + 10_000, night + 10_000, 'UTC'), '21:45:10–21:45:10');
  assert.equal(clockInterval(night + 10_000, night + 250_000, 'UTC'), '21:45–21:50');
  assert.equal(clockInterval(night, night + 240_000, 'UTC'), '21:45–21:49');
});

test('what is not known is a dash', () => {
  assert.equal(metres(NaN), '—');
  assert.equal(speed(NaN), '—');
  assert.equal(percent(NaN), '—');
});

test('figures are rounded to what they are worth', () => {
  assert.equal(metres(6004), '6,000 m');
  assert.equal(speed(250), '900 km/h');
  assert.equal(percent(0.864), '86%');
});

test('the nearly certain is not called certain, nor the unlikely impossible', () => {
  assert.equal(percent(0.999), '>99%');
  assert.equal(percent(1), '100%');
  assert.equal(percent(0.001), '<1%');
  assert.equal(percent(0), '0%');
});

test('positions and tracks have their usual look', () => {
  assert.equal(position(32.9, -44.2), '32.900°N 44.200°W');
  assert.equal(trackNumber(17), 'T0017');
  assert.equal(trackNumber(123456), 'T123456');
});

test('an error is written with its sign, and none when it is nothing', () => {
  assert.equal(signed(152.4, 0, 'm'), '+152 m');
  assert.equal(signed(-0.306, 2, '°'), '−0.31°');
  assert.equal(signed(-0.001, 2, 's'), '0.00 s');
});

test('an ellipse is told from end to end', () => {
  assert.equal(extent(1600, 550), '3.2 × 1.1 km');
  assert.equal(extent(211, 89), '420 × 180 m');
});

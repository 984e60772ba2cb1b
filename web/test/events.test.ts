import assert from 'node:assert/strict';
import { test } from 'node:test';
import { EventReader } from '../src/net/events.js';

const stream = 'event: boards\ndata: {"a":1}\n\nevent: heartbeat\ndata: {"now":"x"}\n\n: comment\n\ndata: one\ndata: two\n\n';
const whole = [
  { name: 'boards', data: '{"a":1}' },
  { name: 'heartbeat', data: '{"now":"x"}' },
  { name: 'message', data: 'one\ntwo' },
];

test('events come out whole wherever the line was cut', () => {
  for (let size = 1; size <= stream.length; size++) {
    const reader = new EventReader();
    const events = [];
    for (let at = 0; at < stream.length; at += size) events.push(...reader.take(stream.slice(at, at + size)));
    assert.deepEqual(events, whole, `in pieces of ${size}`);
  }
});

test('half an event is kept back', () => {
  const reader = new EventReader();
  assert.deepEqual(reader.take('event: boards\ndata: {"a"'), []);
  assert.deepEqual(reader.take(':1}\n\n'), [whole[0]]);
});

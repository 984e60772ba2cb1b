import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { Store } from '../src/model/store.js';
import { decideBreak } from '../src/time/breakthrough.js';
import { PartReader, type Part } from '../src/time/film.js';
import { emptyPicture, withBoards } from '../src/time/picture.js';
import type { AlertRow, BoardsEvent } from '../src/model/types.js';
import { send, refuseOrders } from '../src/net/api.js';

const event = (more: Partial<BoardsEvent>): BoardsEvent => ({ now: '2024-07-29T21:40:00Z', sequence: 7, withheld: 2, ...more });
const alert = (id: string, state: AlertRow['state']): AlertRow => ({ id, state, zone: 'Z', acknowledgedBy: [] } as unknown as AlertRow);

function part(kind: number, bytes: Uint8Array): Uint8Array {
  const whole = new Uint8Array(5 + bytes.length);
  whole[0] = kind;
  new DataView(whole.buffer).setInt32(1, bytes.length, true);
  whole.set(bytes, 5);
  return whole;
}

test('parts of the film come out whole, however they were cut, and an unknown kind is passed over', () => {
  const json = (value: unknown): Uint8Array => new TextEncoder().encode(JSON.stringify(value));
  const tracks = new Uint8Array(24);
  tracks[0] = 1;
  new DataView(tracks.buffer).setUint16(2, 28, true);
  new DataView(tracks.buffer).setFloat64(8, 1_722_289_200_000, true);
  const sent = [part(1, json(event({}))), part(9, json('later')), part(2, json([])), part(3, tracks), part(4, new Uint8Array(0))];
  const all = new Uint8Array(sent.reduce((sum, one) => sum + one.length, 0));
  sent.reduce((at, one) => (all.set(one, at), at + one.length), 0);
  for (const size of [1, 3, 7, 1000]) {
    const reader = new PartReader();
    const parts: Part[] = [];
    for (let at = 0; at < all.length; at += size) parts.push(...reader.take(all.slice(at, at + size)));
    assert.deepEqual(parts.map((one) => one.kind), ['boards', 'descriptions', 'tracks', 'end'], `cut each ${size} bytes`);
    const frame = parts[2];
    assert.equal(frame?.kind === 'tracks' ? frame.frame.time : 0, 1_722_289_200_000);
  }
});

test('while the screen shows the past, what comes is kept beside it and nothing is lost', () => {
  const store = new Store();
  store.takeBoards(event({ alerts: [alert('A-1', 'Watch')] }));
  store.past = withBoards({ ...emptyPicture(), at: 5000 }, event({ alerts: [] }));
  store.takeBoards(event({ sequence: 8, alerts: [alert('A-1', 'Warning')] }));
  assert.deepEqual(store.boards.alerts, []);
  assert.equal(store.now(), 5000);
  assert.equal(store.live.boards.alerts?.[0]?.state, 'Warning');
  store.past = null;
  assert.equal((store.live.boards.alerts ?? [])[0]?.state, 'Warning');
  assert.equal(store.boards, store.live.boards);
});

test('of the past only what has been shown is there: a board that has not come is none', () => {
  const store = new Store();
  store.takeBoards(event({ alerts: [] }));
  store.past = { ...emptyPicture(), at: 5000 };
  assert.equal(store.boards.alerts, undefined);
});

test('a Warning that begins meanwhile breaks through, one that was there before does not', () => {
  const known = new Set(['A-1']);
  assert.deepEqual(decideBreak([alert('A-1', 'Warning'), alert('A-2', 'Watch')], known), []);
  assert.deepEqual(decideBreak([alert('A-1', 'Warning'), alert('A-2', 'Warning')], known).map((one) => one.id), ['A-2']);
});

test('no order leaves a screen that shows the past', async () => {
  refuseOrders(() => 'not live');
  assert.deepEqual(await send({ type: 'alert.release', by: 'x', alert: 'A-1' }), { done: false, reason: 'not live' });
  refuseOrders(() => null);
});

test('what sounds listens to now, whatever the screen shows', () => {
  const source = readFileSync(new URL('../../src/sound/ear.ts', import.meta.url), 'utf8');
  assert.match(source, /live/);
  assert.doesNotMatch(source, /store\.boards|\{ boards\b[^}]*\} = this\.store;/, 'the Warnings that sound are those of store.live.boards');
});

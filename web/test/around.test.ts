import assert from 'node:assert/strict';
import { test } from 'node:test';
import { aroundOf, keepAround, keptAround, type Around } from '../src/report/around.js';
import type { Configuration } from '../src/model/types.js';

const memory = (): { getItem(key: string): string | null; setItem(key: string, value: string): void } => {
  const held = new Map<string, string>();
  return { getItem: (key) => held.get(key) ?? null, setItem: (key, value) => void held.set(key, value) };
};
const at = (latitudeDegrees: number, longitudeDegrees: number) => ({ latitudeDegrees, longitudeDegrees });
const configuration = {
  exercise: true,
  sites: [{ id: 'S', name: 'Base', position: at(33, 44) }],
  zones: [{ id: 'Z', name: 'Town', names: { ar: 'بلدة' }, area: { rings: [[at(33, 44), at(33, 46), at(35, 46), at(35, 44)]] } },
    { id: 'empty', name: 'Nowhere', area: { rings: [] } }],
} as unknown as Configuration;

test('what is kept on the phone is read as it was kept', () => {
  const keep = memory(), around = aroundOf(configuration);
  keepAround(keep, around);
  assert.deepEqual(keptAround(keep), around);
  assert.deepEqual(around.places.map((place) => [place.id, place.at]), [['S', at(33, 44)], ['Z', at(34, 45)]]);
});

test('a phone that kept nothing, or something else, begins anew', () => {
  const keep = memory();
  assert.equal(keptAround(keep), null);
  for (const other of ['', 'null', '{}', '[1]', '{"exercise":true}', '{"exercise":1,"places":[]}']) {
    keep.setItem('nadhir.observer.around', other);
    assert.equal(keptAround(keep), null, other);
  }
});

test('a full phone reports all the same', () =>
  keepAround({ getItem: () => null, setItem: () => { throw new Error('full'); } }, { exercise: false, places: [] } satisfies Around));

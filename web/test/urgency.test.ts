import assert from 'node:assert/strict';
import { test } from 'node:test';
import { freshnessOf, gravestAfter, inOrder, newFor, urgencyOf, warningsOf } from '../src/model/urgency.js';
import type { AlertRow } from '../src/model/types.js';

const now = Date.parse('2024-07-29T21:40:00Z');
const later = (seconds: number): string => new Date(now + seconds * 1000).toISOString();
const alert = (id: string, more: Partial<AlertRow> = {}): AlertRow => ({
  id, zone: 'Z', state: 'Warning', kind: 'Aircraft', since: later(-30), updated: later(-30), probability: 0.9, tracks: [1], seenBy: ['R1'],
  reason: '', awaitsRelease: false, released: [], awaitsAllClear: false, escalated: 0, acknowledgedBy: [], messages: [], deliveries: [], ...more,
});
const arrives = (seconds: number): Partial<AlertRow> => ({ arrival: { earliest: later(seconds), latest: later(seconds + 60) } });

test('a Watch that waits for its release is listed with the Warnings; what is closed is listed nowhere', () => {
  assert.equal(urgencyOf(alert('a', { state: 'Watch', awaitsRelease: true })), 'warning');
  assert.equal(urgencyOf(alert('a', { state: 'Watch' })), 'watch');
  assert.equal(urgencyOf(alert('a', { state: 'AllClear' })), 'over');
  assert.equal(urgencyOf(alert('a', { state: 'Correction' })), 'over');
  assert.equal(urgencyOf(alert('a', { state: 'Closed' })), null);
});

test('the earliest arrival comes first; one without a time comes after, and one whose risk has passed last', () => {
  const lists = inOrder([
    alert('passed', { awaitsAllClear: true }), alert('unknown'), alert('late', arrives(300)), alert('soon', arrives(20)), alert('watch', { state: 'Watch' }),
  ]);
  assert.deepEqual(lists.warning.map((one) => one.id), ['soon', 'late', 'unknown', 'passed']);
  assert.deepEqual(lists.watch.map((one) => one.id), ['watch']);
});

test('what waits for its release is not counted as a Warning in force', () => {
  const waits = { state: 'Watch', awaitsRelease: true } as const;
  assert.deepEqual(warningsOf([alert('a'), alert('b', waits), alert('c', waits), alert('d', { state: 'Watch' })]), { inForce: 1, waiting: 2 });
});

test('the gravest is shown first, whatever it is called, then each after it, and then the first again', () => {
  const alerts = [alert('a', { state: 'Watch', ...arrives(5) }), alert('b', arrives(300)), alert('c', { state: 'Watch', awaitsRelease: true, ...arrives(20) }), alert('d', { state: 'AllClear' })];
  const shown: string[] = [];
  for (let i = 0; i < 4; i++) shown.push(gravestAfter(alerts, shown.at(-1) ?? '')?.id ?? 'none');
  assert.deepEqual(shown, ['c', 'b', 'a', 'c']);
  assert.equal(gravestAfter([], ''), undefined);
});

test('an alert is new until acknowledged, then known; after two minutes it is not answered', () => {
  assert.equal(freshnessOf(alert('a'), now), 'new');
  assert.equal(freshnessOf(alert('a', { acknowledgedBy: ['me'] }), now), 'known');
  assert.equal(freshnessOf(alert('a', { since: later(-newFor / 1000) }), now), 'unanswered');
  assert.equal(freshnessOf(alert('a', { since: later(-600), state: 'AllClear' }), now), 'known');
});

test('figures of tracks that nobody sees any more are marked, acknowledged or not', () => {
  assert.equal(freshnessOf(alert('a', { seenBy: [], acknowledgedBy: ['me'] }), now), 'stale');
  assert.equal(freshnessOf(alert('a', { seenBy: [], tracks: [] }), now), 'new');
});

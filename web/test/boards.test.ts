import assert from 'node:assert/strict';
import { test } from 'node:test';
import { gradeOf, shareOf } from '../src/alarm/load.js';
import { itemWords } from '../src/model/handOver.js';
import { showsMap, tabs, viewOf } from '../src/model/view.js';
import { isTold } from '../src/windows/link.js';
import { factsOf, mostAlerts } from '../src/wall/facts.js';
import type { AlertRow, SirenRow, SiteRow } from '../src/model/types.js';

test('alarms in ten minutes are graded as EEMUA 191 does', () => {
  assert.deepEqual([0, 1, 2, 3, 9, 10, 100, 101].map(gradeOf),
    ['acceptable', 'acceptable', 'manageable', 'demanding', 'demanding', 'flood', 'flood', 'excessive']);
  assert.equal(shareOf(0), 0);
  assert.ok(shareOf(1) < shareOf(10) && shareOf(10) < shareOf(100) && shareOf(5000) === 1);
});

test('the address says what a window shows; an unknown one shows everything', () => {
  assert.deepEqual(viewOf('?view=wall'), { kind: 'wall' });
  assert.deepEqual(viewOf('?view=cases'), { kind: 'board', tab: 'cases' });
  assert.deepEqual(viewOf('?view=nothing'), { kind: 'all' });
  assert.deepEqual(viewOf(''), { kind: 'all' });
  assert.deepEqual([viewOf('?view=map'), viewOf(''), viewOf('?view=wall'), viewOf('?view=log')].map(showsMap), [true, true, false, false]);
  assert.equal(new Set(tabs).size, tabs.length);
});

test('what another window tells is taken only when it is whole', () => {
  assert.ok(isTold({ kind: 'track', id: 7 }) && isTold({ kind: 'track', id: null }) && isTold({ kind: 'zone', id: 'Z' }));
  assert.ok(isTold({ kind: 'look', centre: [44.2, 33.1], zoom: 7 }));
  for (const bad of [null, 'x', {}, { kind: 'track' }, { kind: 'look', centre: [1], zoom: 2 }, { kind: 'look', centre: [1, NaN], zoom: 2 }, { kind: 'order', id: 'Z' }]) {
    assert.ok(!isTold(bad), JSON.stringify(bad));
  }
});

test('the words of a hand-over are taken apart, so that they can be said in any language', () => {
  assert.deepEqual(itemWords('Alert', 'Z-1 is in Watch, waits for its release'), { kind: 'alert', zone: 'Z-1', state: 'Watch', waits: 'release' });
  assert.deepEqual(itemWords('Alert', 'Z is in Warning, not acknowledged'), { kind: 'alert', zone: 'Z', state: 'Warning', waits: 'acknowledgement' });
  assert.deepEqual(itemWords('Siren', 'Z-1: LinkDown, three heartbeats missed'), { kind: 'siren', zone: 'Z-1', state: 'LinkDown', aside: 'three heartbeats missed' });
  assert.deepEqual(itemWords('Sensor', 'Lost'), { kind: 'sensor', state: 'Lost', aside: '' });
  assert.deepEqual(itemWords('Directive', '2 of 5 formations not done, 1 overdue'), { kind: 'directive', open: 2, all: 5, overdue: 1 });
  assert.deepEqual(itemWords('Phase', 'phase C: Ending'), { kind: 'phase', phase: 'C', standing: 'Ending' });
  assert.deepEqual(itemWords('ThreatLevel', 'threat level raised has expired'), { kind: 'threat', level: 'raised' });
  assert.deepEqual(itemWords('Measure', 'check is overdue'), { kind: 'measure', state: null });
  assert.deepEqual(itemWords('Measure', 'UnderWay, overdue'), { kind: 'measure', state: 'UnderWay' });
  assert.deepEqual(itemWords('Readiness', 'last reported Active, too old'), { kind: 'readiness', status: 'Active' });
  assert.deepEqual(itemWords('Alert', 'something new'), { kind: 'other', words: 'something new' });
});

const alert = (id: string, zone: string): AlertRow => ({
  id, zone, state: 'Warning', kind: 'Aircraft', since: '', updated: '', probability: 0.9, tracks: [], seenBy: [], reason: '',
  awaitsRelease: false, released: [], awaitsAllClear: false, escalated: 0, acknowledgedBy: [], messages: [], deliveries: [],
});

test('the wall knows nothing before the boards have come', () =>
  assert.deepEqual(factsOf({}, ['Z'], () => 0), { alerts: null, sites: null, sirens: null, sensors: null, blind: null, quiet: null }));

test('the wall tells a few facts: the gravest alerts, the highest phases, sirens, and what nobody sees', () => {
  const siren = (id: string, state: SirenRow['state']): SirenRow => ({ id, zone: 'Z', state, since: '', detail: '' });
  const site = (id: string, phase: string) => ({ id, phase }) as SiteRow;
  const facts = factsOf({
    alerts: Array.from({ length: 6 }, (_, i) => alert(`A-${i}`, `Z-${i}`)), sites: [site('low', 'A'), site('high', 'C')],
    sirens: [siren('1', 'Ready'), siren('2', 'Failed')], sensors: [{ id: 'R', state: 'Lost', plots: 0, plotsPerSecond: 0, reason: '' }],
    coverage: { full: 1, others: [{ zone: 'Z-8', state: 'Blind' }, { zone: 'Z-7', state: 'Thinned' }], low: [] },
  }, ['Z-0', 'Z-7', 'Z-8', 'Z-9'], (one) => 'ABC'.indexOf(one.phase));
  assert.equal(facts.alerts?.shown.length, mostAlerts);
  assert.equal(facts.alerts?.more, 2);
  assert.deepEqual(facts.sites?.shown.map((one) => one.id), ['high', 'low']);
  assert.deepEqual([facts.sirens?.ready, facts.sirens?.all], [1, 2]);
  assert.deepEqual(facts.blind, ['Z-8']);
  assert.deepEqual(facts.quiet, ['Z-7', 'Z-9']);
});

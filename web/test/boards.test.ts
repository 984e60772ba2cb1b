import assert from 'node:assert/strict';
import { test } from 'node:test';
import { gradeOf, shareOf } from '../src/alarm/load.js';
import { itemWords } from '../src/model/handOver.js';
import type { HandOverItem } from '../src/model/types.js';
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

test('the items of a hand-over are told by their figures, so that they can be said in any language', () => {
  const of = (kind: string, ...figures: string[]): HandOverItem => ({ id: 'x', kind, detail: 'in English', figures });
  assert.deepEqual(itemWords(of('Alert', 'Z-1', 'Watch', 'Release')), { kind: 'alert', zone: 'Z-1', state: 'Watch', waits: 'Release' });
  assert.deepEqual(itemWords(of('Siren', 'Z-1', 'LinkDown')), { kind: 'siren', zone: 'Z-1', state: 'LinkDown' });
  assert.deepEqual(itemWords(of('Sensor', 'Lost')), { kind: 'sensor', state: 'Lost' });
  assert.deepEqual(itemWords(of('Directive', '2', '5', '1')), { kind: 'directive', open: '2', all: '5', overdue: '1' });
  assert.deepEqual(itemWords(of('Phase', 'C', 'Ending')), { kind: 'phase', phase: 'C', standing: 'Ending' });
  assert.deepEqual(itemWords(of('ThreatLevel', 'raised')), { kind: 'threat', level: 'raised' });
  assert.deepEqual(itemWords(of('Measure', 'UnderWay')), { kind: 'measure', state: 'UnderWay' });
  assert.deepEqual(itemWords(of('Readiness', 'Active')), { kind: 'readiness', status: 'Active' });
  assert.deepEqual(itemWords(of('Ghost')), { kind: 'other', words: 'in English' });
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

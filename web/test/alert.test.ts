import assert from 'node:assert/strict';
import { test } from 'node:test';
import { calledFor, releaseOf, sirensOf, toldOf, whyOf, zoneTree } from '../src/model/alert.js';
import type { AlertRow, Configuration, SirenRow, Zone } from '../src/model/types.js';

const alert: AlertRow = {
  id: 'A-1', zone: 'Z', state: 'Warning', kind: 'Aircraft', since: '', updated: '', probability: 0.9, tracks: [1, 2], seenBy: ['R1'],
  reason: '', awaitsRelease: false, released: [], awaitsAllClear: false, escalated: 0, acknowledgedBy: [], messages: ['M-1', 'M-2'], deliveries: [],
};
const zone = (id: string, parent?: string, more: Partial<Zone> = {}): Zone =>
  ({ id, name: id, area: { radiusMetres: 1, rings: [] }, secondsToShelter: 60, ...(parent === undefined ? {} : { parent }), ...more });
const configuration = {
  warning: {
    warningRelease: 'OnePerson', allClearByPerson: true, kinds: { Aircraft: { warningRelease: 'TwoPersons' } },
    escalation: [{ after: '00:00:20', to: 'shift leader' }, { after: '00:01:00', to: 'head of duty' }],
  },
} as unknown as Configuration;

test('a latched warning whose tracks have passed says so, and not "0 %"', () => {
  assert.equal(whyOf(alert), 'tracks');
  assert.equal(whyOf({ ...alert, probability: 0.004 }), 'passed');
  assert.equal(whyOf({ ...alert, probability: 0, tracks: [] }), 'unseen');
  assert.equal(whyOf({ ...alert, probability: 0, tracks: [], raisedBy: 'duty officer' }), 'raised');
  assert.equal(whyOf({ ...alert, state: 'AllClear' }), 'over');
});

test('who releases: the zone before the policy, the kind before all kinds', () => {
  assert.equal(releaseOf(configuration, zone('Z'), 'Ballistic'), 'OnePerson');
  assert.equal(releaseOf(configuration, zone('Z'), 'Aircraft'), 'TwoPersons');
  assert.equal(releaseOf(configuration, zone('Z', undefined, { kinds: { Aircraft: { warningRelease: 'Automatic' } } }), 'Aircraft'), 'Automatic');
});

test('those called are named as long as nobody has answered', () => {
  assert.deepEqual(calledFor({ ...alert, escalated: 1 }, configuration), ['shift leader']);
  assert.deepEqual(calledFor({ ...alert, escalated: 2, acknowledgedBy: ['me'] }, configuration), []);
  assert.deepEqual(calledFor({ ...alert, escalated: 2, acknowledgedBy: ['me'], awaitsAllClear: true }, configuration), ['shift leader', 'head of duty']);
});

test('an outlet that confirmed an earlier message has not confirmed the newest', () => {
  const said = (outlet: string, message: string, ok: boolean) => ({ outlet, message, ok, detail: '', at: '' });
  assert.deepEqual(toldOf({ ...alert, deliveries: [said('a', 'M-2', true), said('b', 'M-2', false), said('c', 'M-1', true)] }).map((one) => one.state),
    ['confirmed', 'failed', 'waits']);
});

test('of the sirens that an alert ordered, those count that did it and are believed', () => {
  const siren = (id: string, more: object): SirenRow => ({ id, zone: 'Z', state: 'Ready', since: '', detail: '', ...more });
  const order = { alert: 'A-1', action: 'Sound' as const, tone: 'warning', at: '' };
  assert.deepEqual(sirensOf(alert, [
    siren('done', { order: { ...order, done: 'now' } }), siren('waits', { order }), siren('other', { order: { ...order, alert: 'A-2', done: 'now' } }),
    siren('forged', { order: { ...order, done: 'now' }, doubt: { kind: 'Forged', detail: '', since: '' } }),
  ]), { done: 1, all: 3 });
  assert.equal(sirensOf(alert, []), null);
});

test('zones stand before what lies in them, and a circle of parents ends', () => {
  const nodes = zoneTree([zone('town', 'district'), zone('region'), zone('district', 'region'), zone('a', 'b'), zone('b', 'a')]);
  assert.deepEqual(nodes.map((node) => [node.zone.id, node.depth, node.holds]), [['region', 0, 2], ['district', 1, 1], ['town', 2, 0], ['a', 0, 1], ['b', 1, 0]]);
});

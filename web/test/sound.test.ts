import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkDue, lastCheck } from '../src/sound/check.js';
import { cueOf, cues, cuesBetween, forgotten, momentOf, sounding } from '../src/sound/cues.js';
import { lengthOf, tones } from '../src/sound/tones.js';
import type { AlertRow, Boards, SensorRow } from '../src/model/types.js';

const alert = (id: string, more: Partial<AlertRow> = {}): AlertRow => ({
  id, zone: 'Z', state: 'Warning', kind: 'Aircraft', since: '', updated: '', probability: 0.9, tracks: [1], seenBy: ['R1'], reason: '',
  awaitsRelease: false, released: [], awaitsAllClear: false, escalated: 0, acknowledgedBy: [], messages: [], deliveries: [], ...more,
});
const sensor = (id: string, more: Partial<SensorRow> = {}): SensorRow => ({ id, state: 'Working', plots: 0, plotsPerSecond: 0, reason: '', ...more });
const moment = (boards: Boards, faults: string[] = [], lost: string[] = []) => momentOf(boards, faults, lost)!;
const between = (before: Boards | null, after: Boards): string[] => cuesBetween(before && moment(before), moment(after));

test('before the alerts have come nothing is new', () => assert.equal(momentOf({}, [], []), null));

test('each change of an alert has its tone, once', () => {
  const watch = { alerts: [alert('a', { state: 'Watch' })] }, warning = { alerts: [alert('a')] }, over = { alerts: [alert('a', { state: 'AllClear' })] };
  assert.deepEqual(between({ alerts: [] }, watch), ['watch']);
  assert.deepEqual(between(watch, watch), []);
  assert.deepEqual(between(watch, warning), ['warning']);
  assert.deepEqual(between(warning, over), ['clear']);
  assert.deepEqual(between(over, watch), ['watch'], 'the same alert raised again');
  assert.deepEqual(between(warning, { alerts: [] }), []);
});

test('a Watch that waits for its release sounds like a Warning', () => {
  assert.equal(cueOf(alert('a', { state: 'Watch', awaitsRelease: true })), 'warning');
  assert.equal(cueOf(alert('a', { state: 'Correction' })), 'clear');
});

test('a console that is opened sounds what is open, and nothing of what is over', () => {
  assert.deepEqual(between(null, { alerts: [alert('a'), alert('b', { state: 'Watch' }), alert('c', { state: 'AllClear' })] }), ['warning', 'watch']);
  assert.deepEqual(between(null, { alerts: [], sensors: [sensor('R1', { state: 'Lost' })] }), []);
});

test('a sensor, clock, zone or connection that is lost sounds once, and a fault whose figures rise is the same fault', () => {
  const well = { alerts: [], sensors: [sensor('R1')] };
  assert.deepEqual(between(well, { alerts: [], sensors: [sensor('R1', { state: 'Lost' })] }), ['fault']);
  const wrong = { state: 'Offset' as const, aheadSeconds: 4, late: 0, ahead: 0, leaps: 0, reason: '' };
  assert.deepEqual(between(well, { alerts: [], sensors: [sensor('R1', { clock: wrong })] }), ['fault']);
  assert.deepEqual(between(well, { alerts: [], coverage: { full: 0, others: [{ zone: 'Z', state: 'Blind' }], low: [] } }), ['fault']);
  assert.deepEqual(cuesBetween(moment(well), moment(well, [], ['link'])), ['fault']);
  assert.deepEqual(cuesBetween(moment(well, ['12 inputs were lost']), moment(well, ['13 inputs were lost'])), []);
});

test('several at once are played gravest first', () => {
  const before = { alerts: [alert('c')], sensors: [sensor('R1')] };
  const after = { alerts: [alert('a', { state: 'Watch' }), alert('b'), alert('c', { state: 'AllClear' })], sensors: [sensor('R1', { state: 'Lost' })] };
  assert.deepEqual(between(before, after), ['warning', 'fault', 'watch', 'clear']);
});

test('a Warning sounds on until somebody acknowledges it, or it is silenced here', () => {
  const open = alert('a'), seen = alert('b', { acknowledgedBy: ['me'] }), watch = alert('c', { state: 'Watch' });
  assert.deepEqual(sounding([open, seen, watch], new Set()).map((one) => one.id), ['a']);
  assert.deepEqual(sounding([open], new Set(['a'])), []);
});

test('an alert that was silenced, ended and comes again is heard', () => {
  const silenced = new Set(['a', 'b', 'gone']);
  assert.deepEqual(forgotten(silenced, moment({ alerts: [alert('a', { state: 'AllClear' }), alert('b')] })), ['a', 'gone']);
});

test('the four tones differ in rhythm, and each is over before the next repetition of a Warning', () => {
  const rhythms = cues.map((cue) => tones[cue].map((note) => note.at.toFixed(2)).join());
  assert.equal(new Set(rhythms).size, 4);
  for (const cue of cues) assert.ok(lengthOf(cue) < 3, cue);
});

test('a watch owes a sound check until one was made since it began', () => {
  const row = (kind: string, at: string) => ({ at, kind, by: 'me', text: '' });
  const shift = { by: 'me', since: '2024-07-29T06:00:00Z', earlier: [] };
  assert.equal(checkDue([row('sound.check', '2024-07-29T05:00:00Z')], shift), true);
  assert.equal(checkDue([row('sound.check', '2024-07-29T05:45:00Z')], shift), false, 'shortly before');
  assert.equal(checkDue([row('sound.check', '2024-07-29T06:02:00Z'), row('note', '2024-07-29T07:00:00Z')], shift), false);
  assert.equal(checkDue(undefined, shift), false, 'a log that has not come says nothing');
  assert.equal(checkDue([], { earlier: [] }), false, 'nobody has the watch');
  assert.equal(lastCheck([row('note', '')]), undefined);
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { contains, zonesAt, type Outline } from '../src/zone/place.js';
import { badgeOf, digitRuns, fill, interval, Knowledge, said, span, type ZoneState } from '../src/zone/state.js';

const beat = 3000, unknownAfter = 300_000, server = 1_700_000_000_000;

function knowing(at: number): Knowledge {
  const knowledge = new Knowledge(beat, unknownAfter);
  knowledge.hear(at, server, server);
  return knowledge;
}

test('what is said is shown in the language asked for, whatever its region, and else in another rather than not at all', () => {
  const words = (headline: string): { headline: string; description: string; instruction: string } => ({ headline, description: '', instruction: '' });
  const texts = { 'ar-IQ': words('إنذار'), en: words('Warning') };
  assert.deepEqual(said(texts, 'ar'), { language: 'ar-IQ', words: texts['ar-IQ'] });
  assert.deepEqual(said(texts, 'fa')?.language, 'en');
  assert.deepEqual(said({ 'ar-IQ': texts['ar-IQ'] }, 'fa')?.language, 'ar-IQ');
  assert.equal(said(undefined, 'en'), null);
});

test('what was never heard is not known', () => {
  const knowledge = new Knowledge(beat, unknownAfter);
  assert.equal(knowledge.link(5), 'unknown');
  assert.equal(knowledge.age(5), null);
  assert.equal(knowledge.time(5), null);
});

test('a connection is lost after three missed heartbeats and its state unknown after minutes', () => {
  const knowledge = knowing(1000);
  assert.equal(knowledge.link(1000 + 3 * beat), 'live');
  assert.equal(knowledge.link(1000 + 3 * beat + 600), 'lost');
  assert.equal(knowledge.age(1000 + 60_000), 60_000);
  assert.equal(knowledge.link(1000 + unknownAfter + 1), 'unknown');
  knowledge.hear(400_000, server + 399_000, server + 399_000);
  assert.equal(knowledge.link(400_001), 'live');
});

test('a server whose picture stands still is stale though it answers', () => {
  const knowledge = new Knowledge(beat, unknownAfter);
  knowledge.hear(0, server, server - 20_000);
  assert.equal(knowledge.link(1), 'stale');
  assert.equal(knowledge.age(1000), 21_000);
  knowledge.hear(0, server, server - unknownAfter - 1);
  assert.equal(knowledge.link(1), 'unknown');
});

test('the age of an answer that a proxy kept counts', () => {
  const knowledge = new Knowledge(beat, unknownAfter);
  knowledge.hear(100_000, server, server, 30_000);
  assert.equal(knowledge.age(100_000), 30_000);
  assert.equal(knowledge.link(100_000), 'lost');
  assert.equal(knowledge.time(100_000), server + 30_000);
});

test('an unreadable time changes nothing', () => {
  const knowledge = knowing(0);
  knowledge.hear(5000, Number.NaN, server);
  assert.equal(knowledge.age(5000), 5000);
});

test('spans read as minutes and seconds, and never below zero', () => {
  assert.deepEqual([span(-5), span(59_999), span(60_000), span(3_600_000)], ['0:00', '0:59', '1:00', '1:00:00']);
});

test('runs of digits are found whole', () => {
  assert.deepEqual(digitRuns('بين 00:41 و 7.'), [
    { text: 'بين ', digits: false }, { text: '00:41', digits: true }, { text: ' و ', digits: false }, { text: '7', digits: true },
    { text: '.', digits: false },
  ]);
  assert.equal(digitRuns('3:10 – 9:05').map((part) => part.text).join(''), '3:10 – 9:05');
  assert.equal(fill('in {zones}, {other}', { zones: 'A' }), 'in A, {other}');
});

test('a larger zone names its parts before it says that there is no alert', () => {
  const names = { en: 'Z', ar: 'م' };
  const calm: ZoneState = { zone: 'Z', names, secondsToShelter: 90, exercise: false, state: 'None' };
  assert.equal(badgeOf(calm, 'live'), 'None');
  assert.equal(badgeOf({ ...calm, within: [{ zone: 'Y', names, state: 'Warning' }] }, 'live'), 'Part');
  assert.equal(badgeOf({ ...calm, state: 'Warning' }, 'lost'), 'Warning');
  assert.equal(badgeOf({ ...calm, state: 'Warning' }, 'unknown'), 'Unknown');
});

const square = (zone: string, size: number): Outline =>
  ({ zone, names: {}, rings: [[[33 - size, 44 - size], [33 - size, 44 + size], [33 + size, 44 + size], [33 + size, 44 - size]]] });

test('a place lies in circles, polygons and not in their holes', () => {
  const circle: Outline = { zone: 'C', names: {}, centre: [33, 44], radiusMetres: 10_000 };
  assert.ok(contains(circle, [33.08, 44]));
  assert.ok(!contains(circle, [33.1, 44]));
  const holed: Outline = { zone: 'H', names: {}, rings: [...square('', 1).rings!, ...square('', 0.2).rings!] };
  assert.ok(contains(holed, [33.5, 44.5]));
  assert.ok(!contains(holed, [33.1, 44.1]));
  assert.ok(!contains(holed, [35, 44]));
});

test('of several zones the smallest comes first', () =>
  assert.deepEqual(zonesAt([square('big', 1), square('small', 0.1), square('middle', 0.5)], [33.01, 44.01]).map((one) => one.zone),
    ['small', 'middle', 'big']));

test('an interval is read in minutes that contain it, and within one minute in seconds', () => {
  const at = (time: string): number => Date.parse(`2026-03-01T${time}Z`);
  const clock = (time: number, seconds: boolean): string => new Date(time).toISOString().slice(11, seconds ? 19 : 16);
  assert.equal(interval(at('00:44:05'), at('00:44:50'), clock), '00:44:05–00:44:50');
  assert.equal(interval(at('00:44:05.4'), at('00:44:49.1'), clock), '00:44:05–00:44:50');
  assert.equal(interval(at('00:44:05'), at('00:44:05'), clock), '00:44:05');
  assert.equal(interval(at('00:44:59'), at('00:45:01'), clock), '00:44–00:46');
});

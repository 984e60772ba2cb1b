import assert from 'node:assert/strict';
import { test } from 'node:test';
import { most, ReportQueue, type Sent } from '../src/report/queue.js';
import { commandOf, degreesOf, empty, missing, placeOf, type Draft, type Waiting } from '../src/report/report.js';

const place = { latitudeDegrees: 33.3, longitudeDegrees: 44.4, sigmaMetres: 20, label: 'phone' };
const draft: Draft = { ...empty(place), what: 'Drone', count: 2, direction: 'NE', distance: 'Middle', moving: 'S' };
const report = (id: string, seenAt = 1000): Waiting => ({ id, seenAt, by: 'Post 7', draft });

class Memory {
  readonly items = new Map<string, string>();
  full = false;
  getItem = (key: string): string | null => this.items.get(key) ?? null;
  setItem = (key: string, value: string): void => {
    if (this.full) throw new Error('QuotaExceededError');
    this.items.set(key, value);
  };
}

function made(answers: Sent[], memory = new Memory()): { queue: ReportQueue; sent: Record<string, unknown>[]; memory: Memory } {
  const sent: Record<string, unknown>[] = [];
  const queue = new ReportQueue(memory, (command) => {
    sent.push(command);
    return Promise.resolve(answers.shift() ?? { as: 'later' });
  }, () => 61_000, () => undefined);
  return { queue, sent, memory };
}

test('a report becomes the command with its age and its direction in degrees', () => {
  const command = commandOf(report('a'), 31_500);
  assert.equal(command['type'], 'observer.report');
  assert.equal(command['report'], 'a');
  assert.equal(command['secondsAgo'], 30.5);
  assert.equal(command['directionDegrees'], 45);
  assert.equal(command['directionSigmaDegrees'], 11.25);
  assert.equal(command['movingDegrees'], 180);
  assert.deepEqual(command['position'], { latitudeDegrees: 33.3, longitudeDegrees: 44.4 });
});

test('degrees of a compass go before the point and are surer', () => {
  const command = commandOf({ ...report('a'), draft: { ...draft, degrees: 52 } }, 1000);
  assert.equal(command['directionDegrees'], 52);
  assert.equal(command['directionSigmaDegrees'], 5);
});

test('what was not said is left out', () => {
  const command = commandOf({ ...report('a'), draft: { ...empty(place), what: 'Explosion' } }, 1000);
  for (const key of ['directionDegrees', 'distance', 'movingDegrees']) assert.ok(!(key in command), key);
});

test('the points go round with the clock', () => {
  assert.equal(degreesOf('N'), 0);
  assert.equal(degreesOf('E'), 90);
  assert.equal(degreesOf('NNW'), 337.5);
});

test('a form says what it lacks', () => {
  assert.equal(missing(empty(null), 'x'), 'what');
  assert.equal(missing({ ...empty(null), what: 'Jet' }, 'x'), 'place');
  assert.equal(missing(draft, ' '), 'by');
  assert.equal(missing(draft, 'x'), null);
});

test('typed places are read or refused', () => {
  assert.deepEqual(placeOf(' 33.3128, 44.3615 '), { latitudeDegrees: 33.3128, longitudeDegrees: 44.3615 });
  for (const text of ['', '33', '91 0', 'a b', '1 2 3', '0, 181']) assert.equal(placeOf(text), null, text);
});

test('a report that arrived is gone from the phone', async () => {
  const { queue, sent } = made([{ as: 'done' }]);
  assert.ok(queue.add(report('a')));
  await queue.flush();
  assert.equal(sent.length, 1);
  assert.equal(queue.waiting.length, 0);
  assert.deepEqual(queue.outcomes, [{ id: 'a', state: 'arrived', reason: '' }]);
});

test('a report that could not be sent waits, also over a restart, and keeps its id', async () => {
  const { queue, memory, sent } = made([]);
  queue.add(report('a'));
  await queue.flush();
  assert.equal(queue.waiting.length, 1);
  const again = made([{ as: 'done' }], memory);
  await again.queue.flush();
  assert.equal(sent[0]?.['report'], 'a');
  assert.equal(again.sent[0]?.['report'], 'a');
  assert.equal(again.queue.waiting.length, 0);
});

test('the first that cannot be sent holds the others back, in their order', async () => {
  const { queue, sent } = made([{ as: 'done' }, { as: 'later' }]);
  for (const id of ['a', 'b', 'c']) queue.add(report(id));
  await queue.flush();
  assert.deepEqual(sent.map((command) => command['report']), ['a', 'b']);
  assert.deepEqual(queue.waiting.map((one) => one.id), ['b', 'c']);
});

test('a refused report does not hold the others back and says why', async () => {
  const { queue } = made([{ as: 'refused', reason: 'no place' }, { as: 'done' }]);
  queue.add(report('a'));
  queue.add(report('b'));
  await queue.flush();
  assert.equal(queue.waiting.length, 0);
  assert.deepEqual(queue.outcomes.map((one) => one.state), ['arrived', 'refused']);
});

test('without a token nothing is lost and the page asks for one', async () => {
  const { queue } = made([{ as: 'signIn' }]);
  queue.add(report('a'));
  await queue.flush();
  assert.ok(queue.needsSignIn);
  assert.equal(queue.waiting.length, 1);
});

test('two flushes at once send each report once', async () => {
  const { queue, sent } = made([{ as: 'done' }, { as: 'done' }]);
  queue.add(report('a'));
  await Promise.all([queue.flush(), queue.flush()]);
  assert.equal(sent.length, 1);
});

test('a full phone says so and drops nothing', () => {
  const { queue, memory } = made([]);
  for (let i = 0; i < most; i++) assert.ok(queue.add(report(`${i}`)));
  assert.equal(queue.add(report('one more')), false);
  assert.equal(queue.waiting.length, most);
  memory.full = true;
  assert.equal(made([], memory).queue.add(report('x')), false);
});

test('a damaged store does not stop the page', () => {
  const { queue, memory } = made([]);
  memory.items.set('nadhir.reports', '{ broken');
  assert.deepEqual(queue.waiting, []);
  assert.ok(queue.add(report('a')));
});

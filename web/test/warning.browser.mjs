// A duty officer's work at the console of a running system, through a real browser: a lost sensor, a drill called off, an
// alert raised for a region, released by a second person, taken back. At each line "do: WORD" it waits for a line on its
// standard input. One `ok` or `not ok` a line.
//
//   node web/test/warning.browser.mjs --url http://127.0.0.1:8470 [--exercise] [--screenshots FOLDER] [--browser /usr/bin/chromium]
//
// Exit: 0 all as it should be, 1 something is not, 2 bad usage.
import { createInterface } from 'node:readline';
import { check, complaintsOf, launch, look, optionsOf, order, pictureInBoth, seen, textOf as textIn, until } from './browser.mjs';

const options = optionsOf('warning.browser.mjs --url URL [--exercise] [--screenshots FOLDER]', { exercise: { type: 'boolean', default: false } });
const world = options.exercise ? 'exercise' : 'live';
const mark = options.exercise ? 'EXERCISE' : 'LIVE';
const answers = createInterface({ input: process.stdin })[Symbol.asyncIterator]();
const browser = await launch(options.browser);
const context = await browser.newContext({ viewport: { width: 1600, height: 1000 }, permissions: ['notifications'] });
await context.addInitScript(() => {
  // The browser's own notes, and whether it showed them; another window before this one is all that is pretended.
  globalThis.notes = [];
  globalThis.Notification = class extends Notification {
    constructor(title, more) {
      super(title, more);
      const note = { title, body: more.body, shown: false };
      globalThis.notes.push(note);
      this.addEventListener('show', () => (note.shown = true));
    }
  };
  globalThis.away = false;
  Object.defineProperty(document, 'visibilityState', { get: () => (globalThis.away ? 'hidden' : 'visible') });
});
const page = await context.newPage();
const complaints = complaintsOf(page);
const textOf = (selector) => textIn(page, selector);
await look(browser, async () => {
  await page.goto(options.url);
  check('the console connects', await seen(page, '.link.connected'));
  if (options.exercise) await exercise();
  else await live();
  check('the page has no errors', complaints.length === 0, complaints.join(' | '));
});

async function live() {
  await page.click('#tab-coverage');
  check('a zone whose sensor works is not among the unseen', await until(async () => (await rows()) === 'far', 15_000), await rows());
  await have('silence');
  check('a zone whose sensor fell silent is among the unseen', await until(async () => (await rows()).split(' ').includes('town'), 20_000), await rows());
  const town = await textOf('[data-coverage="town"]');
  check('it says in words that nobody sees there, and since when', town.includes('We do not see there') && /since\s+\d\d:\d\d:\d\d/.test(town), town);
  check('it says so beside the alerts too', (await textOf('#unseen')).includes('Town'));
  await picture('console-unseen');

  await page.click('#tab-drills');
  check('the drill is running', (await textOf('[data-drill="December"]')).includes('Drill is running'));
  check('it says so beside the alerts too', (await textOf('.drill-runs')).includes('December'));
  await page.click('[data-drill="December"] button');
  await answer({ reason: 'bad weather', by: 'head of duty' });
  check('the drill is called off, by whom and why', await until(async () =>
    /Called off[^]*head of duty: bad weather/.test(await textOf('[data-drill="December"]'))), await textOf('[data-drill="December"]'));
  check('a drill that is called off cannot be called off again', (await page.locator('[data-drill="December"] button').count()) === 0);

  await page.click('#raise');
  check('the form says LIVE', (await textOf('.question.live .world')).includes('LIVE'));
  check('nothing can be raised before a place is chosen', await page.isDisabled('dialog button[type=submit]'));
  await page.fill('dialog .find', 'المحافظة');
  check('a zone is found by its Arabic name', (await page.locator('dialog .zones li').count()) === 1);
  await page.check('dialog input[value=region]');
  await page.fill('dialog .find', '');
  check('what lies in a chosen region needs no order of its own', await page.isDisabled('dialog input[value=town]') && await page.isChecked('dialog input[value=town]'));
  await page.selectOption('dialog select[name=kind]', 'CruiseType');
  check('it says that a second person is needed', (await textOf('#raise-waits')).includes('Province'));
  await page.fill('dialog input[name=reason]', 'a call from a neighbour');
  await page.fill('dialog input[name=by]', 'duty officer');
  await page.click('dialog button[type=submit]');
  check('live asks a second time, and says what will sound', (await textOf('dialog')).includes('Sirens that will sound: 2'), await textOf('dialog'));
  await page.click('dialog button[type=submit]');
  check('without the word typed nothing goes out', await seen(page, 'dialog[open] input[name=word]') && (await page.locator('[data-alert]').count()) === 0);
  await page.fill('dialog input[name=word]', 'LIVE');
  await picture('console-raise', false);
  check('the button says LIVE', (await textOf('dialog button[type=submit]')).includes('LIVE'));
  await away(true);
  await page.click('dialog button[type=submit]');
  check('the first order alone is a Watch that waits for a second person', await until(async () =>
    /PREPARE[^]*Waits for a second person/.test(await textOf('[data-alert]'))), await textOf('[data-alert]'));
  check('whoever has another window before them gets a note of the browser, which shows it', await until(async () => (await shown()).includes('PREPARE: Province')), (await shown()).join(' | '));
  check('it says who raised it, and why', (await textOf('[data-alert]')).includes('Raised by duty officer: a call from a neighbour'));

  await page.click('[data-alert] button.danger');
  check('the question names who has released it already', (await textOf('dialog')).includes('Released already by duty officer'));
  check('and does not offer that name again', (await page.inputValue('dialog input[name=by]')) === '');
  await page.fill('dialog input[name=by]', 'Duty Officer');
  await page.click('dialog button[type=submit]');
  check('the same person is no second one', (await seen(page, 'dialog .fault')) && (await textOf('dialog .fault')).includes('second person'));
  await answer({ by: 'shift leader' });
  check('the second person makes it a Warning', await until(async () => (await textOf('[data-alert] .badge')).includes('TAKE SHELTER')));
  check('both are named', /Released by duty officer,\s+shift leader/.test(await textOf('[data-alert]')), await textOf('[data-alert]'));
  check('it says that CAP has confirmed', await until(async () => /CAP ✓/.test(await textOf('.outlets')), 15_000), await textOf('.outlets'));
  check('and how many sirens have done it', /Sirens 0 of 2/.test(await textOf('.outlets')), await textOf('.outlets'));
  check('the percentage of nothing is not given', !/0%/.test(await textOf('[data-alert]')));
  await picture('console-released');

  await update();

  await order(page, '[data-alert]', 'correct');
  check('a correction has its reason ready', (await page.inputValue('dialog input[name=reason]')).length > 3);
  check('it says whom it reaches', /Goes to: sirens: 2, CAP/.test(await textOf('dialog')), await textOf('dialog'));
  await answer({});
  check('the alert is taken back', await until(async () => (await textOf('[data-alert] .badge')).includes('FALSE ALARM')));
  check('and it says which outlet got that', await until(async () => /CAP ✓/.test(await textOf('.outlets')), 15_000), await textOf('.outlets'));
  check('and why', (await textOf('[data-alert] .reason')).includes('No threat was found'));
  check('the browser notes that, too', await until(async () => (await shown()).includes('FALSE ALARM: Province')), (await shown()).join(' | '));
}

/** A Warning is kept in force and told with a sentence more; everyone who had it gets that. */
async function update() {
  await order(page, '[data-alert]', 'update');
  check('the update says what it does in the world at hand', /this acts on the public[^]*Everyone who was told of this alert gets an update/.test(await textOf('dialog')), await textOf('dialog'));
  await page.click('dialog button[type=submit]');
  check('an update that adds nothing is refused in words', await seen(page, 'dialog .fault') && /adds nothing/.test(await textOf('dialog .fault')), await textOf('dialog'));
  await page.fill('dialog input[name=minutes]', '90');
  await page.selectOption('dialog select[name=advice]', 'FallingDebris');
  await page.check('dialog input[name=sound]');
  await answer({ by: 'shift leader' });
  check('the alert says who updated it, until when it holds, and what was added', await until(async () =>
    /Updated by shift leader, in force until at least \d\d:\d\d:\d\d: Debris may fall/.test(await textOf('[data-added]'))), await textOf('[data-added]'));
  check('it is still the same Warning', (await textOf('[data-alert] .badge')).includes('TAKE SHELTER') && (await page.locator('[data-alert]').count()) === 1);
  check('CAP has confirmed the update', await until(async () => /CAP ✓/.test(await textOf('.outlets')), 15_000), await textOf('.outlets'));
  const messages = (await (await page.request.get(new URL('api/boards', options.url).href)).json()).alerts[0].messages;
  const cap = await (await page.request.get(new URL(`cap/${messages.at(-1)}.xml`, options.url).href)).text();
  check('it is an Update of CAP, with what was said before', /<msgType>Update</.test(cap) && cap.includes(messages[0]) && /Debris may fall/.test(cap), cap.slice(0, 600));
  for (const [language, words] of [['en', 'Debris may fall: do not go near it'], ['ar', 'قد يسقط حطام']]) {
    const zone = async () => (await page.request.get(new URL(`zone/region?lang=${language}`, options.url).href)).text();
    check(`the public page says the sentence, ${language}`, await until(async () => (await zone()).includes(words)));
  }
  await order(page, '[data-alert]', 'history');
  check('the history of the zone has it, by whom', await until(async () => /Updated[^]*shift leader[^]*Debris may fall/.test(await textOf('dialog .history'))), await textOf('dialog'));
  await page.keyboard.press('Escape');
  await picture('console-updated');
}

async function exercise() {
  check('the button says EXERCISE', (await textOf('#raise')).includes('EXERCISE'));
  await page.click('#raise');
  check('the form says EXERCISE and never LIVE', (await textOf('.question.exercise')).includes('EXERCISE') && !/LIVE/.test(await textOf('dialog')));
  await page.check('dialog input[value=town]');
  await page.selectOption('dialog select[name=state]', 'Watch');
  await page.fill('dialog input[name=reason]', 'practice');
  await page.fill('dialog input[name=by]', 'trainee');
  check('the button that raises says EXERCISE', (await textOf('dialog button[type=submit]')) === 'EXERCISE: raise PREPARE');
  await page.click('dialog button[type=submit]');
  check('it is raised at once', await until(async () => (await textOf('[data-alert] .badge')).includes('PREPARE')));
  check('a window that is looked at gets no note of the browser', await page.evaluate(() => globalThis.notes.length === 0));
  await page.click('#raise');
  check('what stands already cannot be raised again', await until(async () => {
    await page.selectOption('dialog select[name=state]', 'Watch');
    return page.isDisabled('dialog input[value=town]');
  }));
  await page.keyboard.press('Escape');
  await order(page, '[data-alert]', 'update');
  check('an update of an exercise reaches no public outlet, and says so', /stays within the exercise[^]*No public outlet is reached/.test(await textOf('dialog')), await textOf('dialog'));
  check('sirens speak of shelter only: a Watch offers none', (await page.locator('dialog input[name=sound]').count()) === 0);
  await page.fill('dialog input[name=minutes]', '30');
  await answer({ by: 'trainee' });
  check('what was left as it is stays so', await until(async () => /Updated by trainee, in force until at least \d\d:\d\d:\d\d\s*$/.test(await textOf('[data-added]'))), await textOf('[data-added]'));
  await away(true);
  await order(page, '[data-alert]', 'allClear');
  await answer({});
  check('one that is not gets one, marked as of the exercise', await until(async () => (await shown()).some((title) => /EXERCISE.*ALL CLEAR: Town/.test(title))), (await shown()).join(' | '));
  check('the all-clear is one question', await until(async () => (await textOf('[data-alert] .badge')).includes('ALL CLEAR')));
}

/** Fills the open question, in the words of this world, and sends it. */
async function answer(fields) {
  check(`the question is one of ${world}, and its button says so`, await seen(page, `dialog[open] .question.${world}`)
    && (await textOf('dialog button[type=submit]')).startsWith(mark), await textOf('dialog'));
  for (const [field, value] of Object.entries(fields)) await page.fill(`dialog input[name=${field}]`, value);
  await page.click('dialog button[type=submit]');
  check('the question closes when it is done', await until(async () => (await page.locator('dialog[open]').count()) === 0), await textOf('dialog'));
}

/** The zones that the coverage board lists as not seen. */
function rows() {
  return page.evaluate(() => [...document.querySelectorAll('[data-coverage]')].filter((row) => row.querySelector('.badge.bad'))
    .map((row) => row.dataset.coverage).sort().join(' '));
}

/** Has something done outside the browser. */
async function have(what) {
  console.log(`do: ${what}`);
  await answers.next();
}

/** Notes of the browser's own that it has shown. */
function shown() {
  return page.evaluate(() => globalThis.notes.filter((note) => note.shown).map((note) => note.title));
}

/** Another window stands before this one, or does so no more. */
function away(is) {
  return page.evaluate((now) => (globalThis.away = now), is);
}

/** A picture; in both languages the Arabic one must have no English word of ours. */
async function picture(name, both = true) {
  if (both) await pictureInBoth(page, name, options.screenshots, '.alerts h2, .alert, .note, [data-coverage], [data-drill], .tabs', /CAP|MQTT|TAK|\d+ m\b/g);
  else if (options.screenshots) await page.screenshot({ path: `${options.screenshots}/${name}.png` });
}

// A duty officer's work at the console of a running system, through a real browser: a lost sensor, a drill called off, an
// alert raised for a region, released by a second person, taken back. At each line "do: WORD" it waits for a line on its
// standard input. One `ok` or `not ok` a line.
//
//   node web/test/warning.browser.mjs --url http://127.0.0.1:8470 [--exercise] [--screenshots FOLDER] [--browser /usr/bin/chromium]
//
// Exit: 0 all as it should be, 1 something is not, 2 bad usage.
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { check, finish, launch, seen, until } from './browser.mjs';

const { values: options } = parseArgs({
  options: {
    url: { type: 'string' }, screenshots: { type: 'string' }, exercise: { type: 'boolean', default: false },
    browser: { type: 'string', default: process.env.CHROMIUM ?? '/usr/bin/chromium' },
  },
});
if (!options.url) {
  console.error('usage: warning.browser.mjs --url URL [--exercise] [--screenshots FOLDER]');
  process.exit(2);
}

const world = options.exercise ? 'exercise' : 'live';
const mark = options.exercise ? 'EXERCISE' : 'LIVE';
const answers = createInterface({ input: process.stdin })[Symbol.asyncIterator]();
const browser = await launch(options.browser);
const page = await browser.newPage({ viewport: { width: 1600, height: 1000 } });
const complaints = [];
page.on('pageerror', (error) => complaints.push(String(error)));
try {
  await page.goto(options.url);
  check('the console connects', await seen(page, '.link.connected'));
  if (options.exercise) await exercise();
  else await live();
  check('the page has no errors', complaints.length === 0, complaints.join(' | '));
} catch (error) {
  check(`nothing unexpected happens (${error})`, false);
} finally {
  await browser.close();
}
finish();

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
  check('live asks a second time, and says what will sound', (await textOf('dialog')).includes('Sirens that will sound: \u20662\u2069'), await textOf('dialog'));
  await page.click('dialog button[type=submit]');
  check('without the word typed nothing goes out', await seen(page, 'dialog[open] input[name=word]') && (await page.locator('[data-alert]').count()) === 0);
  await page.fill('dialog input[name=word]', 'LIVE');
  await picture('console-raise', false);
  check('the button says LIVE', (await textOf('dialog button[type=submit]')).includes('LIVE'));
  await page.click('dialog button[type=submit]');
  check('the first order alone is a Watch that waits for a second person', await until(async () =>
    /PREPARE[^]*Waits for a second person/.test(await textOf('[data-alert]'))), await textOf('[data-alert]'));
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
  check('and how many sirens have done it', /Sirens \u20660\u2069 of \u20662\u2069/.test(await textOf('.outlets')), await textOf('.outlets'));
  check('the percentage of nothing is not given', !/0%/.test(await textOf('[data-alert]')));
  await picture('console-released');

  await page.click('[data-alert] [data-do=correct]');
  check('a correction has its reason ready', (await page.inputValue('dialog input[name=reason]')).length > 3);
  check('it says whom it reaches', /Goes to: sirens: \u20662\u2069, CAP/.test(await textOf('dialog')), await textOf('dialog'));
  await answer({});
  check('the alert is taken back', await until(async () => (await textOf('[data-alert] .badge')).includes('FALSE ALARM')));
  check('and it says which outlet got that', await until(async () => /CAP ✓/.test(await textOf('.outlets')), 15_000), await textOf('.outlets'));
  check('and why', (await textOf('[data-alert] .reason')).includes('No threat was found'));
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
  await page.click('#raise');
  check('what stands already cannot be raised again', await until(async () => {
    await page.selectOption('dialog select[name=state]', 'Watch');
    return page.isDisabled('dialog input[value=town]');
  }));
  await page.keyboard.press('Escape');
  await page.click('[data-alert] [data-do=allClear]');
  await answer({});
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

async function textOf(selector) {
  return ((await page.locator(selector).first().textContent({ timeout: 3000 }).catch(() => '')) ?? '').replace(/\s+/g, ' ');
}

/** Has something done outside the browser. */
async function have(what) {
  console.log(`do: ${what}`);
  await answers.next();
}

/** A picture in both languages; the Arabic one must have no English word of ours. */
async function picture(name, both = true) {
  if (options.screenshots) await page.screenshot({ path: `${options.screenshots}/${name}.png` });
  if (!both) return;
  await page.click('#language');
  await page.waitForTimeout(500);
  const said = await page.evaluate(() => [...document.querySelectorAll('.alerts h2, .alert, .note, [data-coverage], [data-drill], .tabs')].map((part) => part.innerText).join('\n'));
  const left = said.replace(/duty officer|shift leader|head of duty|bad weather|a call from a neighbour|December|CAP|MQTT|TAK|Town|Province|Far|EAR-1|\d+ m\b/g, '').match(/[A-Za-z]{3,}/g) ?? [];
  check(`no English word of ours is left in the Arabic of ${name}`, left.length === 0, left.join(' '));
  if (options.screenshots) await page.screenshot({ path: `${options.screenshots}/${name}-ar.png` });
  await page.click('#language');
}

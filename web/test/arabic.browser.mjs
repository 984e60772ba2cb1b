// The console in Arabic, at a running demo: every board, every form and sheet that its buttons open, the map's drawers, a track,
// the past and the wall, and of all that is said nowhere a run of three Latin words that somebody did not write; and orders that
// are refused, by real forms, whose refusals are Arabic. One `ok` or `not ok` a line; pictures to look at.
//
//   node web/test/arabic.browser.mjs --url http://127.0.0.1:8470 [--written FILE] [--synthetic] [--screenshots FOLDER] [--browser /usr/bin/chromium]
//
// --written: files of what people wrote, such as the scenario that the demo plays, with commas between. --synthetic: boards that show every state and take no
// order. Exit: 0 all Arabic, 1 not, 2 bad usage.
import { readFileSync } from 'node:fs';
import { check, complaintsOf, launch, look, optionsOf, seen, textOf as textIn, until } from './browser.mjs';

const options = optionsOf('arabic.browser.mjs --url URL [--written FILE] [--screenshots FOLDER]', { written: { type: 'string' }, synthetic: { type: 'boolean', default: false } });
const clean = (text) => text.replace(/[\u2060\u2066-\u2069]/g, '').replace(/\s+/g, ' ');
const plain = (text) => clean(text).toLowerCase().replace(/[^\p{L}\p{N}]+/gu, ' ');
/** What people wrote: the scenario's, and what this script fills in. */
let written = options.written ? plain(options.written.split(',').map((file) => readFileSync(file, 'utf8')).join('\n')) : '';
// The holder of a scenario's plan of all its civil flights.
written += ' flight plan of fpl set ';
const browser = await launch(options.browser);
const context = await browser.newContext({ viewport: { width: 1600, height: 1000 }, locale: 'ar' });
const page = await context.newPage();
page.setDefaultTimeout(8000);
const complaints = complaintsOf(page);
const textOf = (selector) => textIn(page, selector);
const boards = () => page.evaluate(() => fetch('api/boards').then((answer) => answer.json()));

await look(browser, async () => {
  await page.goto(options.url);
  check('a browser that asks for Arabic is answered in Arabic, from right to left', await seen(page, '.link.connected')
    && await page.evaluate(() => document.documentElement.lang === 'ar' && document.documentElement.dir === 'rtl'));
  if (!options.synthetic) {
    check('the system is called by its Arabic name', /\p{Script=Arabic}/u.test(await textOf('.bar .name bdi')), await textOf('.bar .name'));
    await refusals();
    check('there are alerts, messages, flights across the border and findings', await until(async () => {
      const { alerts, incursions, papers } = await boards();
      return alerts.some((alert) => alert.messages.length > 0) && incursions.length > 0 && papers.conformity.length > 0;
    }, 300_000));
  }
  for (const tab of await page.locator('[role=tab]').evaluateAll((all) => all.map((one) => one.id.slice(4)))) await board(tab);
  await page.evaluate(() => document.querySelectorAll('.alert .more').forEach((one) => one.setAttribute('open', '')));
  await sheetsOf('.alerts', 'alerts');
  await track();
  await map();
  if (!options.synthetic) await past();
  await wall();
  check('the page has no errors', complaints.length === 0, complaints.join(' | '));
});

/** Orders that a rule refuses, given by forms: what is said of them has no Latin sentence. */
async function refusals() {
  await open('incidents');
  for (let turn = 0; turn < 2; turn++) {
    await page.click('[data-do=open-incident]');
    await fill({ id: 'ARABIC-1', title: 'reported by a passer by' });
  }
  await refused('an incident of that number exists');
  await page.locator('[data-incident="ARABIC-1"] [data-do=dossier]').click();
  await page.evaluate(() => document.querySelector('#dossier-sheet [name=by]').removeAttribute('required'));
  await page.fill('#dossier-sheet [name=by]', '');
  await page.click('#dossier-sheet button[type=submit]');
  await refused('a dossier asks who takes it', 'ar-dossier');
  await open('cases');
  await page.click('[data-do=open-case]');
  await fill({ id: 'K-AR', title: 'letters to be written' });
  await page.click('[data-case="K-AR"] [data-do=look]');
  await page.evaluate(() => document.querySelector('#case-sheet [name=by]').removeAttribute('required'));
  await page.fill('#case-sheet [name=by]', '');
  await page.click('#case-sheet button[value=look]');
  await refused('a case file asks who looks', 'ar-case');
  await open('statements');
  await page.click('[data-do=draft]');
  await page.check('#statement-sheet input[name=position-0]');
  await fill({ id: 'S-AR', speaker: 'press office', 'text-0': 'We regret all of it.' });
  await page.click('[data-statement="S-AR"] [data-do=approve]');
  await fill({});
  await refused('who wrote it does not approve it');
  await open('shift');
  await page.locator('#board .card header button').first().click();
  await fill({ to: 'desk' });
  await refused('the watch is handed to another person');
}

/** Fills the open form, as one person, and sends it. */
async function fill(fields) {
  await seen(page, 'dialog[open]');
  for (const [field, value] of Object.entries({ ...fields, by: 'desk' })) {
    written += ` ${plain(value)}`;
    await page.fill(`dialog :is(input, textarea)[name="${field}"]`, value);
  }
  await page.click('dialog button[type=submit]');
  await until(async () => (await page.locator('dialog[open]').count()) === 0 || (await page.locator('dialog .fault').count()) > 0);
}

async function refused(what, picture) {
  const told = (await seen(page, 'dialog .fault')) ? await textOf('dialog .fault') : '';
  check(`${what}: the refusal is Arabic`, /\p{Script=Arabic}/u.test(told) && !/[A-Za-z]{2,} [A-Za-z]{2,}/.test(told), told || await textOf('dialog'));
  if (picture) await take(picture);
  await close();
}

async function open(tab) {
  if ((await page.locator('dialog[open]').count()) > 0) await close();
  await page.click(`#tab-${tab}`);
  await until(async () => (await page.getAttribute(`#tab-${tab}`, 'aria-selected')) === 'true');
  await page.waitForTimeout(250);
}

async function close() {
  await page.keyboard.press('Escape');
  await until(async () => (await page.locator('dialog[open]').count()) === 0);
}

/** A board with all of it unfolded, and what its buttons open. */
async function board(tab) {
  await open(tab);
  await page.evaluate(() => document.querySelectorAll('#board details').forEach((one) => one.setAttribute('open', '')));
  await page.waitForTimeout(200);
  await isArabic(`the board "${tab}"`);
  await take(`ar-${tab}`);
  await sheetsOf('#board', tab);
}

/** Every form and sheet that buttons within a part open, one button of a kind. */
async function sheetsOf(where, name) {
  const kinds = await page.locator(`${where} button`).evaluateAll((all) => [...new Map(all.filter((one) => !one.disabled && one.offsetParent !== null)
    .map((one) => [one.dataset.do ?? one.textContent.trim(), one])).keys()].filter((kind) => !/^T\d+$/.test(kind)).slice(0, 14));
  for (const kind of kinds) {
    const button = page.locator(`${where} button`).filter({ visible: true }).and(page.locator(`[data-do="${kind}"]`).or(page.getByText(kind, { exact: true }))).first();
    if (!await button.click({ timeout: 2000 }).then(() => true, () => false)) continue;
    // Many only move the map or select something.
    if (!await seen(page, 'dialog[open]', 800)) continue;
    await isArabic(`what "${kind}" of "${name}" opens`, 'dialog');
    await close();
  }
}

async function track() {
  const said = (await boards()).papers.conformity;
  const ids = [said.find((one) => one.finding === 'Within')?.track, said.find((one) => one.finding === 'OnFileButDiffers')?.track, said.at(-1)?.track].filter((id) => id !== undefined);
  await open('papers');
  let shown = 0;
  for (const id of ids) {
    const button = page.locator('#board .row button.chip', { hasText: `T${String(id).padStart(4, '0')}` }).first();
    if ((await button.count()) === 0) continue;
    await button.click();
    if (!await seen(page, '.track-card')) continue;
    await page.waitForTimeout(400);
    await isArabic(`the sheet of track ${id}`);
    await take(`ar-track-${++shown}`);
    if ((await page.locator('.track-card ul li').count()) > 0)
      check(`what identifies track ${id} is Arabic`, /\p{Script=Arabic}/u.test(await textOf('.track-card ul')), await textOf('.track-card ul'));
  }
  check('tracks were looked at', shown > 0);
}

async function map() {
  for (const button of await page.locator('.map-bar button, #raise, #sound-check').all()) {
    if (!await button.click({ timeout: 2000 }).then(() => true, () => false)) continue;
    await page.waitForTimeout(200);
    await isArabic('what a button of the map or the bar opens');
    await page.keyboard.press('Escape');
    await page.keyboard.press('Escape');
    await until(async () => (await page.locator('dialog[open]').count()) === 0);
  }
}

async function past() {
  const mark = page.locator('.time-mark').last();
  if (!await until(async () => (await mark.count()) > 0, 20_000)) return check('there are marks of the past', false);
  await mark.dispatchEvent('click');
  check('the past says that it is', await seen(page, '#not-live'));
  await page.waitForTimeout(600);
  await isArabic('the past');
  await take('ar-past');
  await page.click('#time-live');
}

async function wall() {
  await page.goto(new URL('?view=wall', options.url).href);
  check('the wall is there', await seen(page, '.wall'));
  await page.waitForTimeout(500);
  await isArabic('the wall');
  await take('ar-wall');
}

/**
 * No text, title or label has three Latin words in a row. What may: `bdi[dir=ltr]` holds ids, codes and figures, of which three
 * small words in a row are still a sentence; `[lang]` says which language it is in; `.brand` is the name of the system; what is not
 * shown is not read; and what people wrote is known.
 */
async function isArabic(what, where = 'body') {
  const texts = await page.evaluate((selector) => {
    const found = [];
    for (const root of document.querySelectorAll(selector)) {
      const walk = document.createTreeWalker(root, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT);
      for (let node = walk.currentNode; node; node = walk.nextNode()) {
        const element = node.nodeType === 3 ? node.parentElement : node;
        if (element.closest('script, style, noscript, .brand') || element.getClientRects().length === 0 || element.closest('[lang]') !== document.documentElement) continue;
        const isId = element.closest('bdi[dir=ltr]') !== null;
        if (node.nodeType === 3) found.push([isId, node.textContent]);
        else for (const label of ['title', 'aria-label', 'placeholder', 'alt', 'aria-valuetext']) if (node.hasAttribute(label)) found.push([isId, node.getAttribute(label)]);
      }
    }
    return found;
  }, where);
  const left = new Set();
  for (const [isId, text] of texts) {
    for (const [run] of clean(text).matchAll(isId ? /\b[a-z]{2,}(?:[ ,;:]+[a-z]{2,}){2,}/g : /\b[A-Za-z][A-Za-z'’-]+(?:[ ,;.]+[A-Za-z][A-Za-z'’-]+){2,}/g)) {
      if (!written.includes(plain(run).trim())) left.add(run);
    }
  }
  check(`no Latin sentence is left in ${what}`, left.size === 0, [...left].join(' | '));
  check(`no key of the language stands in ${what}`, !texts.some(([, text]) => /\b(?:cause|log|field|count|form)\.[A-Za-z]/.test(text)), texts.map(([, text]) => text).find((text) => /\b(?:cause|log|field|count|form)\.[A-Za-z]/.test(text)));
}

async function take(name) {
  if (options.screenshots) await page.screenshot({ path: `${options.screenshots}/${options.synthetic ? 'synthetic-' : ''}${name}.png` });
}

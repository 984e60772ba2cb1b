// The boards of a running exercise through a real browser: sound and its check, the history of a zone, incidents, claims,
// statements, papers, case files, the dossier, sites, directives, the hand-over, health; then the wall, a phone and linked
// windows. One `ok` or `not ok` a line; pictures in both languages.
//
//   node web/test/boards.browser.mjs --url http://127.0.0.1:8470 [--screenshots FOLDER] [--browser /usr/bin/chromium]
//
// Exit: 0 all as it should be, 1 something is not, 2 bad usage.
import { readFile } from 'node:fs/promises';
import { check, finish, launch, optionsOf, order, seen, textOf as textIn, until as soon } from './browser.mjs';

const options = optionsOf('boards.browser.mjs --url URL [--screenshots FOLDER]');
const until = (holds) => soon(holds, 20_000);
const browser = await launch(options.browser);
const complaints = [];
const context = await browser.newContext({ viewport: { width: 1600, height: 1000 } });
await context.addInitScript(() => {
  // What is asked of the loudspeaker: a test hears nothing.
  globalThis.notes = 0;
  const start = OscillatorNode.prototype.start;
  // Asked for by a test, the browser takes the page for touched: a person's browser is silent until it is.
  globalThis.AudioContext = class extends AudioContext {
    constructor(...how) {
      super(...how);
      void this.suspend();
    }
  };
  OscillatorNode.prototype.start = function (...when) {
    globalThis.notes++;
    return start.apply(this, when);
  };
});
const page = await open('');
try {
  for (const part of [sound, alarms, incidents, statements, papers, cases, dossier, sites, directives, handOver, health, boardsInArabic, wall, phone, windows]) {
    try {
      await part();
    } catch (error) {
      check(`${part.name}: nothing unexpected happens (${String(error).slice(0, 400)})`, false);
      await page.keyboard.press('Escape').catch(() => undefined);
    }
  }
  check('the pages have no errors', complaints.length === 0, complaints.join(' | '));
} finally {
  await browser.close();
}
finish();

async function sound() {
  check('the console connects', await seen(page, '.link.connected', 20_000));
  check('a browser that makes no sound before a touch is said to', /NO SOUND/.test(await textOf('#sound')), await textOf('#sound'));
  await page.click('#sound-allow');
  check('after the touch the sound is on', await until(async () => /Sound on/.test(await textOf('#sound'))), await textOf('#sound'));
  await page.click('#sound-check');
  check('a sound check is recorded only when all four tones were heard', await page.isDisabled('#sound-sheet button[type=submit]'));
  for (const tone of ['warning', 'fault', 'watch', 'clear']) {
    const before = await page.evaluate(() => globalThis.notes);
    await page.click(`#sound-sheet [data-tone=${tone}]`);
    check(`the tone "${tone}" is played`, await until(() => page.evaluate((count) => globalThis.notes > count, before)));
    await page.check(`#sound-sheet input[name=heard-${tone}]`);
  }
  await picture('console-sound', { both: false });
  await page.check('#sound-sheet input[name=muted]');
  check('a muted console says so', await until(async () => /MUTED/.test(await textOf('#sound'))));
  await page.uncheck('#sound-sheet input[name=muted]');
  await page.fill('#sound-sheet input[name=by]', 'night officer');
  await page.click('#sound-sheet button[type=submit]');
  check('the sound check goes on record', await until(async () => /is on record/.test(await textOf('#sound-sheet'))), await textOf('#sound-sheet'));
  await page.keyboard.press('Escape');
  await tab('log');
  check('the log has it, by whom', await until(async () => /sound check · night officer/.test(await board())), await board());
}

async function alarms() {
  const before = await page.evaluate(() => globalThis.notes);
  await page.click('#raise');
  await page.check('dialog input[value=town]');
  await page.fill('dialog input[name=reason]', 'practice');
  await answer({ by: 'night officer' });
  check('a new Warning is listed under its own heading', await until(async () => /Take shelter/.test(await textOf('.urgency.Warning h3'))));
  check('it is marked as new', /NEW/.test(await textOf('[data-alert] .fresh')), await textOf('[data-alert]'));
  check('it sounds', await until(() => page.evaluate((count) => globalThis.notes >= count + 8, before)));
  check('and sounds again, as long as nobody acknowledges it', await until(() => page.evaluate((count) => globalThis.notes >= count + 16, before)));
  await page.click('[data-alert] [data-do=acknowledge]');
  await answer({ by: 'night officer' });
  check('acknowledged, it is new no more', await until(async () => (await page.locator('[data-alert] .fresh').count()) === 0));
  check('and nothing calls any more', await until(async () => (await page.locator('#silence').count()) === 0));
  check('the alarm load counts it', await until(async () => /1 in 10 min/.test(await textOf('.load'))), await textOf('.load'));
  await order(page, '[data-alert]', 'history');
  check('the history of the zone has the alert and who acknowledged it', await until(async () =>
    /Acknowledged[^]*night officer[^]*TAKE SHELTER/.test(await textOf('dialog .history'))), await textOf('dialog'));
  await page.selectOption('dialog select[name=zone]', 'far');
  check('another zone has none, and says so', await until(async () => /No alert is on record/.test(await textOf('dialog .history'))), await textOf('dialog'));
  await page.keyboard.press('Escape');
  await picture('console-alerts');
}

async function incidents() {
  await tab('incidents');
  await page.click('[data-do=open-incident]');
  await answer({ id: 'I-1', title: 'Reported blast', by: 'desk' });
  await page.click('[data-incident=I-1] [data-do=claim]');
  await answer({ id: 'C-1', kind: 'casualty', text: 'Four people were hurt.', attribution: 'press report', injured: '4', subject: 'hurt', by: 'desk' });
  check('the claim stands there word for word, not graded', await until(async () => /Four people were hurt\.[^]*not graded/.test(await board())), await board());
  await command({ type: 'claim.record', by: 'a program', claim: 'C-2', kind: 'casualty', text: 'Six people were hurt.', attribution: 'a witness', incident: 'I-1', injured: 6, subject: 'hurt', proposed: true });
  check('a proposed claim waits for a person', await until(async () => /PROPOSED/.test(await textOf('[data-claim=C-2]'))), await board());
  await page.click('[data-claim=C-2] [data-do=accept]');
  await answer({ by: 'desk' });
  check('accepted, it is in the books and contradicts the other', await until(async () => !/PROPOSED/.test(await board()) && /differs from/.test(await board())), await board());
  await page.click('[data-claim=C-1] [data-do=revise]');
  await answer({ grading: 'B2', injured: '5', reason: 'the paper corrected it', by: 'desk' });
  check('revised and graded, the earlier telling stays beside it', await until(async () => /B2[^]*Before[^]*the paper corrected it/.test(await textOf('[data-claim=C-1]'))), await textOf('[data-claim=C-1]'));
  await command({ type: 'claim.record', by: 'a program', claim: 'C-3', kind: 'event', text: 'It was thunder.', attribution: 'a neighbour', incident: 'I-1', proposed: true });
  await page.click('[data-claim=C-3] [data-do=reject]');
  await answer({ reason: 'no such neighbour', by: 'desk' });
  check('a rejected claim stays, with the reason', await until(async () => /rejected[^]*no such neighbour/.test(await textOf('[data-claim=C-3]'))), await textOf('[data-claim=C-3]'));
}

async function statements() {
  await tab('statements');
  await page.click('[data-do=draft]');
  await page.fill('#statement-sheet input[name=id]', 'S-1');
  await page.fill('#statement-sheet input[name=speaker]', 'press office');
  await page.fill('#statement-sheet textarea[name=text-0]', 'Some people are reported hurt.');
  check('a sentence that rests on nothing is counted', /rest on nothing on record/.test(await textOf('#statement-sheet')));
  await page.check('#statement-sheet input[name=claim-0][value=C-1]');
  await page.click('#statement-sheet [data-do=add]');
  await page.fill('#statement-sheet textarea[name=text-1]', 'We regret it.');
  await page.check('#statement-sheet input[name=position-1]');
  await picture('console-statement', { both: false });
  await answer({ by: 'writer' });
  check('the draft shows what each sentence rests on', await until(async () => /draft[^]*C-1[^]*speaker's position/.test(await textOf('[data-statement=S-1]'))), await board());
  await page.click('[data-statement=S-1] [data-do=approve]');
  await page.fill('dialog input[name=by]', 'Writer');
  await page.click('dialog button[type=submit]');
  check('who wrote it cannot approve it', await until(async () => /NOT DONE/.test(await textOf('dialog'))), await textOf('dialog'));
  await answer({ by: 'editor' });
  await page.click('[data-statement=S-1] [data-do=publish]');
  await answer({ by: 'editor' });
  check('it is published', await until(async () => /published by editor/.test(await textOf('[data-statement=S-1]'))), await board());
  await page.click('[data-statement=S-1] [data-do=rewrite]');
  await page.fill('#statement-sheet input[name=reason]', 'a figure was wrong');
  await page.fill('#statement-sheet textarea[name=text-0]', 'Five people are reported hurt.');
  await answer({ by: 'writer' });
  check('a correction is a new version to approve, and the earlier one stays', await until(async () =>
    /v2[^]*Corrects version[^]*a figure was wrong[^]*Version/.test(await textOf('[data-statement=S-1]'))), await textOf('[data-statement=S-1]'));
}

async function papers() {
  await tab('papers');
  await page.click('#board .acts button:first-child');
  await answer({ id: 'AUTH-7', holder: 'survey office', from: '2020-01-01T00:00', to: '2040-01-01T00:00', mode3A: '4301; 4302', reason: 'letter received', by: 'desk' });
  check('an authorisation is on file and in force', await until(async () => /AUTH-7[^]*survey office[^]*in force now[^]*4301 4302/.test(await board())), await board());
}

async function cases() {
  await tab('cases');
  await page.click('[data-do=open-case]');
  await answer({ id: 'K-1', title: 'Letters', by: 'desk' });
  await page.click('[data-case=K-1] .acts button:last-child');
  await answer({ id: 'letter', what: 'identical letters', due: '2021-01-01T00:00', to: 'the Council', by: 'desk' });
  check('an overdue deadline is said to be overdue, on its tab too', await until(async () => /identical letters[^]*OVERDUE/.test(await board())
    && /⚠/.test(await textOf('#tab-cases'))), await board());
  await page.click('[data-case=K-1] .acts button:nth-child(2)');
  await answer({ text: 'called the mission', by: 'desk' });
  await page.click('[data-case=K-1] [data-do=look]');
  check('nothing is shown before the look is on record', !(await textOf('#case-sheet')).includes('called the mission'));
  await page.fill('#case-sheet input[name=by]', 'auditor');
  await page.click('#case-sheet button[value=look]');
  check('then its items, and who has looked', await until(async () => /called the mission[^]*Who has looked[^]*auditor/.test(await textOf('#case-sheet'))), await textOf('#case-sheet'));
  await page.keyboard.press('Escape');
}

async function dossier() {
  await tab('incidents');
  await page.click('[data-incident=I-1] [data-do=dossier]');
  await page.fill('#dossier-sheet input[name=by]', 'legal adviser');
  await page.click('#dossier-sheet button[type=submit]');
  const made = await soon(async () => (await page.locator('#dossier-link').count()) > 0, 120_000);
  check('the dossier of the incident is made and can be saved', made, await textOf('#dossier-sheet'));
  if (made) {
    const [saved] = await Promise.all([page.waitForEvent('download'), page.click('#dossier-link')]);
    const tar = await readFile(await saved.path());
    check('it is a tar, named after the incident', saved.suggestedFilename() === 'dossier-I-1-court-en.tar' && tar.subarray(257, 262).toString() === 'ustar', saved.suggestedFilename());
  }
  await page.keyboard.press('Escape');
  await tab('log');
  check('that it was taken out is on record, by whom', await until(async () => /dossier taken out · legal adviser/.test(await board())), await board());
}

async function sites() {
  await tab('sites');
  await page.click('#board .card header button');
  await page.selectOption('dialog select[name=phase]', 'C');
  await answer({ reason: 'practice', by: 'head of duty' });
  check('the site is in phase C and its measures are ordered', await until(async () => /Phase C/.test(await board()) && /Shelters opened[^]*Ordered/.test(await board())), await board());
  await page.click('#board .card li button');
  await page.selectOption('dialog select[name=state]', 'Done');
  await answer({ by: 'shelter warden' });
  check('a measure done waits for another person to check it', await until(async () => /waits for the check by another person/.test(await board())), await board());
  await page.click('#board .card li button');
  await page.selectOption('dialog select[name=state]', 'Checked');
  await page.fill('dialog input[name=by]', 'Shelter Warden');
  await page.click('dialog button[type=submit]');
  check('the same person cannot check it', await until(async () => /NOT DONE/.test(await textOf('dialog'))), await textOf('dialog'));
  await answer({ by: 'duty officer' });
  check('another person can', await until(async () => /Shelters opened\s*✓\s*Checked/.test(await board())), await board());
}

async function directives() {
  await tab('directives');
  await page.click('#board > p button');
  await page.check('dialog input[value=CD-SOUTH]');
  await page.fill('dialog textarea[name=content]', 'Open the shelters.');
  await answer({ id: 'D-1', attribution: 'operations', deadline: '1', by: 'head of duty' });
  check('who has not answered is named', await until(async () => /Not answered[^]*head of the south/.test(await board())), await board());
}

async function handOver() {
  await tab('shift');
  await page.click('#board .card button:last-child');
  await answer({ by: 'night officer' });
  check('the sound check of this console is told', await until(async () => /Last sound check[^]*night officer/.test(await board())), await board());
  await page.click('#board .card header button');
  await answer({ to: 'day officer', by: 'night officer' });
  check('what is open is listed', await until(async () => /Offered to[^]*day officer[^]*Directive/.test(await board())), await board());
  await arabic();
  const left = (await board()).replace(/night officer|day officer|head of the south|D-1|S-1|S-2|EAR-1|Town hall|School/g, '').match(/[A-Za-z]{3,}/g) ?? [];
  check('the hand-over list is Arabic in Arabic', left.length === 0, left.join(' '));
  await english();
}

async function health() {
  await tab('health');
  check('the health board tells queues, disk and outlets', await until(async () => /Orders waiting[^]*65,536/.test(await board()) && /Disk free/.test(await board()) && /CAP/.test(await board())), await board());
}

/** Every board in Arabic, without a word of English of ours. */
async function boardsInArabic() {
  await arabic();
  for (const name of ['health', 'sites', 'incidents', 'statements', 'papers', 'cases', 'directives', 'drills', 'flights', 'coverage', 'sirens']) {
    await tab(name);
    const left = await page.evaluate(() => [...document.querySelectorAll('#board button, #board h3, #board h4, #board .badge, #board .chip, #board .summary, #board .empty, .tabs button')]
      .map((part) => part.textContent.trim()).filter((text) => text !== '' && !/[\u0600-\u06ff]/.test(text) && /[A-Za-z]{3,}/.test(text)));
    check(`no English button or heading is left on the board "${name}"`, left.length === 0, left.join(' | '));
    if (['sites', 'coverage', 'sirens'].includes(name)) {
      const ours = await page.evaluate(() => {
        const copy = document.querySelector('#board').cloneNode(true);
        for (const theirs of copy.querySelectorAll('bdi, option')) theirs.remove();
        return copy.textContent.replace(/[\u2066\u2068][^\u2069]*\u2069/g, '');
      });
      const words = ours.replace(/\bkm\b/g, '').match(/[A-Za-z]{3,}/g) ?? [];
      check(`nothing that rules or devices say of "${name}" is left in English`, words.length === 0, words.join(' '));
      check(`and what they say of "${name}" is no code either`, !/cause\.|[a-z][A-Z]/.test(ours), ours);
      await take(page, `console-${name}-ar`);
    }
    if (['incidents', 'cases'].includes(name)) await take(page, `console-${name}-ar`);
  }
  await english();
  for (const name of ['incidents', 'statements', 'cases', 'health']) {
    await tab(name);
    await take(page, `console-${name}`);
  }
  await page.setViewportSize({ width: 1366, height: 768 });
  await take(page, 'console-1366');
  await arabic();
  await take(page, 'console-1366-ar');
  await english();
  await page.setViewportSize({ width: 1600, height: 1000 });
}

async function wall() {
  const screen = await open('?view=wall', { width: 1920, height: 1080 });
  check('the wall tells the alert, the phase, sirens and what nobody sees', await until(async () =>
    /TAKE SHELTER[^]*Town/.test(await textOf('.wall', screen)) && /Phase C/.test(await textOf('.wall', screen)) && /Sirens ready/.test(await textOf('.wall', screen))), await textOf('.wall', screen));
  const measured = await screen.evaluate(() => {
    const sizes = [...document.querySelectorAll('.wall *')].filter((one) => [...one.childNodes].some((node) => node.nodeType === 3 && node.textContent.trim() !== ''))
      .map((one) => parseFloat(getComputedStyle(one).fontSize));
    const panel = document.querySelector('.wall');
    return { least: Math.min(...sizes), fits: panel.scrollHeight <= panel.clientHeight + 1 && panel.scrollWidth <= panel.clientWidth + 1, controls: panel.querySelectorAll('button').length };
  });
  check('its smallest letters are 48 of 1080 pixels high or more', measured.least >= 48, String(measured.least));
  check('all of it fits, and nothing can be pressed', measured.fits && measured.controls === 0, JSON.stringify(measured));
  await take(screen, 'console-wall');
  await screen.evaluate(() => localStorage.setItem('nadhir.language', 'ar'));
  await screen.reload();
  await seen(screen, '[data-alert]', 20_000);
  await take(screen, 'console-wall-ar');
  await screen.evaluate(() => localStorage.setItem('nadhir.language', 'en'));
  await screen.close();
}

async function phone() {
  const small = await open('', { width: 390, height: 844 });
  const sockets = [];
  small.on('websocket', (socket) => sockets.push(socket.url()));
  await small.reload();
  check('a phone shows the alerts first', await until(async () => (await small.locator('[data-alert]').first().isVisible()) && !(await small.locator('#map').isVisible())));
  await take(small, 'console-phone');
  check('no tracks are asked for before the map is', sockets.length === 0, sockets.join());
  await small.click('#parts [data-part=boards]');
  check('then the boards', await until(async () => (await small.locator('#board').isVisible()) && !(await small.locator('.alerts').isVisible())));
  for (const name of ['sites', 'incidents', 'directives', 'sirens']) {
    await small.click(`#tab-${name}`);
    const short = await small.evaluate(() => [...document.querySelectorAll('#panel button, #bar button, #parts button')].filter((one) => one.checkVisibility())
      .map((one) => ({ text: one.textContent.trim(), box: one.getBoundingClientRect() })).filter(({ box }) => box.height < 43.5 || box.width < 43.5).map(({ text, box }) => `${text} ${box.width.toFixed(0)}x${box.height.toFixed(0)}`));
    check(`every button of "${name}" is 44 px high and wide or more`, short.length === 0, short.join(', '));
    const wide = await small.evaluate(() => document.querySelector('#board').scrollWidth - document.querySelector('#board').clientWidth);
    check(`"${name}" does not have to be moved sideways`, wide <= 1, String(wide));
  }
  await take(small, 'console-phone-boards');
  await small.click('#tab-incidents');
  await small.click('[data-do=open-incident]');
  check('a form fits the width of the phone', await until(() => small.evaluate(() => document.querySelector('dialog').getBoundingClientRect().width <= innerWidth)));
  await take(small, 'console-phone-form');
  await small.keyboard.press('Escape');
  for (const [part, button] of [['boards', '[data-incident] [data-do=claim]'], ['alerts', '#raise'], ['alerts', '[data-alert] [data-do=update]'], ['alerts', '[data-alert] [data-do=allClear]']]) {
    await small.click(`#parts [data-part=${part}]`);
    if (part === 'alerts') await small.evaluate(() => document.querySelectorAll('.alert .more').forEach((one) => one.setAttribute('open', '')));
    await small.locator(button).first().click();
    await seen(small, 'dialog[open]');
    const off = await small.evaluate(() => [...document.querySelectorAll('dialog :is(input:not([type=checkbox], [type=radio]), select, textarea, button), dialog label:has([type=checkbox])')].filter((one) => one.checkVisibility())
      .map((one) => ({ name: one.name || one.textContent.trim(), box: one.getBoundingClientRect() }))
      .filter(({ box }) => box.height < 43.5 || box.width < 43.5 || box.left < 0 || box.right > innerWidth).map(({ name, box }) => `${name} ${box.width.toFixed(0)}x${box.height.toFixed(0)}`));
    check(`on a phone each field and button of ${button} can be hit with a thumb`, off.length === 0, off.join(', '));
    await take(small, `console-phone-${button.replace(/\W+/g, '-').replace(/^-|-$/g, '')}`);
    await small.keyboard.press('Escape');
  }
  await small.click('#parts [data-part=map]');
  check('the map comes when it is asked for, and then the tracks', await until(async () => (await small.locator('#map').isVisible()) && sockets.length > 0));
  await small.click('#parts [data-part=boards]');
  await small.click('#language');
  await small.click('#parts [data-part=alerts]');
  await until(() => small.evaluate(() => document.documentElement.dir === 'rtl' && /[\u0600-\u06ff]/.test(document.querySelector('#parts').textContent)));
  await take(small, 'console-phone-ar');
  await small.click('#parts [data-part=boards]');
  await until(() => small.locator('#board').isVisible());
  await take(small, 'console-phone-boards-ar');
  await small.click('#language');
  await until(() => small.evaluate(() => document.documentElement.dir === 'ltr'));
  await small.close();
}

async function windows() {
  const map = await open('?view=map', { width: 900, height: 700 });
  check('a map alone has no boards', await until(async () => (await map.locator('#map').isVisible()) && !(await map.locator('#panel').isVisible())));
  const look = () => map.getAttribute('#map', 'data-look');
  await until(async () => (await look()) !== null);
  await page.waitForTimeout(1000);
  const before = await look();
  await page.bringToFront();
  await page.locator('#map').focus();
  await page.keyboard.press('ArrowLeft');
  check('a linked map looks where this one looks', await until(async () => (await look()) !== before && (await look()) === (await page.getAttribute('#map', 'data-look'))), `${await look()} and ${await page.getAttribute('#map', 'data-look')}`);
  await page.keyboard.press('Space');
  check('where one window stands still, it says so', await until(() => page.evaluate(() => document.body.classList.contains('past'))));
  check('and a linked one stays live', !(await map.evaluate(() => document.body.classList.contains('past'))));
  await page.keyboard.press('l');
  check('the one that stood still is live again', await until(() => page.evaluate(() => !document.body.classList.contains('past'))));
  await map.close();
  const single = await open('?view=sirens', { width: 900, height: 700 });
  check('one board alone has neither map nor tabs', await until(async () => /sirens ready or sounding/.test(await textOf('#board', single)) && !(await single.locator('.tabs').isVisible())));
  await single.close();
}

async function open(query, viewport) {
  const opened = await context.newPage();
  if (viewport) await opened.setViewportSize(viewport);
  opened.setDefaultTimeout(12_000);
  opened.on('pageerror', (error) => complaints.push(String(error)));
  opened.on('console', (message) => message.type() === 'error' && !/409|503/.test(message.text()) && complaints.push(message.text()));
  await opened.goto(new URL(query, options.url).href);
  return opened;
}

async function tab(name) {
  await page.click(`#tab-${name}`);
  await until(async () => (await page.getAttribute(`#tab-${name}`, 'aria-selected')) === 'true');
}

function board() {
  return textOf('#board');
}

/** Fills the open form or question and sends it. */
async function answer(fields) {
  await seen(page, 'dialog[open]', 20_000);
  for (const [field, value] of Object.entries(fields)) await page.fill(`dialog :is(input, textarea)[name=${field}]`, value);
  await page.click('dialog button[type=submit]');
  const closed = await until(async () => (await page.locator('dialog[open]').count()) === 0);
  if (!closed) check('the form closes when it is done', false, await textOf('dialog'));
  if (!closed) await page.keyboard.press('Escape');
}

async function command(body) {
  const sent = await context.request.post(new URL('api/commands', options.url).href, { data: body });
  check(`${body.type} ${body.claim ?? ''} is taken`, sent.ok(), sent.ok() ? '' : await sent.text());
}

function textOf(selector, on = page) {
  return textIn(on, selector);
}

async function arabic() {
  await page.click('#language');
  await until(() => page.evaluate(() => document.documentElement.dir === 'rtl'));
  await page.waitForTimeout(300);
}

async function english() {
  await page.click('#language');
  await until(() => page.evaluate(() => document.documentElement.dir === 'ltr'));
}

async function take(on, name) {
  if (options.screenshots) await on.screenshot({ path: `${options.screenshots}/${name}.png` });
}

async function picture(name, { both = true } = {}) {
  await take(page, name);
  if (!both) return;
  await arabic();
  await take(page, `${name}-ar`);
  await english();
}

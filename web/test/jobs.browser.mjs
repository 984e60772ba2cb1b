// The real jobs of a duty officer at a running `nadhir demo --on-duty`, through a real browser: raise a site to phase C and
// complete its measures, issue a directive and see who has not answered, notice the raid and release its Warning with two
// persons, take back an alert that was false, find at what second a track crossed the border and take its dossier along.
// One `ok` or `not ok` a line; figures after `#`.
//
//   node web/test/jobs.browser.mjs --url http://127.0.0.1:8470 [--screenshots FOLDER] [--browser /usr/bin/chromium]
//
// Exit: 0 all as it should be, 1 something is not, 2 bad usage.
import { statSync } from 'node:fs';
import { check, complaintsOf, launch, look, optionsOf, seen, strangers, textOf as textIn, until } from './browser.mjs';

const options = optionsOf('jobs.browser.mjs --url URL [--screenshots FOLDER]');
const browser = await launch(options.browser);
const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
const elsewhere = strangers(context, options.url);
const page = await context.newPage();
const complaints = complaintsOf(page);
const textOf = (selector) => textIn(page, selector);
await look(browser, async () => {
  await page.goto(options.url);
  check('the console connects', await seen(page, '.link.connected'));
  await falseAlarm();
  await phaseAndMeasures();
  await directive();
  await raid();
  await crossing();
  check('nothing was asked of any other machine', elsewhere.size === 0, [...elsewhere].join());
  check('the page has no errors', complaints.length === 0, complaints.join(' | '));
});

/** Raise a site to phase C and complete what the phase asks for: done by one person, checked by another. */
async function phaseAndMeasures() {
  await page.click('#tab-sites');
  const site = page.locator('#board article', { hasText: 'Ain al-Assad' }).first();
  await page.click('#language');
  check('a phase has its name in the language shown', await until(async () => /المرحلة عادية/.test(await textOf('#board .phase'))), await textOf('#board .phase'));
  await page.click('#language');
  await site.getByRole('button', { name: 'Set phase…' }).click();
  await page.selectOption('dialog select[name=phase]', 'C');
  await answer({ reason: 'a strike nearby; the base may be next', by: 'base commander' });
  check('the site is in phase C, by whom and why', await until(async () => /Phase C[^]*base commander[^]*the base may be next/.test(await textOf(site))), await textOf(site));
  const wanted = ['trenches_dug', 'sirens_activated', 'perimeter_tightened'];
  for (const kind of wanted) {
    await site.getByRole('button', { name: 'Order a measure…' }).click();
    await page.selectOption('dialog select[name=kind]', kind);
    await answer({ by: 'base commander' });
    check(`${kind} is ordered`, await until(async () => /Ordered/.test(await textOf(site.locator(`li[data-measure=${kind}]`)))), await textOf(site));
  }
  await picture('job-phase');
  for (const kind of wanted) {
    const row = site.locator(`li[data-measure=${kind}]`);
    await row.getByRole('button', { name: 'Report…' }).click();
    await page.selectOption('dialog select[name=state]', 'Done');
    await answer({ by: 'engineer on duty' });
    check(`${kind} is done`, await until(async () => /Done[^]*engineer on duty/.test(await textOf(row))), await textOf(row));
    await row.getByRole('button', { name: 'Report…' }).click();
    await page.selectOption('dialog select[name=state]', 'Checked');
    if (kind === wanted[0]) {
      await page.fill('dialog input[name=by]', 'engineer on duty');
      await page.click('dialog button[type=submit]');
      check('who did it cannot check it', await seen(page, 'dialog .fault'), await textOf(page.locator('dialog')));
    }
    await answer({ by: 'inspector' });
    check(`${kind} is checked`, await until(async () => /Checked/.test(await textOf(row))), await textOf(row));
  }
  await picture('job-measures');
}

/** Issue a directive to three and see which of them has not answered. */
async function directive() {
  await page.click('#tab-directives');
  await page.getByRole('button', { name: 'Issue a directive…' }).click();
  await page.fill('dialog input[name=id]', 'DIR-7');
  await page.fill('dialog input[name=names]', 'Anbar operations; Babil operations; Civil defence');
  await page.fill('dialog textarea[name=content]', 'Report who is on duty tonight.');
  await page.fill('dialog input[name=deadline]', '1');
  await answer({ by: 'head of the watch' });
  const card = page.locator('#board article', { hasText: 'DIR-7' });
  check('three have not answered', await until(async () => /Without an answer: 3/.test(await textOf(card))), await textOf(card));
  await card.locator('li', { hasText: 'Babil operations' }).getByRole('button', { name: 'Record an answer…' }).click();
  await page.selectOption('dialog select[name=state]', 'Acknowledged');
  await answer({ by: 'Babil operations' });
  check('then two, and one sees which', await until(async () => {
    const open = await card.locator('li').filter({ hasNotText: 'Acknowledged' }).allTextContents();
    return /Without an answer: 2/.test(await textOf(card)) && open.length === 2 && open.some((one) => one.includes('Anbar')) && open.some((one) => one.includes('Civil'));
  }), await textOf(card));
  await picture('job-directive');
}

/** An alert raised on a call that turns out wrong is taken back, and the screen says so. */
async function falseAlarm() {
  await page.click('#raise');
  await page.check('dialog input[value=Z-BAGHDAD]');
  await page.selectOption('dialog select[name=state]', 'Watch');
  await page.fill('dialog input[name=reason]', 'a caller heard something');
  await page.fill('dialog input[name=by]', 'duty officer');
  await page.click('dialog button[type=submit]');
  const alert = page.locator('[data-alert]', { hasText: 'a caller heard something' });
  check('the alert stands', await until(async () => (await textOf(alert)).includes('PREPARE')), await textOf(page.locator('#dialogs')));
  await alert.locator('.more summary').click();
  await alert.getByRole('button', { name: 'False alarm…' }).click();
  check('the question says that this is an exercise', await seen(page, 'dialog .question.exercise'));
  await page.fill('dialog input[name=reason]', 'it was thunder');
  await answer({ by: 'duty officer' });
  const taken = page.locator('[data-alert]', { hasText: 'it was thunder' });
  check('it is shown as a false alarm, with the reason', await until(async () => (await textOf(taken)).includes('FALSE ALARM')), await textOf(page.locator('.alerts')));
  await picture('job-false-alarm');
}

/** The raid comes by itself: its Warning waits for two, who both are named. */
async function raid() {
  const waiting = page.locator('[data-alert]', { has: page.getByRole('button', { name: 'Release warning' }) }).first();
  check('the raid is noticed: an alert asks to be released', await until(async () => (await waiting.count()) > 0, 300_000), await textOf(page.locator('.alerts')));
  const id = await waiting.getAttribute('data-alert'), alert = page.locator(`[data-alert="${id}"]`);
  const said = await textOf(alert);
  check('it says how many tracks, how probable, when, and seen by whom', /\d\S* tracks?[^]*probability[^]*%[^]*arrival[^]*seen by[^]*SIM-/.test(said), said);
  check('and that it waits for two persons', said.includes('two persons'), said);
  check('what waits is not counted among what is in force', /Take shelter 0 ⚑ \d+ waits? for release/.test(await textOf('#urgency-warning')), await textOf('#urgency-warning'));
  check('a tab in the background says what waits', /⚑ \S+ waits? for release/.test(await page.title()), await page.title());
  await picture('job-raid');
  await alert.getByRole('button', { name: 'Release warning' }).click();
  await answer({ by: 'duty officer' });
  check('one person alone does not sound a siren', await until(async () => (await textOf(alert)).includes('Waits for a second person')) && !(await textOf(alert.locator('.badge').first())).includes('TAKE SHELTER'), await textOf(alert));
  await alert.getByRole('button', { name: 'Release warning' }).click();
  await answer({ by: 'shift leader' });
  check('with the second it is a Warning, and both are named', await until(async () =>
    /TAKE SHELTER[^]*Released by duty officer,\s+shift leader/.test(await textOf(alert))), await textOf(alert));
  check('the sirens of the zone report what they did', await until(async () => /Sirens \S*[1-9]\d*\S* of/.test(await textOf(alert)), 20_000), await textOf(alert));
  await picture('job-released', true);
}

/** At what second the raid crossed the border, and the dossier of what followed. */
async function crossing() {
  const silent = (await boards()).crossings.filter((one) => one.direction === 'Inbound' && one.identity.kind === 'NonCooperative');
  check('the raid has crossed the border', silent.length > 0);
  const at = new Date(silent[0]?.time ?? 0), utc = at.toISOString().slice(11, 19);
  const local = new Intl.DateTimeFormat('en-GB', { timeZone: 'Asia/Baghdad', hour: '2-digit', minute: '2-digit', second: '2-digit' }).format(at);

  await page.click('#tab-flights');
  const flight = page.locator('#board details', { hasText: 'Time in' }).first();
  check('the flight is listed as states report it', await until(async () => (await flight.count()) > 0, 60_000), await textOf(page.locator('#board')));
  await flight.locator('summary').click();
  const line = flight.locator('li', { hasText: 'Time in' });
  let told = '';
  check('the second at which it came in is the one on record, with its probability', await until(async () =>
    [utc, local].some((second) => told.includes(second), told = await textOf(line)) && /P \S*\d/.test(told)), `${utc} or ${local}: ${told}`);
  await flight.locator('[data-do=amend]').click();
  check('what can be amended is offered item by item', (await page.locator('dialog select[name=item] option').count()) > 5 && (await page.inputValue('dialog select[name=item]')) === 'RadioContact');
  await answer({ value: 'none, called on 121.5', basis: 'log of the area control centre', by: 'duty officer' });
  check('the amendment stands beside the item, with what it rests on and by whom', await until(async () =>
    /✎ none, called on 121\.5 \(log of the area control centre\)[^]*duty officer/.test(await textOf(flight))), await textOf(flight));
  await picture('job-crossing');
  console.log(`# ${silent.length} silent crossings inwards, the first at ${utc} UTC`);
  await backThen(local);
  await dossier();
}

/** That moment on the screen again. */
async function backThen(second) {
  const marks = page.locator('.time-mark.Crossing');
  check('the bar of time marks the crossing by the second', await until(async () =>
    (await marks.evaluateAll((all) => all.map((one) => one.getAttribute('aria-label')).join(' | '))).includes(second), 30_000), second);
  await page.locator(`.time-mark.Crossing[aria-label*="${second}"]`).first().focus();
  await page.keyboard.press('Enter');
  check('the screen shows that moment, and that it is not live', await seen(page, '#not-live'));
  check('with the interval and the probability', await until(async () => /\d\d:\d\d:\d\d–\d\d:\d\d:\d\d[^]*%/.test(await textOf(page.locator('.time-chosen')))), await textOf(page.locator('.time-chosen')));
  await page.waitForTimeout(1000);
  await picture('job-crossing-then');
  await page.click('#time-live');
  check('and is live again', await until(async () => (await page.locator('#not-live').count()) === 0));
}

/** The dossier, as the console gives it out. */
async function dossier() {
  await page.click('#tab-incidents');
  check('the incident is on record', await until(async () => (await boards()).incidents.length > 0, 120_000));
  const button = page.locator('#board [data-do=dossier]').first();
  await button.click();
  await page.fill('dialog input[name=by]', 'legal adviser');
  await page.click('dialog button[type=submit]');
  check('the dossier is made', await seen(page, '#dossier-link', 120_000), await textOf(page.locator('dialog')));
  await picture('job-dossier');
  const [download] = await Promise.all([page.waitForEvent('download'), page.click('#dossier-link')]);
  const size = statSync(await download.path()).size;
  check('and taken along', /\.(?:tar|zip)$/.test(download.suggestedFilename()) && size > 10_000, `${download.suggestedFilename()}, ${size} bytes`);
  await page.keyboard.press('Escape');
}

function boards() {
  return page.evaluate(() => fetch('api/boards').then((answer) => answer.json()));
}

/** Fills the open question and sends it; it must close by itself. */
async function answer(fields) {
  for (const [field, value] of Object.entries(fields)) await page.fill(`dialog input[name=${field}]`, value);
  await page.click('dialog button[type=submit]');
  check(`the order of ${fields.by} is taken`, await until(async () => (await page.locator('dialog[open]').count()) === 0), await textOf(page.locator('dialog')));
}

/** A picture, and the same in Arabic. */
async function picture(name, both = false) {
  if (!options.screenshots) return;
  await page.screenshot({ path: `${options.screenshots}/${name}.png` });
  if (!both) return;
  await page.click('#language');
  await page.waitForTimeout(600);
  await page.screenshot({ path: `${options.screenshots}/${name}-ar.png` });
  await page.click('#language');
}

// The console's time through a real browser, at a running demo from its beginning, or over a closed record with --review:
// standing, stepping back, playing, a Warning that breaks through, a crossing found by its mark. One `ok` or `not ok` a line.
//
//   node web/test/time.browser.mjs --url http://127.0.0.1:8470 [--review] [--screenshots FOLDER] [--browser /usr/bin/chromium]
//
// Exit: 0 all as it should be, 1 something is not, 2 bad usage.
import { check, complaintsOf, launch, look, optionsOf, pictureInBoth, seen, textOf as textIn, until } from './browser.mjs';

const options = optionsOf('time.browser.mjs --url URL [--review] [--screenshots FOLDER]', { review: { type: 'boolean', default: false } });
const browser = await launch(options.browser);
const page = await browser.newPage({ viewport: { width: 1600, height: 1000 } });
const complaints = complaintsOf(page), posted = [];
const textOf = (selector) => textIn(page, selector);
page.on('request', (request) => request.method() !== 'GET' && posted.push(request.url()));
await look(browser, async () => {
  await page.goto(options.url);
  check('the console connects', await seen(page, '.link.connected'));
  if (options.review) await review();
  else await live();
  check('nothing was ordered', posted.length === 0, posted.join(' '));
  check('the page has no errors', complaints.length === 0, complaints.join(' | '));
});

async function live() {
  check('it is live, and says so by no mark of the past', (await page.locator('#not-live').count()) === 0 && await page.isDisabled('#time-live'));
  await page.keyboard.press('Space');
  check('space makes it stand, over its whole width', await seen(page, '#not-live') && /NOT LIVE.*stands at/.test(await textOf('#not-live')), await textOf('#not-live'));
  const stood = await textOf('.time-now');
  const behind = await textOf('#not-live');
  await page.waitForTimeout(2500);
  check('it stands', (await textOf('.time-now')) === stood);
  check('it says how far behind it is, and that grows', (await textOf('#not-live')) !== behind && /\d behind now/.test(await textOf('#not-live')), await textOf('#not-live'));
  check('the title says it', (await page.title()).includes('NOT LIVE'));
  check('orders are grey, and said to be off', (await page.getAttribute('#raise', 'aria-disabled')) === 'true');
  await page.click('#raise', { force: true });
  check('an order is refused in words', await seen(page, '#refused') && (await page.locator('dialog[open]').count()) === 0);
  await picture('time-paused');

  check('a Warning that begins live breaks through', await until(() => page.isVisible('#breakthrough'), 240_000));
  check('it names the zone and when', /\d\d:\d\d:\d\d/.test(await textOf('#breakthrough')), await textOf('#breakthrough'));
  check('the screen still stands', (await textOf('.time-now')) === stood && (await page.locator('[data-alert] .badge.Warning').count()) === 0);
  await picture('time-breakthrough');
  await page.keyboard.press('l');
  check('L is now: the mark is gone and the Warning is there', await until(async () =>
    (await page.locator('#not-live').count()) === 0 && (await page.locator('[data-alert] .badge.Warning').count()) > 0));
  check('orders are on again', (await page.getAttribute('#raise', 'aria-disabled')) === null);
  await past();
  await page.keyboard.press('l');
  check('after all that it is live again', await until(async () => (await page.locator('#not-live').count()) === 0));
}

async function review() {
  check('it says that a record is reviewed', await until(async () => /REVIEW OF A RECORD/.test(await textOf('#not-live'))));
  check('and that nothing can be ordered', /nothing can be ordered/.test(await textOf('#not-live')));
  check('there is no way to now', (await page.locator('#time-live').count()) === 0);
  check('the whole record is on the bar', await until(async () => (await page.locator('.time-mark.Crossing').count()) > 0, 120_000));
  check('no connection is said to be lost', (await page.locator('.alarm').count()) === 0, await textOf('.alarm'));
  await past();
  await page.click('#raise', { force: true });
  check('an order is refused in words', await seen(page, '#refused') && (await page.locator('dialog[open]').count()) === 0);
}

/** A Warning, a crossing, stepping and playing: the same live and in a review. */
async function past() {
  await page.selectOption('#time-stretch', '0');
  check('crossings and alerts are marked', await until(async () =>
    (await page.locator('.time-mark.Crossing').count()) > 0 && (await page.locator('.time-mark.Alert.Warning').count()) > 0, 30_000));
  const film = await (await page.request.get(new URL('api/film/marks', options.url).href)).json();

  const warned = film.marks.find((mark) => mark.state === 'Warning');
  await page.locator(`.time-mark.Warning[data-mark="${warned.id}"]`).first().dispatchEvent('click');
  check('at its mark the Warning is on the board', await until(async () => (await page.locator(`[data-alert="${warned.id}"] .badge.Warning`).count()) === 1, 30_000), `${warned.id}: ${await textOf('#bar')} ${await textOf('.alerts')}`);
  const zone = (await (await page.request.get(new URL('api/configuration', options.url).href)).json()).zones.find((one) => one.id === warned.place).area.centre;
  const look = async () => ((await page.getAttribute('#map', 'data-look')) ?? '').split(',').map(Number);
  const isThere = ([longitude, latitude, zoom]) => Math.abs(longitude - zone.longitudeDegrees) < 0.05 && Math.abs(latitude - zone.latitudeDegrees) < 0.05 && zoom > 7;
  check('and the map shows its zone', await until(async () => isThere(await look())), `${await look()} | ${JSON.stringify(zone)}`);
  const then = await boardsAt(warned.knownAt);
  const open = then.alerts.filter((alert) => alert.state !== 'Closed').map((alert) => alert.id).sort().join(' ');
  const shown = () => page.evaluate(() => [...document.querySelectorAll('[data-alert]')].map((card) => card.dataset.alert).sort().join(' '));
  check('the alerts shown are those of that moment', await until(async () => (await shown()) === open), `${await shown()} | ${open}`);

  const crossed = film.marks.find((mark) => mark.kind === 'Crossing');
  await page.locator(`.time-mark.Crossing[data-mark="${crossed.id}"]`).first().dispatchEvent('click');
  const second = new Date(crossed.at).toISOString().slice(11, 19);
  check('a crossing is shown at its second', await until(async () => secondsApart(await utc(), second) <= 2), `${await utc()} | ${second}`);
  check('with its track', await until(async () => (await textOf('.track-card')).includes(`T${String(crossed.track).padStart(4, '0')}`)), await textOf('.track-card'));
  check('it says when, how sure, and since when it was known', /\(\d\d:\d\d:\d\d–\d\d:\d\d:\d\d, .*%\) · known from/.test(await textOf('.time-chosen')), await textOf('.time-chosen'));
  await picture('time-crossing');

  const at = await utc();
  await page.locator('#not-live b').click();
  await page.keyboard.press('ArrowRight');
  check('an arrow is a second on', await until(async () => secondsApart(await utc(), at) >= 1 && secondsApart(await utc(), at) <= 2), `${at} ${await utc()}`);
  await page.keyboard.press('Shift+ArrowLeft');
  check('with shift ten seconds back', await until(async () => secondsApart(await utc(), at) >= 8), `${at} ${await utc()}`);

  await page.selectOption('#time-speed', '10');
  const from = await utc();
  await page.locator('#not-live b').click();
  await page.keyboard.press('Space');
  check('it plays, and says that it is the past', await until(async () => /being played/.test(await textOf('#not-live'))), await textOf('#not-live'));
  check('time goes on at the speed that was chosen', await until(async () => secondsApart(await utc(), from) >= 20, 15_000), `${from} ${await utc()}`);
  await picture('time-playing');
  await page.locator('#not-live b').click();
  await page.keyboard.press('Space');
  check('space makes it stand again', await until(async () => /stands at/.test(await textOf('#not-live'))) || options.review, await textOf('#not-live'));
}

async function boardsAt(time) {
  return (await page.request.get(new URL(`api/film/boards?at=${encodeURIComponent(time)}`, options.url).href)).json();
}

async function utc() {
  return /(\d\d:\d\d:\d\d) UTC/.exec(await textOf('.time-now'))?.[1] ?? '';
}

function secondsApart(one, other) {
  const [a, b] = [one, other].map((time) => time.split(':').reduce((sum, part) => sum * 60 + Number(part), 0));
  return Math.abs(a - b);
}

/** A picture in both languages; the Arabic time has no English word of ours. */
function picture(name) {
  return pictureInBoth(page, `${options.review ? 'review-' : ''}${name}`, options.screenshots, '#not-live, #breakthrough, #refused, #time', /UTC|Asia\/Baghdad/g);
}

// Looks at a running console through a real browser and says what it saw, one `ok` or `not ok` a line.
//
//   node web/test/console.browser.mjs --url http://127.0.0.1:8470 [--screenshot FILE] [--screenshot-ar FILE]
//                                     [--token TOKEN] [--live] [--no-alerts] [--browser /usr/bin/chromium]
//
// Between the browser and the server stands a small relay of ours, so that the connection can be cut without stopping
// the server. Exit: 0 all seen, 1 something missing, 2 bad usage.
import net from 'node:net';
import { parseArgs } from 'node:util';
import { check, finish, launch, seen, until } from './browser.mjs';

const { values: options } = parseArgs({
  options: {
    url: { type: 'string' },
    screenshot: { type: 'string' },
    'screenshot-ar': { type: 'string' },
    token: { type: 'string' },
    live: { type: 'boolean', default: false },
    'no-alerts': { type: 'boolean', default: false },
    browser: { type: 'string', default: process.env.CHROMIUM ?? '/usr/bin/chromium' },
  },
});
if (!options.url) {
  console.error('usage: console.browser.mjs --url URL [--screenshot FILE]');
  process.exit(2);
}

const server = new URL(options.url);
const relay = await startRelay(server.hostname, Number(server.port || 80));
const browser = await launch(options.browser);
try {
  await look();
} catch (error) {
  check(`nothing unexpected happens (${error})`, false);
} finally {
  await browser.close();
  relay.stop();
}
finish();

async function look() {
  const page = await browser.newPage({ viewport: { width: 1600, height: 1000 } });
  const complaints = [];
  const elsewhere = new Set();
  let cut = false;
  page.on('pageerror', (error) => complaints.push(String(error)));
  // A server may keep no past and no alarms: the console asks, and says so.
  const optional = /\/api\/(film|alarms)(\?|\/|$)/;
  page.on('console', (message) => message.type() === 'error' && !cut && !optional.test(message.location().url) && complaints.push(`${message.text()} ${message.location().url}`));
  page.on('request', (request) => {
    const address = new URL(request.url());
    if (/^(http|ws)/.test(address.protocol) && address.host !== `127.0.0.1:${relay.port}`) elsewhere.add(address.host);
  });
  if (options.token) await page.addInitScript((token) => sessionStorage.setItem('nadhir.token', token), options.token);
  await page.goto(`http://127.0.0.1:${relay.port}/`);

  check('the console connects', await seen(page, '.link.connected'));
  check('tracks are drawn on the map', await until(async () => Number(await page.getAttribute('canvas.tracks', 'data-drawn')) > 0));
  check('the canvas of the tracks is not blank', await until(() => page.evaluate(inkOnTracks)));
  check('the tracks move or are renewed', await renewed(page));
  check('the base map has countries, places and the border', await until(() => page.evaluate(inkOnMap)));
  if (!options['no-alerts']) {
    check('alerts are listed', await seen(page, '[data-alert]'));
    check('an alert says its state in words', /\S/.test((await page.textContent('[data-alert] .badge').catch(() => '')) ?? ''));
  }
  check(options.live ? 'no exercise mark is shown' : 'the exercise mark is shown',
    (await page.locator('.exercise-banner').isVisible()) === !options.live && (await page.locator('#frame').isVisible()) === !options.live);
  for (const tab of ['sirens', 'coverage', 'drills', 'incidents', 'directives', 'log', 'sites']) {
    await page.click(`#tab-${tab}`);
    check(`the board "${tab}" is filled or says why not`, ((await page.textContent('#board')) ?? '').trim().length > 3);
  }
  check('no board is still loading', !((await page.textContent('#panel')) ?? '').includes('Loading'));
  await questions(page);
  if (options.screenshot) await page.screenshot({ path: options.screenshot });
  await arabic(page);
  check('nothing is asked of any other machine', elsewhere.size === 0, [...elsewhere].join(', '));
  check('the page has no errors', complaints.length === 0, complaints.join(' | '));

  cut = true;
  await page.evaluate(() => {
    // What the console says first of a lost connection.
    new MutationObserver(() => (globalThis.saidFirst ||= document.querySelector('#connection-lost')?.textContent)).observe(document.body, { childList: true, subtree: true });
  });
  relay.cut();
  check('a cut connection is marked within 6 seconds', await seen(page, '#connection-lost', 6000));
  check('it is marked at once: no older than the last word', / 0:0[012] /.test((await page.evaluate(() => globalThis.saidFirst)) ?? ''), await page.evaluate(() => globalThis.saidFirst));
  check('the numbers of tracks, sensors and sirens are no longer given', await until(async () =>
    (await page.locator('.numbers .bad b').allTextContents()).filter((number) => number === '—').length === 3), (await page.locator('.numbers b').allTextContents()).join(' '));
  relay.mend();
  check('a mended connection is noticed within 10 seconds', await seen(page, '.link.connected', 10_000));
  check('the mark goes away again', await until(async () => (await page.locator('.alarm').count()) === 0));
}

/** The first button of an alert asks before it acts, in the words of its world. */
async function questions(page) {
  const button = page.locator('[data-alert] footer button').first();
  if ((await button.count()) === 0) return;
  await button.click();
  const world = options.live ? 'live' : 'exercise';
  check(`an order asks first, in the words of ${world}`, await seen(page, `dialog[open] .question.${world}`));
  await page.keyboard.press('Escape');
  check('Escape leaves without an order', await until(async () => (await page.locator('dialog[open]').count()) === 0));
}

async function arabic(page) {
  await page.click('#language');
  check('Arabic reads from right to left', await until(() => page.evaluate(() => document.documentElement.dir === 'rtl')));
  await page.waitForTimeout(700);
  const text = await page.evaluate(() => document.body.innerText);
  check('Arabic words are shown', /[\u0600-\u06ff]{3}/.test(text));
  const keys = text.match(/\b[a-z]+\.[a-z][A-Za-z0-9]+\b/g)?.filter((word) => !/^(radar|siren|observer)\./.test(word)) ?? [];
  const interfaceWords = await page.evaluate(() => [...document.querySelectorAll('.bar button, .tabs button, .map-bar > button:not([aria-label]), .legend li, #alerts-title, .badge, .alert footer button, .alert .reason, .alert .outlets, #raise')]
    .filter((element) => element.id !== 'language').map((element) => element.textContent.trim()).filter((words) => words !== '' && !/[\u0600-\u06ff]/.test(words)));
  check('no key or English word of the interface is left', keys.length === 0 && interfaceWords.length === 0, [...keys, ...interfaceWords].join(', '));
  check('digits are Latin', !/[\u0660-\u0669\u06f0-\u06f9]/.test(text));
  if (options['screenshot-ar']) await page.screenshot({ path: options['screenshot-ar'] });
  await page.click('#language');
  check('English reads from left to right again', await until(() => page.evaluate(() => document.documentElement.dir === 'ltr')));
}

function inkOnTracks() {
  const canvas = document.querySelector('canvas.tracks');
  const pixels = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data;
  let ink = 0;
  for (let i = 3; i < pixels.length; i += 4) if (pixels[i] > 0) ink++;
  return ink > 200;
}

function inkOnMap() {
  const canvas = document.querySelector('#map canvas.tracks');
  if (!canvas) return false;
  const pixels = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data;
  const colours = new Set();
  for (let i = 0; i < pixels.length; i += 4 * 97) colours.add((pixels[i] << 16) | (pixels[i + 1] << 8) | pixels[i + 2]);
  return colours.size > 20;
}

async function renewed(page) {
  const clock = () => page.textContent('.clocks div:last-child b');
  const before = await clock();
  return until(async () => (await clock()) !== before);
}

/** Passes bytes on to the server until cut; then refuses everyone until mended. */
async function startRelay(host, port) {
  const open = new Set();
  let isCut = false;
  const listener = net.createServer((near) => {
    if (isCut) return near.destroy();
    const far = net.connect(port, host);
    for (const [one, other] of [[near, far], [far, near]]) {
      open.add(one);
      one.pipe(other);
      one.on('error', () => other.destroy());
      one.on('close', () => { open.delete(one); other.destroy(); });
    }
  });
  await new Promise((ready) => listener.listen(0, '127.0.0.1', ready));
  const drop = () => { for (const socket of open) socket.destroy(); };
  return {
    port: listener.address().port,
    cut() { isCut = true; drop(); },
    mend() { isCut = false; },
    stop() { drop(); listener.close(); },
  };
}

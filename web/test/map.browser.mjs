// The jobs of the map in a real browser, by mouse and by keys alone, over a made-up picture (feed.mjs); leaves pictures.
//
//   node web/test/map.browser.mjs [--pictures FOLDER] [--dist FOLDER] [--browser /usr/bin/chromium]
//
// Exit: 0 all seen, 1 something missing.
import { mkdirSync } from 'node:fs';
import http from 'node:http';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { check, finish, launch, seen, until } from './browser.mjs';
import { startFeed } from './feed.mjs';

const { values: options } = parseArgs({
  options: {
    pictures: { type: 'string' }, dist: { type: 'string' }, browser: { type: 'string', default: process.env.CHROMIUM ?? '/usr/bin/chromium' },
    url: { type: 'string' }, // given by whoever starts all browser tests alike; not needed here
  },
});
if (options.pictures) mkdirSync(options.pictures, { recursive: true });
const browser = await launch(options.browser);
const complaints = [];
try {
  await jobs();
  await languagesAndThemes();
  await crowd();
  await mapsOfOthers();
  await districts();
  await noteInArabic();
  await manySensors();
  await lostWithoutAlerts();
  check('the page has no errors', complaints.length === 0, complaints.join(' | '));
} catch (error) {
  check(`nothing unexpected happens (${error.stack})`, false);
} finally {
  await browser.close();
}
finish();

function feedOf(world) {
  return startFeed({ ...world, ...(options.dist ? { dist: options.dist } : {}) });
}

async function open(feed, { language = 'en', theme = 'night', width = 1600, height = 1000, settings } = {}) {
  const page = await browser.newPage({ viewport: { width, height } });
  const elsewhere = new Set();
  page.on('pageerror', (error) => complaints.push(String(error)));
  // The feed of this test keeps no past and no alarms: the console asks, and says so.
  const optional = /\/api\/(film|alarms)(\?|\/|$)/;
  page.on('console', (message) => message.type() === 'error' && !optional.test(message.location().url) && complaints.push(`${message.text()} ${message.location().url}`));
  page.on('request', (request) => {
    const address = new URL(request.url());
    if (/^(http|ws)/.test(address.protocol) && address.host !== new URL(feed.url).host) elsewhere.add(address.host);
  });
  await page.addInitScript(([language, theme, settings]) => {
    localStorage.setItem('nadhir.language', language);
    localStorage.setItem('nadhir.theme', theme);
    if (settings) localStorage.setItem('nadhir.map', settings);
  }, [language, theme, settings]);
  await page.goto(feed.url);
  await until(async () => drawn(page).then((count) => count > 0));
  await page.waitForTimeout(600);
  return Object.assign(page, { elsewhere });
}

async function drawn(page) {
  return Number(await page.getAttribute('canvas.tracks', 'data-drawn'));
}

async function hidden(page) {
  return Number(await page.getAttribute('canvas.tracks', 'data-hidden'));
}

async function picture(page, name) {
  if (options.pictures) await page.screenshot({ path: join(options.pictures, `map-${name}.png`) });
}

function card(page) {
  return page.locator('.track-card:not(.measure)');
}

/** A duty officer's jobs without a mouse, from the first track to the last key. */
async function jobs() {
  const feed = await feedOf({ tracks: 40 });
  const page = await open(feed);
  check('all tracks in the window are drawn', (await drawn(page)) > 30);
  await page.focus('#map');

  await page.keyboard.press('n');
  check('the next key chooses a track that raises an alert first', await until(async () => ((await card(page).textContent()) ?? '').includes('T0001')));
  await page.keyboard.press('i');
  check('isolating hides all others and says how many', await until(async () => (await drawn(page)) === 1 && /T0001.*42/.test(await page.textContent('.map-chip.alert'))));
  await page.keyboard.press('Escape');
  check('Escape shows them again', await until(async () => (await drawn(page)) > 30));
  await page.keyboard.press('f');
  check('following is said', await seen(page, '.map-chip >> text=T0001'));
  const middle = await until(async () => (await trackPixel(page)).every((away) => Math.abs(away) < 40));
  check('the followed track stays in the middle', middle);
  await page.keyboard.press('ArrowUp');
  check('moving the map by hand ends following', await until(async () => (await page.locator('.map-chip').count()) === 0));

  await page.keyboard.press('m');
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('Enter');
  check('measuring from the chosen track tells distance, direction and time',
    await until(async () => /\d km.*\d{3}°.*\d+:\d\d.*T0001 900 km\/h/s.test((await page.textContent('.measure')) ?? '')), await page.textContent('.measure').catch(() => ''));
  await picture(page, 'measure');
  await page.keyboard.press('m');
  check('the same key ends measuring', await until(async () => (await page.locator('.measure').count()) === 0));

  await filters(page);
  await search(page);
  await list(page);
  await help(page);
  check('nothing is asked of any other machine', page.elsewhere.size === 0, [...page.elsewhere].join(', '));
  await page.keyboard.press('Escape');
  await page.keyboard.press('h');
  await page.keyboard.press('o');
  await page.waitForTimeout(900);
  await picture(page, 'layers');
  const before = await ink(page);
  await page.keyboard.press('Escape');
  await page.locator('#map').focus();
  for (let k = 0; k < 6; k++) await page.keyboard.press(']');
  await page.waitForTimeout(500);
  check('coverage is drawn anew at another height', (await ink(page)) !== before && (await page.evaluate(() => JSON.parse(localStorage.getItem('nadhir.map')).coverageHeight)) === 12_000);
  await picture(page, 'coverage-12000');
  await page.close();
  feed.stop();
}

async function filters(page) {
  const all = await drawn(page);
  await page.keyboard.press('x');
  await page.locator('#map-drawer fieldset').first().locator('label', { hasText: 'Non-cooperative' }).locator('input').uncheck();
  check('a filter hides tracks, and a mark says how many', await until(async () => (await drawn(page)) < all && (await hidden(page)) > 0 && ((await page.textContent('.map-chip.alert')) ?? '').includes(String(await hidden(page)))));
  check('but none that raises an alert', await until(async () => (await page.evaluate(() => document.querySelector('.map-chip.alert') !== null))) && (await hidden(page)) < 8);
  await picture(page, 'filter');
  await page.click('.map-chip.alert button');
  check('one press shows all again', await until(async () => (await drawn(page)) === all && (await page.locator('.map-chip.alert').count()) === 0));
  await page.keyboard.press('Escape');
}

async function search(page) {
  for (const [text, expected] of [['NDX104', 'T0104'], ['71006B', 'T0107'], ['جرف', 'Jurf'], ['musayyib', 'Musayyib'], ['mosul', 'Mosul'], ['33.1 44.2', '33.1 44.2']]) {
    await page.locator('#map').focus();
    await page.keyboard.press('/');
    await page.keyboard.press('Control+A');
    await page.keyboard.type(text);
    const found = await until(async () => ((await page.textContent('#found-0')) ?? '').includes(expected), 3000);
    check(`"${text}" finds ${expected}`, found, await page.textContent('#map-found'));
    if (text === 'musayyib') await picture(page, 'search');
    await page.keyboard.press('Enter');
    if (expected === 'T0104') check('and shows it', await until(async () => ((await card(page).textContent()) ?? '').includes('T0104')));
  }
  check('the focus comes back to the map', await until(() => page.evaluate(() => document.activeElement?.id === 'map')));
}

async function list(page) {
  await page.keyboard.press('h');
  await page.waitForTimeout(500);
  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');
  await page.keyboard.press('k');
  check('the list of tracks takes the focus', await until(() => page.evaluate(() => document.activeElement?.classList.contains('track-list'))));
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  check('arrows walk through it, the gravest first', await until(async () => ((await page.textContent('.track-list [aria-selected=true]')) ?? '').includes('T0002')));
  await picture(page, 'list');
  await page.keyboard.press('Escape');
}

async function help(page) {
  await page.locator('#map').focus();
  await page.keyboard.press('?');
  check('the keys are listed', await seen(page, 'dialog.help[open]'));
  check('each with what it does', await page.evaluate(() => [...document.querySelectorAll('dialog.help dd')].every((one) => one.textContent.trim().length > 2)));
  await picture(page, 'keys');
  await page.locator('dialog.help input').uncheck();
  await page.keyboard.press('Escape');
  await page.locator('#map').focus();
  await page.keyboard.press('x');
  check('single keys can be switched off', await page.waitForTimeout(400).then(async () => (await page.locator('#map-drawer').count()) === 0));
  await page.click('.map-bar > button:last-child');
  await page.locator('dialog.help input').check();
  await page.keyboard.press('Escape');
  await page.locator('#map').focus();
}

async function languagesAndThemes() {
  const feed = await feedOf({ tracks: 40 });
  for (const language of ['en', 'ar']) {
    for (const theme of ['night', 'day', 'contrast']) {
      const page = await open(feed, { language, theme });
      await page.evaluate(() => document.querySelector('.legend').setAttribute('open', ''));
      await page.waitForTimeout(500);
      await picture(page, `${language}-${theme}`);
      if (language === 'ar') {
        const words = await page.evaluate(() => [...document.querySelectorAll('.map-bar > button:not([aria-label]), .legend li, .legend summary')].map((one) => one.textContent.trim()).filter((text) => !/[\u0600-\u06ff]/.test(text)));
        check(`Arabic, ${theme}: no English word over the map`, words.length === 0, words.join(', '));
      }
      await page.close();
    }
  }
  const phone = await open(feed, { width: 390, height: 844 });
  await phone.locator('[data-part=map]').click();
  check('on a phone the map and its controls are there when asked for', await until(async () => (await drawn(phone)) > 0, 10_000) && await seen(phone, '#map-search'));
  await picture(phone, 'phone');
  await phone.close();
  feed.stop();
}

/** Ten thousand tracks: drawn, labelled within bounds, and the window still answers. */
async function crowd() {
  const feed = await feedOf({ tracks: 10_000 });
  const page = await open(feed);
  check('10,000 tracks are drawn', await until(async () => (await drawn(page)) > 9000, 20_000));
  const frames = await page.evaluate(() => new Promise((done) => {
    let count = 0;
    const end = performance.now() + 3000;
    const step = () => { count++; if (performance.now() < end) requestAnimationFrame(step); else done(count); };
    requestAnimationFrame(step);
  }));
  check('and the window goes on drawing meanwhile', frames > 15, `${frames} frames in 3 s`);
  await picture(page, 'crowd');
  await page.close();
  feed.stop();
}

/** Tiles of a file and of a service lie below the map where they are configured, and only then is another host asked. */
async function mapsOfOthers() {
  const asked = [];
  const pixel = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAAC0lEQVR4nGNgAAIAAAUAAXpeqz8AAAAASUVORK5CYII=', 'base64');
  const service = http.createServer((request, answer) => {
    asked.push(new URL(request.url, 'http://host').searchParams);
    answer.writeHead(200, { 'Content-Type': 'image/png' });
    answer.end(pixel);
  });
  await new Promise((ready) => service.listen(0, '127.0.0.1', ready));
  const host = `http://127.0.0.1:${service.address().port}`;
  const own = await feedOf({ tracks: 20, map: { tiles: { address: 'map.pmtiles', attribution: 'Tiles by us' } } });
  const tiles = await open(own);
  check('a tile of the file is drawn in our own colours', await until(() => tiles.evaluate(tileInk)));
  check('and no other host is asked', tiles.elsewhere.size === 0, [...tiles.elsewhere].join(', '));
  await picture(tiles, 'tiles');
  await tiles.close();
  own.stop();
  const feed = await feedOf({
    tracks: 20, map: { tiles: { address: 'map.pmtiles', attribution: 'Tiles by us' }, wms: { address: `${host}/wms`, layers: 'base', attribution: 'Service by them' } },
    csp: `default-src 'self'; img-src 'self' data: blob: ${host}; style-src 'self' 'unsafe-inline'`,
  });
  const page = await open(feed);
  check('the service is asked for pictures in Mercator', await until(async () => asked.length > 0) && asked[0].get('CRS') === 'EPSG:3857' && asked[0].get('LAYERS') === 'base' && asked[0].get('BBOX').split(',').length === 4);
  check('who made them is said', ((await page.textContent('.attribution')) ?? '').replace(/[\u2068\u2069]/g, '').includes('Tiles by us · Service by them'));
  await page.close();
  feed.stop();
  service.closeAllConnections();
  service.close();
}

/** Districts are drawn where whoever runs the system has them, and can be switched off. */
async function districts() {
  const feed = await feedOf({ tracks: 0, map: { districts: { address: 'districts.json', attribution: 'Districts by them' } } });
  const page = await open(feed);
  check('who has the districts is said', await until(async () => ((await page.textContent('.attribution')) ?? '').includes('Districts by them')));
  await page.focus('#map');
  for (let i = 0; i < 3; i++) await page.keyboard.press('+');
  await page.waitForTimeout(1500);
  await picture(page, 'districts');
  await page.keyboard.press('o');
  await page.uncheck('input[name=districts]');
  await page.waitForTimeout(1500);
  const off = await page.evaluate(districtInk);
  await page.check('input[name=districts]');
  check('districts are drawn where they are switched on', await until(async () => (await page.evaluate(districtInk)) > off + 300), `${off}, ${await page.evaluate(districtInk)}`);
  await page.close();
  feed.stop();
}

/** A note of the browser's own in Arabic says its language and runs from right to left. */
async function noteInArabic() {
  const feed = await feedOf({ tracks: 4 });
  feed.world.alerts = false;
  const context = await browser.newContext({ permissions: ['notifications'], locale: 'ar' }), page = await context.newPage();
  await page.addInitScript(() => {
    globalThis.notes = [];
    globalThis.Notification = class extends Notification {
      constructor(title, more) {
        super(title, more);
        globalThis.notes.push({ title: this.title, body: this.body, lang: this.lang, dir: this.dir });
      }
    };
    Object.defineProperty(document, 'visibilityState', { get: () => 'hidden' });
  });
  await page.goto(feed.url);
  await seen(page, '.alerts .empty');
  feed.world.alerts = true;
  const notes = () => page.evaluate(() => globalThis.notes);
  check('a note in Arabic says so, runs from right to left, and names the first alert with its zone', await until(async () => (await notes()).some(({ title, body, lang, dir }) =>
    lang === 'ar' && dir === 'rtl' && /إلى الملجأ: منطقة جرف الصخر/.test(title) && !/[A-Za-z]/.test(title + body))), JSON.stringify(await notes()));
  await context.close();
  feed.stop();
}

/** A card names three sensors and how many more there are; unfolded, all of them. */
async function manySensors() {
  const feed = await feedOf({ tracks: 4 }), page = await open(feed);
  const said = async (selector) => ((await page.textContent(`[data-alert="A-3"] ${selector}`)) ?? '').replace(/\s+/g, ' ');
  check('a card names three sensors and how many more', /seen by SIM-1 SIM-2 SIM-3 \+2$/.test((await said('.reason')).trim()), await said('.reason'));
  check('unfolded it names all', /seen by SIM-1 SIM-2 SIM-3 SIM-4 SIM-5/.test(await said('.more')), await said('.more'));
  await page.close();
  feed.stop();
}

/** That there is no alert is known as of the last word, and grows no younger while the server is silent. */
async function lostWithoutAlerts() {
  const feed = await feedOf({ tracks: 4 });
  feed.world.alerts = false;
  const page = await open(feed);
  await seen(page, '.alerts .empty');
  const asOf = () => page.textContent('.alerts .empty small'), clock = () => page.textContent('.clocks div:last-child b');
  // That it finds no server is what is asked for here.
  page.removeAllListeners('console');
  feed.stop();
  await seen(page, '#connection-lost');
  const [before, then] = [await asOf(), await clock()];
  check('the clock goes on while the server is silent', await until(async () => (await clock()) !== then));
  check('that there is no alert is known as of the last word', (await asOf()) === before, `${before}, ${await asOf()}`);
  await page.close();
}

/** Pixels of about the colour of a district's border. */
function districtInk() {
  const canvas = document.querySelector('canvas.tracks'), near = (value, least, most) => value >= least && value <= most;
  const pixels = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data;
  let count = 0;
  for (let i = 0; i < pixels.length; i += 4) if (near(pixels[i], 0x22, 0x36) && near(pixels[i + 1], 0x38, 0x58) && near(pixels[i + 2], 0x4a, 0x6e)) count++;
  return count;
}

/** The colour of our land on a canvas below ours. */
function tileInk() {
  return [...document.querySelectorAll('#map .ol-layer canvas')].some((canvas) => {
    const pixels = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data;
    for (let i = 0; i < pixels.length; i += 4 * 211) if (pixels[i] === 0x1a && pixels[i + 1] === 0x24 && pixels[i + 2] === 0x30) return true;
    return false;
  });
}

/** How far the ring around the chosen track is from the window's middle: found by its pixels. */
async function trackPixel(page) {
  return page.evaluate(() => {
    const canvas = document.querySelector('canvas.tracks');
    const { width, height } = canvas;
    const pixels = canvas.getContext('2d').getImageData(0, 0, width, height).data;
    let [x, y, count] = [0, 0, 0];
    for (let i = 0; i < pixels.length; i += 4) {
      // The colour of silent tracks, which fills their symbol.
      if (pixels[i] !== 0xff || pixels[i + 1] !== 0xa0 || pixels[i + 2] !== 0xee) continue;
      const [column, row] = [(i / 4) % width, Math.floor(i / 4 / width)];
      if (Math.hypot(column - width / 2, row - height / 2) > 12) continue;
      x += column;
      y += row;
      count++;
    }
    return count < 20 ? [999, 999] : [x / count - width / 2, y / count - height / 2];
  });
}

/** A number that changes when the picture does. */
async function ink(page) {
  return page.evaluate(() => {
    const canvas = document.querySelector('canvas.tracks');
    const pixels = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data;
    let sum = 0;
    for (let i = 0; i < pixels.length; i += 4 * 37) sum = (sum * 31 + pixels[i] + pixels[i + 1]) % 1e9;
    return sum;
  });
}

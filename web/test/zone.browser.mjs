// Looks at the public's page as a phone does: with scripts and without, in both languages, with and without a connection.
// Whoever runs it says the alerts: at each line "do: WORD" it waits for a line on its standard input. One `ok` or `not ok`
// a line.
//
//   node web/test/zone.browser.mjs --url http://127.0.0.1:8470 [--screenshots FOLDER] [--browser /usr/bin/chromium]
//
// Exit: 0 all as it should be, 1 something is not, 2 bad usage.
import { createInterface } from 'node:readline';
import { accessible, rulesHeld } from './axe.mjs';
import { check, launch, look as run, optionsOf, seen, until } from './browser.mjs';

const options = optionsOf('zone.browser.mjs --url URL [--screenshots FOLDER]');

const isState = (page, state) => until(() => page.evaluate((wanted) => document.getElementById('state')?.dataset.state === wanted, state), 15_000);
const isLink = (page, link) => until(() => page.evaluate((wanted) => document.documentElement.dataset.link === wanted, link), 20_000);
const textOf = async (page, selector) => (await page.textContent(selector)) ?? '';

const answers = createInterface({ input: process.stdin })[Symbol.asyncIterator]();
const browser = await launch(options.browser);
await run(browser, async () => {
  await watchZone();
  await withoutScripts();
  await findZone();
  for (const language of ['en', 'ar']) await everyPage(language);
  check('axe had something to look at', rulesHeld() > 100, String(rulesHeld()));
});

/** Has an alert said, and answers when it was, by our own clock. */
async function have(what) {
  console.log(`do: ${what}`);
  await answers.next();
  return performance.now();
}

async function phone(more = {}) {
  const context = await browser.newContext({
    viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, locale: 'en-GB',
    permissions: ['geolocation', 'notifications'], geolocation: { latitude: 33.25, longitude: 44, accuracy: 30 }, ...more,
  });
  const page = await context.newPage();
  const asked = [];
  page.on('request', (request) => asked.push(request.url()));
  return { context, page, asked };
}

async function watchZone() {
  const { context, page, asked } = await phone();
  const complaints = [];
  page.on('pageerror', (error) => complaints.push(String(error)));
  page.on('console', (line) => { if (line.type() === 'error' && /Content Security|Refused/.test(line.text())) complaints.push(line.text()); });
  await page.goto(new URL('/zone/T?lang=en', options.url).href);
  check('a zone without an alert says so', (await textOf(page, '#badge')) === 'NO ALERT');
  check('it is not green', await page.evaluate(() => !/rgb\(10, 125, 51\)/.test(getComputedStyle(document.getElementById('state')).backgroundColor)));
  check('the page listens', await isLink(page, 'live') && await until(() => page.evaluate(() => 'script' in document.documentElement.dataset)));
  await new Promise((next) => setTimeout(next, 1500));

  const at = await have('warn');
  check('a warning appears by itself', await isState(page, 'Warning'));
  console.log(`# shown ${Math.round(performance.now() - at)} ms after the decision`);
  check('it says what to do', (await textOf(page, '#do')).includes('Take shelter now'));
  check('it has its shape, so that colour does not speak alone', (await textOf(page, '#shape')) === '▲');
  check('the tab says it too', (await page.title()).includes('TAKE SHELTER'));
  const before = await textOf(page, '#countdown');
  check('it counts down', /^\d+:\d\d – \d+:\d\d$/.test(before) && await until(async () => (await textOf(page, '#countdown')) !== before));
  check('a screen reader is told at once', (await page.getAttribute('#state', 'role')) === 'alert');
  await look(page, 'English warning');
  await picture(page, 'public-warning-en.png');

  await have('prepare');
  check('it follows to another state', await isState(page, 'Watch'));
  await look(page, 'English watch');

  await page.tap('[data-language=ar]');
  check('Arabic reads from right to left', await until(() => page.evaluate(() => document.documentElement.dir === 'rtl')));
  await isLink(page, 'live');
  await have('allclear');
  check('the all-clear appears in Arabic', await isState(page, 'AllClear') && (await textOf(page, '#badge')) === 'زوال الخطر');
  check('nothing waits to arrive any more', await page.isHidden('#arrivalRow'));
  await look(page, 'Arabic all-clear');
  await picture(page, 'public-allclear-ar.png');
  const said = await page.evaluate(() => [...document.querySelectorAll('main, footer, h1')].map((part) => part.innerText).join('\n'));
  check('no English word is left', !/[A-Za-z]{3}/.test(said), said);
  check('digits are Latin', !/[\u0660-\u0669\u06f0-\u06f9]/.test(said));

  await ring(context, page);

  // The service worker has the page only from its second visit on.
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
  await page.reload();
  await isLink(page, 'live');
  await have('deaf');
  check('a lost connection shows', await isLink(page, 'lost') && await page.isVisible('#link'));
  check('with the age of what is shown', /\d:\d\d/.test(await textOf(page, '#linkSaid')), await textOf(page, '#linkSaid'));
  check('and nothing looks current', await page.evaluate(() => getComputedStyle(document.getElementById('state')).backgroundImage.includes('repeating')));
  await look(page, 'a lost connection, Arabic');
  await picture(page, 'public-lost-ar.png');
  check('after a while the state is not known', await isLink(page, 'unknown') && (await textOf(page, '#badge')).includes('غير معروفة'));
  await page.reload();
  check('without a connection the kept page opens', await seen(page, '#state'));
  check('marked as kept from the first moment on', (await page.getAttribute('html', 'data-kept')) !== null && await page.isVisible('#link'));
  check('it does not call itself current', await page.evaluate(() => document.documentElement.dataset.link !== 'live'));
  await look(page, 'the kept page, Arabic');
  await picture(page, 'public-kept-ar.png');
  await have('hear');
  check('with the connection it is current again', await isLink(page, 'live') && await isState(page, 'AllClear'));
  check('the page has no errors', complaints.length === 0, complaints.join(' | '));
  check('it asked nobody else', asked.every((url) => new URL(url).origin === new URL(options.url).origin), asked.join(' '));
  await context.close();
}

/** Rings the phone as its push service would. */
async function ring(context, page) {
  const control = await context.newCDPSession(page);
  const registered = new Promise((found) => control.on('ServiceWorker.workerRegistrationUpdated', ({ registrations }) => {
    if (registrations[0]) found(registrations[0].registrationId);
  }));
  await control.send('ServiceWorker.enable');
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
  const message = { title: 'Take shelter now', body: 'Go.', tag: 'A-T-1', url: '/zone/T?lang=en', language: 'en', direction: 'ltr', insistent: true };
  const registrationId = await registered;
  // A worker that is still taking over lets a message fall, so it is sent until it is shown.
  check('a push message is shown', await until(async () => {
    await control.send('ServiceWorker.deliverPushMessage', { origin: new URL(options.url).origin, registrationId, data: JSON.stringify(message) });
    return page.evaluate(async () => {
      await new Promise((next) => setTimeout(next, 500));
      return (await (await navigator.serviceWorker.ready).getNotifications()).some((one) => one.title === 'Take shelter now' && one.tag === 'A-T-1');
    });
  }, 20_000));
}

async function withoutScripts() {
  await have('warn');
  const { context, page } = await phone({ javaScriptEnabled: false });
  await page.goto(new URL('/zone/T?lang=en', options.url).href);
  check('without scripts the page shows the warning', (await textOf(page, '#badge')) === 'TAKE SHELTER');
  await picture(page, 'public-noscript-en.png');
  await have('correct');
  check('and renews itself', await until(async () => (await textOf(page, '#badge')) === 'FALSE ALARM', 25_000));
  await context.close();
}

async function findZone() {
  const { context, page, asked } = await phone();
  await page.goto(new URL('/zone/?lang=en', options.url).href);
  await page.tap('#whereButton');
  check('a phone finds its zone, the smallest first', await until(async () =>
    (await page.locator('#whereList a').first().textContent())?.includes('Old Town') ?? false));
  check('and says where it is to nobody', !asked.some((url) => /33\.2|lat|lon/.test(url)), asked.join(' '));
  await page.fill('input[name=q]', 'village');
  await page.press('input[name=q]', 'Enter');
  check('a zone is found by its name', await until(async () => (await page.locator('#zones a').count()) === 1));
  await look(page, 'list');
  await context.close();
}

/** Each state and each kind of page in a language, through axe. */
async function everyPage(language) {
  const { context, page } = await phone();
  for (const [word, state] of [['warn', 'Warning'], ['prepare', 'Watch'], ['allclear', 'AllClear'], ['correct', 'Correction']]) {
    await have(word);
    await page.goto(new URL(`/zone/T?lang=${language}`, options.url).href);
    check(`the zone is in ${state}, ${language}`, await isState(page, state));
    await isLink(page, 'live');
    await look(page, `${state}, ${language}`);
    if (state !== 'Watch') continue;
    await page.goto(new URL(`/zone/P?lang=${language}`, options.url).href);
    check(`a larger zone names its parts, ${language}`, await seen(page, '#withinList a'));
    await look(page, `an alert in part, ${language}`);
  }
  for (const [path, what] of [['V', 'no alert'], ['', 'list of zones'], ['?q=xyzzy', 'nothing found'], ['nowhere', 'no such zone']]) {
    await page.goto(new URL(`/zone/${path}${path.startsWith('?') ? '&' : '?'}lang=${language}`, options.url).href);
    await look(page, `${what}, ${language}`);
  }
  await picture(page, `public-list-${language}.png`);
  await context.close();
}

/** What can be checked of a page without an expert: names, language, order, size and contrast. */
async function look(page, what) {
  const faults = await page.evaluate(() => {
    const found = [];
    if (document.querySelectorAll('h1').length !== 1) found.push('not one h1');
    if (!document.documentElement.lang || !document.title) found.push('no language or title');
    if (document.documentElement.scrollWidth > innerWidth) found.push('wider than the phone');
    const ids = [...document.querySelectorAll('[id]')].map((one) => one.id);
    if (new Set(ids).size !== ids.length) found.push('an id twice');
    for (const one of document.querySelectorAll('button, a, input:not([type=hidden])')) {
      const box = one.getBoundingClientRect();
      if (box.width === 0 || getComputedStyle(one).visibility === 'hidden') continue;
      if (!(one.textContent.trim() || one.getAttribute('aria-label'))) found.push(`no name: ${one.outerHTML}`);
      if (!one.closest('p.parents') && box.height < 44) found.push(`too small for a thumb: ${one.outerHTML}`);
    }
    const light = (colour) => {
      const parts = colour.match(/[\d.]+/g).slice(0, 3).map((part) => part / 255)
        .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
      return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2];
    };
    const groundOf = (one) => {
      for (let at = one; at; at = at.parentElement) {
        const ground = getComputedStyle(at).backgroundColor;
        if (!/rgba\(.*, 0\)|transparent/.test(ground)) return ground;
      }
      return 'rgb(16, 22, 29)';
    };
    for (const one of document.querySelectorAll('p, dt, dd, a, button, h1, span')) {
      if (!one.textContent.trim() || one.getBoundingClientRect().width === 0 || getComputedStyle(one).visibility === 'hidden') continue;
      const [upper, lower] = [light(getComputedStyle(one).color), light(groundOf(one))].sort((a, b) => b - a);
      const ratio = (upper + 0.05) / (lower + 0.05);
      if (ratio < 4.5) found.push(`contrast ${ratio.toFixed(1)}: ${one.outerHTML.slice(0, 80)}`);
    }
    return found;
  });
  check(`${what}: names, sizes and contrasts are as they should be`, faults.length === 0, faults.join(' | '));
  await accessible(page, `the zone page, ${what}`);
}

async function picture(page, name) {
  if (options.screenshots) await page.screenshot({ path: `${options.screenshots}/${name}`, fullPage: false });
}

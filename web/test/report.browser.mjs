// Reports what it "sees" through a real browser of a phone's size: once with a connection, once without and then again
// with one, in English and in Arabic. One `ok` or `not ok` a line.
//
//   node web/test/report.browser.mjs --url http://127.0.0.1:8470 --token TOKEN [--screenshots FOLDER]
//                                    [--browser /usr/bin/chromium]
//
// Exit: 0 all as it should be, 1 something is not, 2 bad usage.
import { accessible, rulesHeld } from './axe.mjs';
import { check, launch, look, optionsOf, seen, until } from './browser.mjs';

const options = optionsOf('report.browser.mjs --url URL --token TOKEN [--screenshots FOLDER]', { token: { type: 'string', required: true } });

const browser = await launch(options.browser);
await look(browser, async () => {
  await report();
});

async function report() {
  const phone = await browser.newContext({
    viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true,
    permissions: ['geolocation'], geolocation: { latitude: 33.3128, longitude: 44.3615, accuracy: 30 },
  });
  const page = await phone.newPage();
  const complaints = [];
  page.on('pageerror', (error) => complaints.push(String(error)));
  await page.goto(new URL('/report', options.url).href);

  check('the phone knows where it is', await until(async () => ((await page.textContent('#place')) ?? '').includes('33.3128, 44.3615')));
  check('who is not signed in is asked for the token', await seen(page, '#token'));
  await page.tap('#send');
  await wholly(page, 'a form that lacks something, English');
  check('a form that lacks something says what', ((await page.textContent('[role=alert]')) ?? '').length > 3);
  await page.tap('#what-Drone');
  await page.tap('#direction-NE');
  await page.tap('#distance-Middle');
  await page.tap('#more');
  await page.fill('#by', 'Post 7');
  await page.locator('#by').blur();
  await page.tap('#send');
  check('without a token the report waits', await seen(page, '.waits'));
  await page.fill('#token', options.token);
  await page.tap('.sign-in button');
  check('with the token it arrives', await seen(page, '.arrived'));
  check('nothing waits any more', await until(async () => (await page.locator('.waits').count()) === 0));
  check('every button can be hit with a thumb', (await smallButtons(page)).length === 0, (await smallButtons(page)).join(', '));
  check('nothing is wider than the phone', await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth));
  await wholly(page, 'the report that arrived, English');
  await picture(page, 'report-en.png');

  await page.tap('#language');
  check('Arabic reads from right to left', await until(() => page.evaluate(() => document.documentElement.dir === 'rtl')));
  await phone.setOffline(true);
  await page.tap('#what-Jet');
  await page.tap('#direction-SSW');
  await page.tap('#send');
  check('without a connection the page says that the report waits', await seen(page, '.waits'));
  check('it says so in Arabic', /[\u0600-\u06ff]{3}/.test((await page.textContent('.waits')) ?? ''));
  check('what arrived before is not taken for this one', (await page.locator('.arrived').count()) === 0);
  await page.tap('#what-Helicopter');
  await page.tap('#distance-Overhead');
  await picture(page, 'report-ar-waiting.png');
  await page.tap('#send');
  await wholly(page, 'reports that wait, Arabic');
  check('two wait', await until(async () => ((await page.textContent('.waits')) ?? '').includes('2')));
  await page.reload();
  check('without a connection the page can be opened anew, with what waits', await until(async () => ((await page.textContent('.waits')) ?? '').includes('2')));
  check('it still says that it is an exercise', await seen(page, '.drill'));
  check('it still knows places to pick', (await page.locator('#pick option').count()) > 1);
  check('it says since when there is no connection', await seen(page, '.offline', 25_000));
  await picture(page, 'report-ar-offline.png');
  await phone.setOffline(false);
  check('with the connection both arrive by themselves', await until(async () =>
    (await page.locator('.waits').count()) === 0 && (await page.locator('.arrived').count()) === 1, 15_000));
  check('and the page no longer says that there is none', await until(async () => (await page.locator('.offline').count()) === 0, 15_000));
  await page.evaluate(() => scrollTo(0, 0));
  await picture(page, 'report-ar.png');
  await wholly(page, 'the report that arrived, Arabic');
  check('axe had something to look at', rulesHeld() > 40, String(rulesHeld()));
  const text = await page.evaluate(() => document.body.innerText);
  const keys = text.match(/\b(report|what|distance|point)\.[A-Za-z]+\b/g) ?? [];
  check('no key is left in place of words', keys.length === 0, keys.join(', '));
  check('digits are Latin', !/[\u0660-\u0669\u06f0-\u06f9]/.test(text));
  check('no English words are left', (await page.evaluate(() => [...document.querySelectorAll('button, legend, label, summary, h1')]
    .filter((element) => element.id !== 'language').map((element) => [...element.childNodes].filter((node) => node.nodeType === Node.TEXT_NODE).map((node) => node.textContent.trim()).join(' '))
    .filter((words) => /[A-Za-z]{3}/.test(words)))).length === 0);
  check('the page has no errors', complaints.length === 0, complaints.join(' | '));
}

/** Axe over all of the page, tall, so that the button that stays in sight covers nothing that is measured. */
async function wholly(page, what) {
  await page.setViewportSize({ width: 390, height: 2600 });
  await accessible(page, what);
  await page.setViewportSize({ width: 390, height: 844 });
}

/** Buttons smaller than 36 px; the points between the main ones of the rose may be. */
function smallButtons(page) {
  return page.evaluate(() => [...document.querySelectorAll('button:not(.between)')].filter((button) => {
    const box = button.getBoundingClientRect();
    return box.width > 0 && Math.min(box.width, box.height) < 36;
  }).map((button) => button.id || button.textContent));
}

async function picture(page, name) {
  if (options.screenshots) await page.screenshot({ path: `${options.screenshots}/${name}`, fullPage: false });
}

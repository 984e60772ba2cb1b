// What the browser tests share: a browser that asks nobody else for anything, waiting for things, and counting what holds.
import { parseArgs } from 'node:util';
import { chromium } from 'playwright-core';

/** The options of a script: --url, --screenshots, --browser, and its own. Without --url, how it is used, and exit 2. */
export function optionsOf(usage, own = {}) {
  const { values } = parseArgs({
    options: { url: { type: 'string' }, screenshots: { type: 'string' }, browser: { type: 'string', default: process.env.CHROMIUM ?? '/usr/bin/chromium' }, ...own },
  });
  if (values.url && Object.entries(own).every(([name, { required }]) => !required || values[name])) return values;
  console.error(`usage: ${usage}`);
  process.exit(2);
}

/** Runs what a script looks at, whatever becomes of it, and ends the process. */
export async function look(browser, at) {
  try {
    await at();
  } catch (error) {
    check(`nothing unexpected happens (${error.stack ?? error})`, false);
  } finally {
    await browser.close();
  }
  finish();
}

/** What a page has complained of, from now on. */
export function complaintsOf(page) {
  const complaints = [];
  page.on('pageerror', (error) => complaints.push(String(error)));
  return complaints;
}

/** The words of the first that a selector finds, without the marks that hold figures apart. */
export async function textOf(page, selector) {
  const found = typeof selector === 'string' ? page.locator(selector) : selector;
  return ((await found.first().textContent({ timeout: 3000 }).catch(() => '')) ?? '').replace(/\s+/g, ' ').replace(/[\u2060\u2066-\u2069]/g, '');
}

/** Clicks an order of an alert's card, unfolding the card where the order is folded away. */
export async function order(page, card, what) {
  const button = page.locator(`${card} [data-do=${what}]`).first();
  await button.waitFor({ state: 'attached' });
  if (!await button.isVisible()) await page.locator(card).filter({ has: page.locator(`[data-do=${what}]`) }).first().locator('.more summary').click();
  await button.click();
}

/**
 * A picture in both languages; of what is looked at, no word of ours is left in English in Arabic. What others wrote stands in
 * <bdi> or between isolates; other names that may stay are given.
 */
export async function pictureInBoth(page, name, folder, where, mayStay) {
  if (folder) await page.screenshot({ path: `${folder}/${name}.png` });
  await page.click('#language');
  await until(() => page.evaluate(() => document.documentElement.lang === 'ar'));
  await page.waitForTimeout(300);
  const said = await page.evaluate((selector) => [...document.querySelectorAll(selector)].map((part) => {
    const copy = part.cloneNode(true);
    for (const theirs of copy.querySelectorAll('bdi, option')) theirs.remove();
    return copy.textContent;
  }).join('\n').replace(/[\u2066\u2068][^\u2069]*\u2069/g, ''), where);
  const left = said.replace(mayStay, '').match(/[A-Za-z]{3,}/g) ?? [];
  check(`no English word of ours is left in the Arabic of ${name}`, left.length === 0, left.join(' '));
  if (folder) await page.screenshot({ path: `${folder}/${name}-ar.png` });
  await page.click('#language');
  await until(() => page.evaluate(() => document.documentElement.lang === 'en'));
}

/** A Chromium without a window that speaks to nobody but the page's host. */
export function launch(executablePath) {
  return chromium.launch({
    executablePath,
    headless: true,
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
      '--disable-component-update', '--disable-sync',
      // As in a room without any network: no name but this machine's is known.
      '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost'],
  });
}

/** Every host that a page or any of its frames, workers and streams asks, but the one it came from. */
export function strangers(context, origin) {
  const elsewhere = new Set();
  const look = (address) => {
    const url = new URL(address);
    if (/^(http|ws)/.test(url.protocol) && url.host !== new URL(origin).host) elsewhere.add(url.host);
  };
  context.on('request', (request) => look(request.url()));
  context.on('page', (page) => page.on('websocket', (socket) => look(socket.url())));
  return elsewhere;
}

let failed = 0;
let passed = 0;

export async function seen(page, selector, timeout = 8000) {
  return page.waitForSelector(selector, { state: 'visible', timeout }).then(() => true, () => false);
}

export async function until(holds, timeout = 8000) {
  for (const end = Date.now() + timeout; Date.now() < end; await new Promise((next) => setTimeout(next, 100))) {
    if (await holds().catch(() => false)) return true;
  }
  return false;
}

export function check(what, holds, detail = '') {
  if (holds) passed++;
  else failed++;
  console.log(`${holds ? 'ok' : 'not ok'} - ${what}${holds || !detail ? '' : `: ${detail}`}`);
}

/** Prints the count and ends the process. */
export function finish() {
  console.log(`${passed} passed, ${failed} failed`);
  process.exit(failed > 0 ? 1 : 0);
}

// What the browser tests share: a browser that asks nobody else for anything, waiting for things, and counting what holds.
import { chromium } from 'playwright-core';

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

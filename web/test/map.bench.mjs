// How many frames a second the map gives with many moving tracks, in Chromium without a graphics card, and whether its
// memory stays flat for hours of the picture's time.
//
//   node web/test/map.bench.mjs [--tracks 10000] [--seconds 12] [--hours 8] [--speed-up 120] [--browser /usr/bin/chromium] [--url URL]
//
// Prints one JSON line a measurement. The made-up picture comes from feed.mjs, in another process; with --url a running system is measured.
import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { launch } from './browser.mjs';

const { values: options } = parseArgs({
  options: {
    tracks: { type: 'string', default: '10000' }, seconds: { type: 'string', default: '12' }, hours: { type: 'string', default: '0' },
    'speed-up': { type: 'string', default: '120' }, url: { type: 'string' }, browser: { type: 'string', default: process.env.CHROMIUM ?? '/usr/bin/chromium' },
  },
});
if (process.send) await feed();
else await measure();

async function feed() {
  const { startFeed } = await import('./feed.mjs');
  const running = await startFeed({ tracks: Number(options.tracks), speedUp: Number(options['speed-up']) });
  process.send(running.url);
}

async function measure() {
  const browser = await launch(options.browser);
  try {
    const still = await open(browser, 1);
    const milliseconds = Number(options.seconds) * 1000;
    tell('still', await framesWhile(still.page, milliseconds, () => wait(milliseconds)));
    tell('panning', await framesWhile(still.page, milliseconds, () => pan(still.page, milliseconds)));
    await still.page.evaluate(() => document.getElementById('map').focus());
    for (let i = 0; i < 3; i++) await still.page.keyboard.press('+');
    await wait(1000);
    tell('closer, still', await framesWhile(still.page, milliseconds, () => wait(milliseconds)));
    tell('closer, panning', await framesWhile(still.page, milliseconds, () => pan(still.page, milliseconds)));
    still.stop();
    if (Number(options.hours) > 0) await memory(browser);
  } finally {
    await browser.close();
  }
}

/** Hours of the picture at a multiple of its speed: the heap after its garbage was taken away, again and again. */
async function memory(browser) {
  const speedUp = Number(options['speed-up']);
  const { page, stop } = await open(browser, speedUp);
  const session = await page.context().newCDPSession(page);
  const heaps = [];
  const real = (Number(options.hours) * 3_600_000) / speedUp;
  for (let k = 0; k <= 8; k++) {
    await session.send('HeapProfiler.collectGarbage');
    const { usedSize: objects, backingStorageSize: buffers = 0 } = await session.send('Runtime.getHeapUsage');
    const usedSize = objects + buffers;
    heaps.push(Math.round(usedSize / 1e5) / 10);
    tell('heap', { pictureHours: Math.round((k * Number(options.hours)) / 0.08) / 100, megabytes: heaps.at(-1) });
    if (k < 8) await wait(real / 8);
  }
  stop();
  const [early, late] = [Math.max(...heaps.slice(1, 4)), Math.max(...heaps.slice(-3))];
  tell('memory', { early, late, growth: Math.round((late / early - 1) * 1000) / 10 });
}

async function open(browser, speedUp) {
  let child;
  let url = options.url;
  if (!url) {
    child = fork(fileURLToPath(import.meta.url), ['--tracks', options.tracks, '--speed-up', String(speedUp)]);
    url = await new Promise((ready) => child.once('message', ready));
  }
  const page = await browser.newPage({ viewport: { width: 1600, height: 1000 } });
  await page.goto(url);
  await page.waitForFunction(() => Number(document.querySelector('canvas.tracks')?.dataset.drawn) > 0, null, { timeout: 60_000 });
  await wait(6000);
  return { page, stop: () => { void page.close(); child?.kill(); } };
}

/** Counts animation frames and the longest of them while something goes on. */
async function framesWhile(page, milliseconds, act) {
  await page.evaluate(() => {
    const counted = { frames: [], on: true };
    window.counted = counted;
    const count = (time) => { counted.frames.push(time); if (counted.on) requestAnimationFrame(count); };
    requestAnimationFrame(count);
  });
  await act();
  const times = await page.evaluate(() => { window.counted.on = false; return window.counted.frames; });
  const gaps = times.slice(1).map((time, i) => time - times[i]).sort((one, other) => one - other);
  const drawn = await page.getAttribute('canvas.tracks', 'data-drawn');
  return {
    framesPerSecond: Math.round(((times.length - 1) / (times.at(-1) - times[0])) * 10_000) / 10, tracksInView: Number(drawn),
    p50: Math.round(gaps[Math.floor(gaps.length / 2)]), p99: Math.round(gaps[Math.floor(gaps.length * 0.99)]), longest: Math.round(gaps.at(-1)), seconds: milliseconds / 1000,
  };
}

/** Drags the map to and fro, as a hand does: a movement every frame or so. */
async function pan(page, milliseconds) {
  await page.evaluate((duration) => new Promise((done) => {
    const viewport = document.querySelector('#map .ol-viewport');
    const box = viewport.getBoundingClientRect();
    const at = (type, x, y) => viewport.dispatchEvent(new PointerEvent(type, { clientX: box.x + x, clientY: box.y + y, pointerId: 1, pointerType: 'mouse', isPrimary: true, button: 0, buttons: 1, bubbles: true }));
    const move = (x, y) => document.dispatchEvent(new PointerEvent('pointermove', { clientX: box.x + x, clientY: box.y + y, pointerId: 1, pointerType: 'mouse', isPrimary: true, button: 0, buttons: 1, bubbles: true }));
    const began = performance.now();
    at('pointerdown', 600, 450);
    const step = () => {
      const t = (performance.now() - began) / 1000;
      if (t * 1000 > duration) {
        document.dispatchEvent(new PointerEvent('pointerup', { clientX: box.x + 600, clientY: box.y + 450, pointerId: 1, pointerType: 'mouse', isPrimary: true, bubbles: true }));
        done();
        return;
      }
      move(600 + 320 * Math.sin(t * 1.7), 450 + 220 * Math.sin(t * 1.1));
      requestAnimationFrame(step);
    };
    requestAnimationFrame(step);
  }), milliseconds);
}

function wait(milliseconds) {
  return new Promise((next) => setTimeout(next, milliseconds));
}
function tell(what, values) {
  console.log(JSON.stringify({ what, ...values }));
}

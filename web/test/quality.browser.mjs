// Every page of the console's server, in every language and theme: what axe finds, whether words of another language are
// left, what is asked of whom, how it is packed, how soon it stands, whether hands on the keyboard get everywhere, and
// whether states are told apart without red and green. One `ok` or `not ok` a line; figures after `#`.
//
//   node web/test/quality.browser.mjs --url http://127.0.0.1:8470 [--screenshots FOLDER] [--browser /usr/bin/chromium]
//
// Exit: 0 all as it should be, 1 something is not, 2 bad usage.
import { accessible, rulesHeld } from './axe.mjs';
import { check, launch, look, optionsOf, seen, strangers, until } from './browser.mjs';

const options = optionsOf('quality.browser.mjs --url URL [--screenshots FOLDER]');

/** First contentful paint: what we aim at is 1 s; a test on a busy machine allows more. */
const [paintAim, paintCeiling] = [1000, 6000];
const desk = { viewport: { width: 1600, height: 1000 } };
const phone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };
const browser = await launch(options.browser);
await look(browser, async () => {
  await start();
  for (const language of ['en', 'ar']) {
    for (const theme of ['night', 'day', 'contrast']) await lookAtConsole(language, theme);
    await lookAtOthers(language);
  }
  await keyboard();
  await colourBlind();
  check('axe had something to look at', rulesHeld() > 100, String(rulesHeld()));
});

/** A first visit with nothing kept, then a second; what is asked of whom, and how it comes. */
async function start() {
  const context = await browser.newContext(desk), elsewhere = strangers(context, options.url), answers = [];
  context.on('response', (answer) => answers.push(answer));
  const page = await context.newPage();
  await page.goto(options.url);
  check('a cold start without a network connects', await seen(page, '.link.connected'));
  check('tracks are drawn', await until(async () => Number(await page.getAttribute('canvas.tracks', 'data-drawn')) > 0));
  const cold = await paint(page);
  const packed = [];
  for (const answer of answers) if (/\.(?:js|css|json)$|\/$/.test(new URL(answer.url()).pathname) && !answer.url().includes('/api/')) packed.push([answer.url(), (await answer.allHeaders())['content-encoding'] ?? '']);
  check('scripts, styles and map data come packed', packed.length >= 6 && packed.every(([, coding]) => coding === 'br' || coding === 'gzip'), packed.map((one) => one.join(' ')).join(', '));
  const languages = answers.map((answer) => /assets\/(en|ar)-[^/]+\.js$/.exec(answer.url())?.[1]).filter(Boolean);
  check('only the language that is shown is fetched', languages.join() === 'en', languages.join());
  await page.reload();
  await seen(page, '.link.connected');
  const warm = await paint(page);
  console.log(`# first contentful paint: ${cold.toFixed(0)} ms cold, ${warm.toFixed(0)} ms warm (aim ${paintAim})`);
  check(`something stands on a warm screen within ${paintCeiling} ms`, warm < paintCeiling, String(warm));
  check('nothing is asked of any other machine', elsewhere.size === 0, [...elsewhere].join());
  await context.close();
}

function paint(page) {
  return page.evaluate(() => performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? Number.NaN);
}

async function visit(language, theme, path = '/', more = desk) {
  const context = await browser.newContext(more), elsewhere = strangers(context, options.url);
  const page = await context.newPage(), complaints = [];
  page.on('pageerror', (error) => complaints.push(String(error)));
  await page.addInitScript(([tongue, look]) => {
    localStorage.setItem('nadhir.language', tongue);
    if (look) localStorage.setItem('nadhir.theme', look);
  }, [language, theme]);
  await page.goto(new URL(path, options.url).href);
  const leave = async (what) => {
    check(`${what}: nothing is asked of any other machine, and there are no errors`, elsewhere.size === 0 && complaints.length === 0, [...elsewhere, ...complaints].join(' | '));
    await context.close();
  };
  return { page, leave };
}

async function lookAtConsole(language, theme) {
  const { page, leave } = await visit(language, theme);
  const what = `the console, ${language}, ${theme}`;
  await seen(page, '.link.connected');
  if ((await page.getAttribute('html', 'data-theme')) !== theme) {
    check(`there is a theme "${theme}"`, false);
    return leave(what);
  }
  await seen(page, '[data-alert]');
  await page.waitForTimeout(600);
  await accessible(page, what);
  await unfold(page);
  await accessible(page, `${what}, cards unfolded`, '.alerts');
  await ours(page, language, what);
  await picture(page, `quality-${theme}-${language}`);
  for (const tab of await page.locator('[role=tab]').evaluateAll((all) => all.map((one) => one.id))) {
    await page.click(`#${tab}`);
    await page.waitForTimeout(120);
    await accessible(page, `${what}, ${tab}`, '.boards');
    await ours(page, language, `${what}, ${tab}`);
    if (theme === 'night') await dialogs(page, `${what}, ${tab}`, language, '#board button');
  }
  // Dialogs are looked at once a language in full, and their colours once a theme.
  await dialogs(page, what, language, theme === 'night' ? '.bar button, .alerts button' : '#raise');
  await leave(what);
}

/** Opens what the cards of alerts keep behind a line. */
function unfold(page) {
  return page.evaluate(() => document.querySelectorAll('.alert .more').forEach((one) => one.setAttribute('open', '')));
}

/** Opens whatever asks before it acts, once for each wording, and leaves it again. */
async function dialogs(page, what, language, buttons) {
  const words = new Set(await page.locator(buttons).evaluateAll((all) => all.map((one) => one.textContent.trim())));
  for (const word of [...words].filter((one) => one.endsWith('…') || /^(?:Acknowledge|Release warning|Silent test|اطّلعت|أطلق الإنذار|اختبار صامت)$/.test(one))) {
    const button = page.locator(buttons).filter({ hasText: word }).first();
    if (!(await button.isVisible()) || !(await button.isEnabled())) continue;
    await button.click();
    if (!(await until(async () => (await page.locator('dialog[open]').count()) > 0, 1500))) continue;
    await accessible(page, `${what}: ${word}`, 'dialog');
    await ours(page, language, `${what}: ${word}`, 'dialog');
    await page.keyboard.press('Escape');
    check(`${what}: Escape leaves "${word}"`, await until(async () => (await page.locator('dialog[open]').count()) === 0));
  }
}

/** Other addresses: the wall, parts, a phone, reports, the printed brief. */
async function lookAtOthers(language) {
  for (const [name, path, more] of [
    ['the wall', '/?view=wall', { viewport: { width: 1920, height: 1080 } }], ['alerts alone', '/?view=alerts', desk], ['a phone', '/', phone],
  ]) {
    for (const theme of ['night', 'day', 'contrast']) {
      const { page, leave } = await visit(language, theme, path, more);
      await seen(page, '.link.connected');
      // Tall, so that no badge lies cut by the screen's edge: axe would then measure its words against the ground beside it.
      if (more === phone) await page.setViewportSize({ ...phone.viewport, height: 3000 });
      await page.waitForTimeout(600);
      await unfold(page);
      await accessible(page, `${name}, ${language}, ${theme}`);
      await ours(page, language, `${name}, ${language}, ${theme}`);
      if (more === phone) await page.setViewportSize(phone.viewport);
      if (more === phone) check(`nothing is wider than the phone, ${language}, ${theme}`, await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth));
      if (theme === 'night') await picture(page, `quality-${name.split(' ')[1] ?? name}-${language}`);
      await leave(`${name}, ${language}, ${theme}`);
    }
  }
  // Tall, so that the button that stays in sight covers nothing that axe measures.
  const report = await visit(language, null, '/report', { ...phone, viewport: { width: 390, height: 2600 } });
  await seen(report.page, '#send');
  await accessible(report.page, `the report page, ${language}`);
  await ours(report.page, language, `the report page, ${language}`);
  await report.leave(`the report page, ${language}`);
  const brief = await visit(language, null, `/brief?lang=${language}`);
  await accessible(brief.page, `the brief, ${language}`);
  await picture(brief.page, `quality-brief-${language}`);
  await brief.leave(`the brief, ${language}`);
}

/** Of our own words none is in another language. What others wrote stands in <bdi>, and names of protocols are the same everywhere. */
async function ours(page, language, what, within = 'body') {
  const text = await page.evaluate((where) => {
    const said = [];
    const walk = (node) => {
      if (node.nodeType === Node.TEXT_NODE) said.push(node.textContent);
      if (node.nodeType !== Node.ELEMENT_NODE || /^(?:BDI|SCRIPT|STYLE|CODE|NOSCRIPT)$/.test(node.tagName)) return;
      if (node.id === 'boot' || (node.hasAttribute('lang') && node !== document.documentElement && node.lang !== document.documentElement.lang)) return;
      // A phase or a system is called as the configuration calls it; a title on a time or an outlet holds what others said.
      if (node.tagName === 'OPTION' && (node.value === node.textContent || /^(?:incident|statement|case|document)$/.test(node.closest('select').name))) return;
      for (const name of ['title', 'aria-label', 'placeholder']) if (node.hasAttribute(name) && !node.matches('time, .told')) said.push(node.getAttribute(name));
      for (const child of node.childNodes) walk(child);
    };
    walk(document.querySelector(where));
    // Blanks of a sentence are set apart by isolates, and are somebody's figures or names.
    return said.map((one) => one.replace(/[\u2066-\u2068][^\u2069]*\u2069/g, ' ').trim()).filter(Boolean);
  }, within);
  const keys = text.filter((one) => /^[a-z][A-Za-z]*(?:\.[A-Za-z]+)+$/.test(one));
  const foreign = language === 'en' ? text.filter((one) => /\p{Script=Arabic}/u.test(one) && !/نذير/.test(one))
    : text.filter((one) => /[A-Za-z]{3,}/.test(one.replace(/\b(?:Nadhir|CAP|MQTT|TAK|UTC|Natural Earth|GeoNames|CC BY|EEMUA|LIVE|Esc|Enter|Shift|Ctrl|Alt|Tab|PMTiles|WMS)\b/g, '')));
  check(`${what}: all words are of the language shown`, text.length > 3 && keys.length === 0 && foreign.length === 0, [...keys, ...foreign].slice(0, 12).join(' | ') || 'nothing is said');
}

/** Hands on the keyboard: everything is reached, seen when reached, and left; an order is given without a mouse. */
async function keyboard() {
  const { page, leave } = await visit('en', 'night');
  await seen(page, '[data-alert]');
  await page.waitForTimeout(500);
  await page.evaluate(() => document.activeElement?.blur?.());
  const reached = new Map();
  for (let i = 0; i < 400; i++) {
    await page.keyboard.press('Tab');
    const at = await page.evaluate(() => {
      const one = document.activeElement;
      if (!one || one === document.body) return null;
      globalThis.tabStops ??= new Map();
      const again = globalThis.tabStops.has(one);
      globalThis.tabStops.set(one, true);
      const look = getComputedStyle(one), box = one.getBoundingClientRect();
      return { again, name: one.id || one.textContent.trim().slice(0, 40) || one.tagName, visible: box.width > 0 && look.outlineStyle !== 'none' && Number.parseFloat(look.outlineWidth) >= 2 };
    });
    if (at?.again) break;
    if (at) reached.set(reached.size, at);
  }
  const stops = [...reached.values()];
  check('every stop of the Tab key shows where it is', stops.length > 10 && stops.every((one) => one.visible), stops.filter((one) => !one.visible).map((one) => one.name).join(', '));
  const missed = await page.evaluate(() => [...document.querySelectorAll('button, a[href], input, select, textarea, [tabindex]')].filter((one) => {
    if (one.tabIndex < 0 || one.disabled || one.closest('[inert], [hidden]')) return false;
    // Rows that came since are not held against the walk.
    return one.checkVisibility({ visibilityProperty: true }) && !globalThis.tabStops.has(one) && !one.closest('.alerts .scroll, #board');
  }).map((one) => one.id || one.textContent.trim().slice(0, 40)));
  check('nothing that can be worked is passed over', missed.length === 0, missed.join(', '));

  await page.focus('[role=tab][aria-selected=true]');
  const first = await page.evaluate(() => document.activeElement.id);
  await page.keyboard.press('ArrowRight');
  check('arrow keys walk the boards', await until(() => page.evaluate((before) => document.activeElement.id !== before && document.activeElement.getAttribute('aria-selected') === 'true', first)));

  const cards = await page.locator('.alerts [data-alert]').evaluateAll((all) => all.map((one) => one.dataset.alert));
  const focused = () => page.evaluate(() => document.activeElement.closest('.alerts [data-alert]')?.dataset.alert);
  await page.keyboard.press('a');
  check('a leads to the gravest alert', await until(async () => (await focused()) === cards[0]), `${await focused()} of ${cards}`);
  await page.keyboard.press('a');
  check('and a again to the next', await until(async () => (await focused()) === cards[1]), `${await focused()} of ${cards}`);
  const last = page.locator('.glance button').last(), led = await last.getAttribute('data-glance');
  await last.focus();
  await page.keyboard.press('Enter');
  check('all that stand are seen at a glance, and each leads to its card', cards.includes(led) && await until(async () => (await focused()) === led), `${await focused()} for ${led}`);
  check('which is then on the screen', await page.locator(`.alerts [data-alert="${led}"] .badge`).first().isVisible() && await page.evaluate((id) => {
    const card = document.querySelector(`.alerts [data-alert="${id}"]`).getBoundingClientRect(), list = document.querySelector('.alerts .scroll').getBoundingClientRect();
    return card.top >= list.top - 1 && card.top < list.bottom;
  }, led));
  await page.keyboard.press('w');
  check('w leads to the boards', await until(() => page.evaluate(() => document.activeElement.getAttribute('role') === 'tab')));
  await page.keyboard.press('u');
  check('u asks what alert to raise', await seen(page, 'dialog[open] input[name=reason]'));
  await page.keyboard.press('Escape');
  check('and Escape leaves it', await until(async () => (await page.locator('dialog[open]').count()) === 0));

  const button = page.locator('[data-alert] footer button', { hasText: 'Acknowledge' }).first();
  const alert = await button.evaluate((one) => one.closest('[data-alert]').dataset.alert);
  await button.focus();
  await page.keyboard.press('Enter');
  check('Enter asks', await seen(page, 'dialog[open]'));
  check('the question has the focus', await page.evaluate(() => document.querySelector('dialog').contains(document.activeElement)));
  for (let i = 0; i < 12; i++) {
    await page.keyboard.press('Tab');
    if (await page.evaluate(() => !document.querySelector('dialog')?.contains(document.activeElement) && document.activeElement !== document.body)) check('the Tab key stays within the question', false);
  }
  await page.focus('dialog input[name=by]');
  await page.keyboard.type('officer without a mouse');
  await page.keyboard.press('Enter');
  check('an order is given without a mouse', await until(async () => (await page.locator('dialog[open]').count()) === 0), await page.textContent('#dialogs').catch(() => ''));
  check('the focus is on the page again', await page.evaluate(() => document.activeElement !== null));
  console.log(`# acknowledged ${alert} by keyboard; ${stops.length} stops of the Tab key`);
  await leave('the keyboard');
}

/** Without red or green: pictures to look at, and that no two states have both shape and word in common. */
async function colourBlind() {
  const { page, leave } = await visit('en', 'night');
  await seen(page, '[data-alert]');
  const control = await page.context().newCDPSession(page);
  for (const type of ['deuteranopia', 'protanopia', 'achromatopsia']) {
    await control.send('Emulation.setEmulatedVisionDeficiency', { type });
    await page.waitForTimeout(300);
    await picture(page, `quality-${type}`);
  }
  await control.send('Emulation.setEmulatedVisionDeficiency', { type: 'none' });
  const told = new Map();
  for (const tab of await page.locator('[role=tab]').evaluateAll((all) => all.map((one) => one.id))) {
    await page.click(`#${tab}`);
    await page.waitForTimeout(100);
    for (const { kind, colours, shape, word } of await page.locator('.badge').evaluateAll((all) => all.map((one) => ({
      kind: one.className, colours: `${getComputedStyle(one).backgroundColor} ${getComputedStyle(one).color}`,
      shape: one.querySelector('.shape')?.textContent.trim() ?? '', word: [...one.childNodes].filter((node) => node.nodeType === Node.TEXT_NODE).map((node) => node.textContent.trim()).join(''),
    })))) {
      check(`the badge "${kind}" has a shape and a word`, shape !== '' && word !== '', `${shape} ${word}`);
      const before = told.get(`${shape} ${word}`);
      if (before && before !== colours) check(`"${shape} ${word}" is one state`, false, `${before} and ${colours}`);
      told.set(`${shape} ${word}`, colours);
    }
  }
  console.log(`# ${told.size} states in badges, ${new Set(told.values()).size} pairs of colours: ${[...told.keys()].join(', ')}`);
  check('there are states to be told apart', told.size >= 6);
  await leave('without colours');
}

async function picture(page, name) {
  if (options.screenshots) await page.screenshot({ path: `${options.screenshots}/${name}.png` });
}

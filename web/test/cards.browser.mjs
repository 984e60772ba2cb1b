// The cards of alerts on a small desk screen (1440 by 900), in English and Arabic, over boards that show every state: two whole
// cards in sight, nothing that is missing folded away, ids that neither break nor change places. One `ok` or `not ok` a line.
//
//   node web/test/cards.browser.mjs --url http://127.0.0.1:8470 [--screenshots FOLDER] [--browser /usr/bin/chromium]
//
// Exit: 0 all as it should be, 1 something is not, 2 bad usage.
import { check, complaintsOf, launch, look, optionsOf, seen, textOf, until } from './browser.mjs';

const options = optionsOf('cards.browser.mjs --url URL [--screenshots FOLDER]');
const browser = await launch(options.browser);
await look(browser, async () => {
  for (const language of ['en', 'ar']) await cards(language);
});

async function cards(language) {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: language });
  const page = await context.newPage();
  const complaints = complaintsOf(page);
  await page.goto(options.url);
  await seen(page, '.link.connected');
  await until(async () => (await page.locator('[data-alert]').count()) > 2);
  // Touched once, the console sounds, and the line that says it cannot is gone.
  await page.mouse.click(700, 20);
  await until(async () => (await page.locator('#sound.silent').count()) === 0);
  await page.waitForTimeout(500);
  if (options.screenshots) await page.screenshot({ path: `${options.screenshots}/cards-${language}.png` });
  const whole = await page.evaluate(wholeCards);
  check(`${language}: two cards are whole at 1440 by 900`, whole.length >= 2, JSON.stringify(whole));

  const ids = await page.evaluate(idsOfFirst);
  check(`${language}: the ids of two sensors stand whole, one after the other as the language is read`, ids.names.join(' ') === 'SIM-1 SIM-4'
    && ids.boxes.every((boxes) => boxes === 1) && ids.inOrder, JSON.stringify(ids));

  const card = page.locator('[data-alert="A-1"]'), summary = card.locator('.more summary');
  const brief = await textOf(page, summary);
  check(`${language}: folded, the card says how many sirens, how many were told, and that one failed`, /2[^\d]+3[^]*1[^\d]+3[^]*✗[^\d]*1/.test(brief), brief);
  check(`${language}: what waits for a person is not folded`, await page.locator('[data-alert="A-2"] .awaits').first().isVisible() && await page.locator('[data-alert="A-2"] [data-do=release]').isVisible());
  check(`${language}: who got it and who released it are folded`, !(await card.locator('.outlets').isVisible()) && !(await card.locator('[data-do=correct]').isVisible()));
  await summary.focus();
  await page.keyboard.press('Enter');
  check(`${language}: a key unfolds outlets, persons and the other orders`, await until(async () => await card.locator('.outlets').isVisible()
    && await card.locator('[data-do=correct]').isVisible() && /shift leader/.test(await textOf(page, card.locator('.more')))));
  await page.waitForTimeout(2500);
  check(`${language}: it stays open when the boards come anew`, await card.locator('.outlets').isVisible());
  if (options.screenshots) await page.screenshot({ path: `${options.screenshots}/cards-open-${language}.png` });
  const small = await page.evaluate(() => [...document.querySelectorAll('.alerts :is(button, summary)')].filter((one) => one.checkVisibility())
    .map((one) => ({ text: one.textContent.trim(), box: one.getBoundingClientRect() })).filter(({ box }) => box.height < 24 || box.width < 24)
    .map(({ text, box }) => `${text} ${box.width.toFixed(0)}x${box.height.toFixed(0)}`));
  check(`${language}: whatever can be pressed is 24 px high and wide or more`, small.length === 0, small.join(', '));
  check(`${language}: the page has no errors`, complaints.length === 0, complaints.join(' | '));
  await context.close();
}

/** The cards that lie in sight from edge to edge. */
function wholeCards() {
  const list = document.querySelector('.alerts .scroll').getBoundingClientRect();
  return [...document.querySelectorAll('[data-alert]')].filter((card) => {
    const box = card.getBoundingClientRect();
    return box.top >= list.top && box.bottom <= list.bottom;
  }).map((card) => card.dataset.alert);
}

/** How the ids of the first card's sensors lie: in one box each, and the first one before the second. */
function idsOfFirst() {
  const right = document.documentElement.dir === 'rtl';
  const ids = [...document.querySelectorAll('[data-alert="A-1"] .reason bdi')].filter((one) => /^SIM-/.test(one.textContent));
  const [one, other] = ids.map((id) => id.getBoundingClientRect());
  return {
    names: ids.map((id) => id.textContent), boxes: ids.map((id) => id.getClientRects().length),
    inOrder: other !== undefined && (other.top >= one.bottom - 2 || (right ? other.right <= one.left : other.left >= one.right)),
  };
}

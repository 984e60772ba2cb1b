// Deque's axe-core over a page: what of WCAG 2.2, levels A and AA, a program can find.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { check } from './browser.mjs';

const source = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const levels = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22a', 'wcag22aa'];
let rules = 0;

/** One check: that nothing on the page, or within an element of it, is against the rules. */
export async function accessible(page, what, within) {
  if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(source);
  const { faults, passed } = await page.evaluate(async ([where, tags]) => {
    const seen = await globalThis.axe.run(where ?? document, { runOnly: { type: 'tag', values: tags }, resultTypes: ['violations'] });
    return {
      passed: seen.passes.length,
      faults: seen.violations.map((rule) => `${rule.id}: ${rule.nodes.slice(0, 4).map((node) =>
        `${node.target.join(' ')} (${node.any.concat(node.all, node.none).map((one) => one.message).join('; ').slice(0, 160)})`).join(' , ')}${rule.nodes.length > 4 ? ` and ${rule.nodes.length - 4} more` : ''}`),
    };
  }, [within ?? null, levels]);
  rules += passed;
  check(`axe finds nothing on ${what}`, faults.length === 0, faults.join(' | '));
}

/** How many rules held in all: none would mean that nothing was looked at. */
export function rulesHeld() {
  return rules;
}

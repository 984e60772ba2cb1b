import { html, type TemplateResult } from 'lit';
import { t } from '../i18n/index.js';
import { ltr } from './parts.js';
import { inOrder } from '../model/urgency.js';
import type { Part } from '../model/view.js';
import type { Store } from '../model/store.js';

/** On a phone one part at a time: alerts first, the map when asked for. Under the thumb. */
export function partsBar(store: Store, show: (part: Part) => void): TemplateResult {
  const lists = store.boards.alerts && inOrder(store.boards.alerts);
  const part = (one: Part, word: string, mark: unknown): TemplateResult => html`<button aria-pressed=${store.part === one} data-part=${one} @click=${() => show(one)}>${mark}${word}</button>`;
  const warnings = lists ? lists.warning.length : null;
  return html`
    ${part('alerts', t('panel.alerts'), warnings === null ? html`… ` : warnings > 0 ? html`▲ ${ltr(warnings)} ` : html``)}
    ${part('boards', t('windows.boards'), store.coverageLost() ? html`⚠ ` : html``)}
    ${part('map', t('part.map'), html``)}`;
}

import { html, type TemplateResult } from 'lit';
import { language } from './index.js';
import { chooseLanguage, languages, ownName } from './load.js';

/** Leads to the other language, or offers all of them where there are more than two. */
export function languageSwitch(changed: () => void): TemplateResult {
  const choose = (tag: string): void => void chooseLanguage(tag).then(changed);
  const [other, ...more] = languages.filter((one) => one !== language());
  if (other === undefined) return html``;
  if (more.length === 0) return html`<button class="quiet" id="language" lang=${other} @click=${() => choose(other)}>${ownName(other)}</button>`;
  return html`<select class="quiet" id="language" aria-label=${ownName(language())} @change=${(event: Event) => choose((event.target as HTMLSelectElement).value)}>
    ${languages.map((one) => html`<option value=${one} lang=${one} ?selected=${one === language()}>${ownName(one)}</option>`)}</select>`;
}

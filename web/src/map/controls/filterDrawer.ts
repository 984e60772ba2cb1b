import { html, type TemplateResult } from 'lit';
import { name, t, type Key } from '../../i18n/index.js';
import { allPass } from '../filter.js';
import type { MapControls } from './mapControls.js';

const identities = ['NonCooperative', 'Cooperative', 'Authorised'];
const statuses = ['Tentative', 'Confirmed', 'Coasting'];
const kinds = ['0', '1', '2', '3', '4', '5'];

export function filterDrawer(controls: MapControls): TemplateResult {
  const { settings } = controls.store;
  const { filter } = settings;
  const group = (title: Key, on: boolean[], prefix: string, values: string[]): TemplateResult => html`
    <fieldset class="choice"><legend>${t(title)}</legend>${values.map((value, i) => html`
      <label><input type="checkbox" .checked=${on[i] ?? true} @change=${(event: Event) => {
        on[i] = (event.target as HTMLInputElement).checked;
        controls.changed();
      }} />${name(prefix, value)}</label>`)}</fieldset>`;
  const limit = (title: Key, now: number | null, set: (metres: number | null) => void): TemplateResult => html`
    <label>${t(title)} <input type="number" inputmode="numeric" min="-500" max="60000" step="100" dir="ltr" .value=${now === null ? '' : String(now)}
      @change=${(event: Event) => {
        const { value, valueAsNumber } = event.target as HTMLInputElement;
        set(value === '' || !Number.isFinite(valueAsNumber) ? null : valueAsNumber);
        controls.changed();
      }} /> m</label>`;
  return html`
    ${group('filter.identity', filter.identity, 'identity', identities)}
    ${group('filter.kind', filter.kind, 'class', kinds)}
    ${group('filter.status', filter.status, 'status', statuses)}
    <fieldset class="choice heights"><legend>${t('filter.height')}</legend>
      ${limit('filter.from', filter.lowest, (metres) => (filter.lowest = metres))}
      ${limit('filter.to', filter.highest, (metres) => (filter.highest = metres))}
      <label><input type="checkbox" .checked=${filter.unknownHeight} @change=${(event: Event) => {
        filter.unknownHeight = (event.target as HTMLInputElement).checked;
        controls.changed();
      }} />${t('filter.unknown')}</label>
    </fieldset>
    <p class="small">${t('filter.never')}</p>
    <button @click=${() => {
      settings.filter = allPass();
      controls.changed();
    }}>${t('map.showAll')}</button>`;
}

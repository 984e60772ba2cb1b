import { html, nothing, type TemplateResult } from 'lit';
import { signed } from '../format.js';
import { name, t } from '../i18n/index.js';
import type { Actions } from '../actions.js';
import type { Store } from '../model/store.js';
import { ageOf, ltr } from './parts.js';

const named = 3;

/** The sensors that are lost and the clocks that are wrong, at once and where the alerts are: no tab hides them. */
export function lossNotes(store: Store, actions: Actions): TemplateResult | typeof nothing {
  const sensors = store.boards.sensors ?? [];
  const lost = sensors.filter((sensor) => sensor.state === 'Lost' || sensor.state === 'Off');
  const wrong = sensors.filter((sensor) => sensor.state === 'Working' && sensor.clock && sensor.clock.state !== 'Right');
  if (lost.length + wrong.length === 0) return nothing;
  const rest = (all: number): unknown => (all > named ? html` ${ltr(`+${all - named}`)}` : nothing);
  return html`
    ${lost.length > 0 ? html`<p class="note bad" id="sensors-lost">⊘ <button class="plain" @click=${() => actions.showBoard('coverage')}>${t('loss.sensors')}</button>: ${lost.slice(0, named).map((sensor, i) =>
      html`${i > 0 ? t('list.comma') : nothing}${ltr(sensor.id)} <small>${ageOf(store, sensor.lastSeen)}</small>`)}${rest(lost.length)}</p>` : nothing}
    ${wrong.length > 0 ? html`<p class="note warn" id="clocks-wrong">◷ <button class="plain" @click=${() => actions.showBoard('coverage')}>${t('loss.clocks')}</button>: ${wrong.slice(0, named).map((sensor, i) =>
      html`${i > 0 ? t('list.comma') : nothing}${ltr(sensor.id)} ${name('clock', sensor.clock?.state ?? '')} ${ltr(signed(sensor.clock?.aheadSeconds ?? 0, 1, 's'))}`)}${rest(wrong.length)}</p>` : nothing}`;
}

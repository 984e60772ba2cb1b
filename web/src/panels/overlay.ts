import { html, svg, type TemplateResult } from 'lit';
import { t, type Key } from '../i18n/index.js';
import { alertShape, palettes } from '../map/palette.js';
import type { Actions } from '../actions.js';
import type { Store } from '../model/store.js';
import type { SituationMap } from '../map/map.js';
import { trackCard } from './track.js';

/** What lies over the map: zoom, switches, legend, and the selected track. */
export function overlay(store: Store, actions: Actions, map: SituationMap): TemplateResult {
  return html`
    <div class="map-tools" role="toolbar" aria-label=${t('map.label')}>
      <button @click=${() => map.zoom(1)} aria-label=${t('map.in')} title=${t('map.in')}>＋</button>
      <button @click=${() => map.zoom(-1)} aria-label=${t('map.out')} title=${t('map.out')}>－</button>
      <button @click=${() => map.home()} aria-label=${t('map.home')} title=${t('map.home')}>⌂</button>
      ${(['rings', 'labels', 'trails'] as const).map((what) => html`
        <label><input type="checkbox" .checked=${store.show[what]} @change=${(event: Event) => {
          store.show[what] = (event.target as HTMLInputElement).checked;
          map.frame();
          store.changed();
        }} />${t(`map.${what}`)}</label>`)}
    </div>
    ${legend(store)}
    ${trackCard(store, actions)}
    <p class="attribution">${t('attribution')}</p>`;
}

function legend(store: Store): TemplateResult {
  const palette = palettes[store.theme];
  const item = (colour: string, shape: string, key: Key): TemplateResult =>
    html`<li><span class="key" style="color:${colour}" aria-hidden="true">${shape}</span>${t(key)}</li>`;
  return html`
    <details class="legend" open>
      <summary>${t('legend.title')}</summary>
      <ul>
        ${(['Warning', 'Watch', 'AllClear'] as const).map((state) => item(palette.alert[state], alertShape[state], `alert.${state}`))}
        ${item(palette.identity[0], '◇', 'identity.NonCooperative')}
        ${item(palette.identity[1], '□', 'identity.Cooperative')}
        ${item(palette.identity[2], '○', 'identity.Authorised')}
        <li><span class="key">${svg`<svg width="16" height="12" viewBox="0 0 16 12" aria-hidden="true"><path d="M-2 12L8 0M4 12L14 0M10 12L20 0" stroke=${palette.lost} stroke-width="1.6"/></svg>`}</span>${t('map.lostCoverage')}</li>
      </ul>
      <small>${t('legend.vector')}</small>
    </details>`;
}

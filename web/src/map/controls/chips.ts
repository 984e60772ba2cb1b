import { html, nothing, type TemplateResult } from 'lit';
import { grouped, trackNumber } from '../../format.js';
import { t } from '../../i18n/index.js';
import { isolated } from '../../panels/parts.js';
import { allPass, isFiltering } from '../filter.js';
import type { MapControls } from './mapControls.js';

/** What keeps the map from being the whole picture, or moves it by itself: said as long as it holds, each with its way out. */
export function chips(controls: MapControls): TemplateResult {
  const { settings } = controls.store;
  const hidden = isolated(grouped(controls.map.tracks.hidden));
  const end = (change: () => void) => () => {
    change();
    controls.changed();
  };
  return html`<div class="chips" role="status">
    ${settings.isolate !== null ? chip('alert', '◉', t('map.isolated', { track: isolated(trackNumber(settings.isolate)), count: hidden }), t('map.showAll'), end(() => (settings.isolate = null))) : nothing}
    ${settings.isolate === null && isFiltering(settings.filter) ? chip('alert', '⚠', t('map.hidden', { count: hidden }), t('map.showAll'), end(() => (settings.filter = allPass()))) : nothing}
    ${settings.follow !== null ? chip('', '⌖', t('map.following', { track: isolated(trackNumber(settings.follow)) }), t('map.stop'), end(() => (settings.follow = null))) : nothing}
  </div>`;
}

const chip = (kind: string, shape: string, words: string, out: string, end: () => void): TemplateResult => html`
  <p class="map-chip ${kind}"><span aria-hidden="true">${shape}</span> <span>${words}</span> <button class="quiet" @click=${end}>${out}</button></p>`;

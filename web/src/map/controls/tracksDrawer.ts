import { html, type TemplateResult } from 'lit';
import { grouped, metres, speed, trackNumber } from '../../format.js';
import { name, t } from '../../i18n/index.js';
import { isolated, ltr } from '../../panels/parts.js';
import { Rank } from '../filter.js';
import type { MapControls } from './mapControls.js';

/** Rows of the list; more are told by their number. */
const most = 60;
const identities = ['NonCooperative', 'Cooperative', 'Authorised'];
const shapes = ['◆', '□', '○'];

/** The tracks in the window as a list, the most important first: the map for whoever does not use a mouse, or an eye. */
export function tracksDrawer(controls: MapControls): TemplateResult {
  const { store, map } = controls;
  const ids = map.tracks.byImportance(most);
  return html`
    <p class="small">${t('map.inWindow', { count: isolated(grouped(map.tracks.inView)) })}</p>
    <ul class="track-list" role="listbox" tabindex="0" aria-label=${t('map.tracks')} aria-activedescendant=${store.selectedTrack === null ? '' : `row-${store.selectedTrack}`}
      @keydown=${(event: KeyboardEvent) => keydown(event, controls)}>
      ${ids.map((id) => row(controls, id))}
    </ul>
    ${map.tracks.inView > ids.length ? html`<p class="small">${t('map.more', { count: isolated(grouped(map.tracks.inView - ids.length)) })}</p>` : ''}`;
}

function row({ store, map }: MapControls, id: number): TemplateResult {
  const { frame, ranks } = map.tracks;
  const i = map.tracks.rowOf(id);
  const identity = Math.min(2, frame?.identity[i] ?? 0);
  const threat = ranks[i] === Rank.Threat || (ranks[i] === Rank.Chosen && store.boards.alerts?.some((alert) => alert.tracks.includes(id) && (alert.state === 'Watch' || alert.state === 'Warning')));
  return html`<li role="option" id="row-${id}" aria-selected=${id === store.selectedTrack} @click=${() => map.showTrack(id)}>
    <span class="i${identity}" title=${name('identity', identities[identity] ?? '')}>${shapes[identity]}</span>
    <b>${ltr(trackNumber(id))}</b> <span class="grow">${ltr(store.descriptions.get(id)?.callsign ?? '')}${threat ? html` <strong class="warn">⚠ ${t('map.threat')}</strong>` : ''}</span>
    <small>${ltr(`${metres(frame?.height[i] ?? NaN)}  ${speed(frame?.speed[i] ?? NaN)}`)}</small></li>`;
}

/** Arrows walk, Enter shows on the map. */
function keydown(event: KeyboardEvent, controls: MapControls): void {
  const by = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
  if (by !== 0) {
    controls.walk(by);
    const id = controls.store.selectedTrack;
    requestAnimationFrame(() => document.getElementById(`row-${id}`)?.scrollIntoView({ block: 'nearest' }));
  } else if (event.key === 'Enter' && controls.store.selectedTrack !== null) controls.map.showTrack(controls.store.selectedTrack);
  else return;
  event.preventDefault();
}

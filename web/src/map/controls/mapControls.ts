// What lies over the map: finding, layers, filter, list of tracks, measuring, legend, and marks that cannot be missed.
import { html, nothing, type TemplateResult } from 'lit';
import { metres, speed, trackNumber } from '../../format.js';
import { name, t } from '../../i18n/index.js';
import { apart } from '../../panels/parts.js';
import type { Actions } from '../../actions.js';
import type { Store } from '../../model/store.js';
import { trackCard } from '../../panels/track.js';
import { addKeys } from '../../tools/keys.js';
import type { SituationMap } from '../map.js';
import { next, type Drawer } from '../settings.js';
import { chips } from './chips.js';
import { filterDrawer } from './filterDrawer.js';
import { Help } from './help.js';
import { keysOf } from './keys.js';
import { layersDrawer } from './layersDrawer.js';
import { legend } from './legend.js';
import { measureCard } from './measureCard.js';
import { SearchBox } from './searchBox.js';
import { tracksDrawer } from './tracksDrawer.js';

const drawers: Drawer[] = ['layers', 'filter', 'tracks'];

export class MapControls {
  readonly search: SearchBox;
  readonly help: Help;
  private spokenOf: number | null = null;
  private spokenWords = '';

  constructor(readonly store: Store, readonly map: SituationMap, readonly actions: Actions, dialogs: HTMLElement) {
    this.search = new SearchBox(store, map, () => store.changed());
    this.help = new Help(dialogs, store);
    addKeys(keysOf(this));
  }

  template(): TemplateResult {
    const { store, map } = this;
    const open = store.settings.drawer;
    return html`
      <div class="map-top">
        <div class="map-bar" role="toolbar" aria-label=${t('map.label')}>
          ${this.search.template()}
          ${drawers.map((drawer) => html`<button aria-expanded=${open === drawer} aria-controls="map-drawer" @click=${() => this.toggle(drawer)}>${t(`map.${drawer}`)}</button>`)}
          <button aria-pressed=${map.measure.on} @click=${() => this.measure()}>${t('map.measure')}</button>
          <button aria-label=${t('map.help')} title=${t('map.help')} @click=${() => this.help.show()}>?</button>
        </div>
        ${chips(this)}
        ${open === null ? nothing : html`<section id="map-drawer" class="drawer" aria-label=${t(`map.${open}`)}>${
          open === 'layers' ? layersDrawer(this) : open === 'filter' ? filterDrawer(this) : tracksDrawer(this)}</section>`}
      </div>
      <div class="map-zoom">
        <button @click=${() => map.zoom(1)} aria-label=${t('map.in')} title=${t('map.in')}>+</button>
        <button @click=${() => map.zoom(-1)} aria-label=${t('map.out')} title=${t('map.out')}>−</button>
        <button @click=${() => map.home()} aria-label=${t('map.home')} title=${t('map.home')}>⌂</button>
      </div>
      <div class="map-side">${trackCard(store, this.actions)}${measureCard(this)}</div>
      ${legend(store)}
      <p class="heard-only" role="status">${this.spoken()}</p>
      <p class="attribution">${[t('attribution'), ...this.map.attributions().map(apart)].join(' · ')}</p>`;
  }

  /** The chosen track in a sentence, for whoever hears the page: said when it is chosen, not each time it moves. */
  private spoken(): string {
    const [id, { frame }] = [this.store.selectedTrack, this.map.tracks];
    if (id === this.spokenOf) return this.spokenWords;
    this.spokenOf = id;
    const i = id === null ? -1 : this.map.tracks.rowOf(id);
    this.spokenWords = id === null || !frame || i < 0 ? '' : [
      `${t('track.title')} ${trackNumber(id)}`, name('identity', ['NonCooperative', 'Cooperative', 'Authorised'][frame.identity[i] ?? 0] ?? ''),
      this.store.descriptions.get(id)?.callsign ?? '', metres(frame.height[i] ?? NaN), speed(frame.speed[i] ?? NaN),
    ].filter((part) => part !== '').join(t('list.comma'));
    return this.spokenWords;
  }

  toggle(drawer: Drawer): void {
    this.store.settings.drawer = this.store.settings.drawer === drawer ? null : drawer;
    this.store.changed();
  }

  /** Something that is shown has changed: keeps it, draws it, tells it. */
  changed(): void {
    this.store.settings.save();
    this.map.update();
    this.map.redraw();
    this.store.changed();
  }

  measure(): void {
    const { measure } = this.map;
    if (measure.on) measure.stop();
    else measure.start(this.store.selectedTrack === null ? null : { track: this.store.selectedTrack });
    this.changed();
  }

  follow(id: number | null = this.store.selectedTrack): void {
    this.store.settings.follow = this.store.settings.follow === id ? null : id;
    if (this.store.settings.follow !== null) this.map.frame();
    this.changed();
  }

  isolate(id: number | null = this.store.selectedTrack): void {
    this.store.settings.isolate = this.store.settings.isolate === id ? null : id;
    this.changed();
  }

  /** The next track in the window by importance. */
  walk(by: number): void {
    const ids = this.map.tracks.byImportance(10_000);
    if (ids.length === 0) return;
    const now = this.store.selectedTrack;
    const id = now === null || !ids.includes(now) ? ids[by > 0 ? 0 : ids.length - 1] : next(ids, now, by);
    this.map.select(id ?? null);
  }

  /** One step out of whatever is open or on: drawer, measuring, isolation, following, choice. */
  escape(): void {
    const { settings } = this.store;
    if (settings.drawer) settings.drawer = null;
    else if (this.map.measure.on) this.map.measure.stop();
    else if (settings.isolate !== null) settings.isolate = null;
    else if (settings.follow !== null) settings.follow = null;
    else this.store.selectedTrack = null;
    this.changed();
  }
}

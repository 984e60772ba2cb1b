import OlMap from 'ol/Map';
import View from 'ol/View';
import { defaults as interactions } from 'ol/interaction/defaults';
import { createEmpty, extend, isEmpty } from 'ol/extent';
import { transformExtent } from 'ol/proj';
import type { Store } from '../model/store.js';
import { palettes } from './palette.js';
import { BaseMap } from './base.js';
import { Situation } from './situation.js';
import { TrackLayer } from './trackLayer.js';
import { areaToGeometry } from './geometry.js';

/** Before a configuration has come: the region of the base map. */
const region = transformExtent([38.5, 28.8, 49, 37.6], 'EPSG:4326', 'EPSG:3857');

/** The map: paper, boards and tracks. */
export class SituationMap {
  readonly tracks: TrackLayer;
  private readonly base: BaseMap;
  private readonly situation: Situation;
  private readonly map: OlMap;
  private shown = false;

  constructor(target: HTMLElement, private readonly store: Store) {
    const palette = palettes[store.theme];
    this.base = new BaseMap(palette);
    this.situation = new Situation(store, palette);
    this.map = new OlMap({
      target, controls: [], layers: [...this.base.layers, ...this.situation.layers],
      view: new View({ enableRotation: false, minZoom: 4, maxZoom: 13 }),
      interactions: interactions({ altShiftDragRotate: false, pinchRotate: false }),
    });
    this.tracks = new TrackLayer(this.map, store, palette);
    this.map.getView().fit(region);
    this.map.on('click', (event) => {
      store.selectedTrack = this.tracks.trackAt(event.pixel);
      this.tracks.changed();
      store.changed();
    });
    new ResizeObserver(() => this.map.updateSize()).observe(target);
    // Labels are drawn with the console's own fonts; they may come after the first picture.
    void document.fonts.ready.then(() => this.base.use(palettes[store.theme]));
    this.use();
  }

  /** Follows the store's theme and language. */
  use(): void {
    const palette = palettes[this.store.theme];
    this.map.getTargetElement().style.background = palette.sea;
    this.base.use(palette);
    this.situation.use(palette);
    this.situation.update();
    this.tracks.use(palette);
  }

  update(): void {
    this.situation.update();
    if (this.shown || !this.store.configuration) return;
    this.shown = true;
    this.home();
  }

  frame(): void {
    this.tracks.take();
    this.tracks.changed();
  }

  /** Shows the whole home territory, or all zones where there is no border. */
  home(): void {
    const configuration = this.store.configuration;
    const whole = createEmpty();
    for (const border of configuration?.borders ?? []) extend(whole, areaToGeometry(border.home).getExtent());
    if (isEmpty(whole)) for (const zone of configuration?.zones ?? []) extend(whole, areaToGeometry(zone.area).getExtent());
    this.map.getView().fit(isEmpty(whole) ? region : whole, { padding: [30, 30, 30, 30], duration: 250 });
  }

  showZone(id: string): void {
    const zone = this.store.configuration?.zones.find((one) => one.id === id);
    if (zone) this.map.getView().fit(areaToGeometry(zone.area).getExtent(), { maxZoom: 9, padding: [120, 120, 120, 120], duration: 300 });
  }

  showTrack(id: number): void {
    const at = this.tracks.positionOf(id);
    this.store.selectedTrack = id;
    if (at) this.map.getView().animate({ center: at, zoom: Math.max(8, this.map.getView().getZoom() ?? 8), duration: 300 });
    this.store.changed();
  }

  zoom(by: number): void {
    this.map.getView().animate({ zoom: (this.map.getView().getZoom() ?? 6) + by, duration: 150 });
  }
}

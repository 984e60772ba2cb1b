import OlMap, { type FrameState } from 'ol/Map.js';
import View from 'ol/View.js';
import Layer from 'ol/layer/Layer.js';
import DragPan from 'ol/interaction/DragPan.js';
import MouseWheelZoom from 'ol/interaction/MouseWheelZoom.js';
import PinchZoom from 'ol/interaction/PinchZoom.js';
import type MapBrowserEvent from 'ol/MapBrowserEvent.js';
import type { Store } from '../model/store.js';
import { Measure } from './measure.js';
import { eastOf, latitudeOf, longitudeOf, northOf } from './mercator.js';
import { areaOutline, type Outline } from './outline.js';
import { Picture } from './picture.js';
import { palettes } from './palette.js';
import type { Sight } from './sheet.js';
import type { Tracks } from './tracks.js';

type Box = Outline['box'];
/** Before a configuration has come: the region of the base map. */
const region: Box = [eastOf(38.5), northOf(28.8), eastOf(49), northOf(37.6)];
/** The part of the window that an arrow key moves the map by. */
const step = 0.12;

/** The map: OpenLayers moves it, we draw it. */
export class SituationMap {
  readonly measure = new Measure();
  /** Where the last zoom by a step leads: steps that come while it runs go on from there, or quick presses would be lost. */
  private aim = 6;
  private readonly picture: Picture;
  private readonly map: OlMap;
  private readonly view = new View({ enableRotation: false, minZoom: 4, maxZoom: 15 });
  private shown = false;
  private awaitsRoom = false;
  private tiles: Layer[] = [];
  private tilesOf = '';
  private sight: Sight | null = null;

  constructor(target: HTMLElement, private readonly store: Store) {
    this.picture = new Picture(store, this.measure, () => this.redraw());
    const layer = new Layer({ render: (frame: FrameState | null) => this.draw(frame), zIndex: 10 });
    this.map = new OlMap({
      target, controls: [], layers: [layer], view: this.view,
      interactions: [new DragPan(), new MouseWheelZoom({ duration: 160 }), new PinchZoom()],
    });
    this.view.fit(region);
    this.map.on('click', (event) => this.click(event as MapBrowserEvent<PointerEvent>));
    this.map.on('pointermove', (event) => this.hover(event as MapBrowserEvent<PointerEvent>));
    this.map.on('pointerdrag', () => this.release());
    new ResizeObserver(() => this.resized(target)).observe(target);
    // Labels are drawn with the console's own fonts; they may come after the first picture.
    void document.fonts.ready.then(() => this.use());
    this.use();
  }

  get tracks(): Tracks {
    return this.picture.tracks;
  }

  get places(): Picture['base']['places'] {
    return this.picture.base.places;
  }

  /** Follows the store's theme and language. */
  use(): void {
    this.map.getTargetElement().style.background = palettes[this.store.theme].sea;
    this.picture.use();
    this.update();
    this.redraw();
  }

  /** Follows the boards and what a person chose to see. */
  update(): void {
    if (this.picture.update()) this.redraw();
    void this.layTiles();
    if (this.shown || !this.store.configuration) return;
    this.shown = true;
    this.home();
  }

  /** A frame of tracks has come, or their line was lost. */
  frame(): void {
    this.picture.take();
    const { settings } = this.store;
    const at = settings.follow === null ? null : this.tracks.positionOf(settings.follow);
    if (at) this.view.setCenter(at);
    this.redraw();
  }

  /** Who made what is shown. */
  attributions(): string[] {
    const { settings, configuration } = this.store;
    return (['districts', 'tiles', 'wms'] as const).filter((one) => settings.shown[one]).map((one) => configuration?.map?.[one]?.attribution ?? '').filter((words) => words !== '');
  }

  /** Lays the maps of others below our own, or takes them away; their code is fetched when they are first shown. */
  private async layTiles(): Promise<void> {
    const { settings, theme, configuration } = this.store;
    const { tiles, wms } = configuration?.map ?? {};
    const wanted = JSON.stringify([settings.shown.tiles && tiles, settings.shown.wms && wms, theme]);
    if (wanted === this.tilesOf) return;
    this.tilesOf = wanted;
    const sources = (tiles && settings.shown.tiles) || (wms && settings.shown.wms) ? await import('./tiles/sources.js') : null;
    const layers = [
      sources && tiles && settings.shown.tiles ? await sources.tilesLayer(tiles, palettes[theme]) : null,
      sources && wms && settings.shown.wms ? sources.wmsLayer(wms) : null,
    ].filter((layer) => layer !== null);
    if (wanted !== this.tilesOf) return;
    for (const layer of this.tiles) this.map.removeLayer(layer);
    this.tiles = layers;
    for (const layer of layers) this.map.addLayer(layer);
    this.picture.overTiles = layers.length > 0;
    this.picture.spoil();
    this.update();
    this.redraw();
  }

  /** Tells where controls lie over the map, so that no label is written below them. */
  cover(controls: Iterable<Element>): void {
    const own = this.map.getTargetElement().getBoundingClientRect();
    this.picture.covered = [...controls].map((element) => element.getBoundingClientRect())
      .map(({ x, y, width, height }) => ({ x: x - own.x, y: y - own.y, width, height }));
  }

  redraw(): void {
    this.map.render();
  }

  /** On a phone the map has no size until it is asked for: what was to be seen was fitted into nothing, and is fitted again. */
  private resized(target: HTMLElement): void {
    this.map.updateSize();
    const hasRoom = target.clientWidth > 0 && target.clientHeight > 0;
    if (hasRoom && this.awaitsRoom) this.home();
    this.awaitsRoom = !hasRoom;
  }

  /** Shows the whole home territory, or all zones where there is no border. */
  home(): void {
    const configuration = this.store.configuration;
    const areas = (configuration?.borders.length ? configuration.borders.map((border) => border.home) : configuration?.zones.map((zone) => zone.area)) ?? [];
    this.release();
    this.fit(areas.length > 0 ? around(areas.map((area) => areaOutline(area).box)) : region, 14, 30);
  }

  showZone(id: string): void {
    const zone = this.store.zone(id);
    this.release();
    if (zone) this.fit(areaOutline(zone.area).box, 10, 140);
  }

  showSite(id: string): void {
    const site = this.store.configuration?.sites.find((one) => one.id === id);
    if (site) this.showPlace([eastOf(site.position.longitudeDegrees), northOf(site.position.latitudeDegrees)], 10);
  }

  showTrack(id: number): void {
    const at = this.tracks.positionOf(id);
    this.store.selectedTrack = id;
    if (at) this.showPlace(at, 8);
    this.redraw();
    this.store.changed();
  }

  showPlace(center: [number, number], zoom: number): void {
    if (this.store.settings.follow !== this.store.selectedTrack) this.release();
    this.view.cancelAnimations();
    this.view.animate({ center, zoom: Math.max(zoom, this.view.getZoom() ?? zoom), duration: this.calm(300) });
  }

  select(id: number | null): void {
    this.store.selectedTrack = id;
    this.redraw();
    this.store.changed();
  }

  zoom(by: number): void {
    const from = this.view.getAnimating() ? this.aim : this.view.getZoom() ?? this.aim;
    this.aim = Math.min(Math.max(from + by, this.view.getMinZoom()), this.view.getMaxZoom());
    this.view.cancelAnimations();
    this.view.animate({ zoom: this.aim, duration: this.calm(150) });
  }

  /** Moves the window over the map, in parts of its size: the keyboard's way. */
  pan(across: number, down: number): void {
    const [center, resolution] = [this.view.getCenter(), this.view.getResolution()];
    if (!center || !resolution || !this.sight) return;
    this.release();
    this.view.setCenter([
      (center[0] ?? 0) + across * step * this.sight.width * resolution, (center[1] ?? 0) - down * step * this.sight.height * resolution,
    ]);
    if (this.measure.on && this.measure.to === null) this.measure.pointer = this.middle();
    this.store.changed();
  }

  /** Where the map looks after each move, in longitude and latitude. */
  onLook(tell: (centre: [number, number], zoom: number) => void): void {
    this.map.on('moveend', () => {
      const [x, y] = this.middle(), zoom = Number((this.view.getZoom() ?? 0).toFixed(2));
      const centre: [number, number] = [Number(longitudeOf(x).toFixed(4)), Number(latitudeOf(y).toFixed(4))];
      this.map.getTargetElement().dataset['look'] = [...centre, zoom].join();
      tell(centre, zoom);
    });
  }

  lookAt(centre: [number, number], zoom: number): void {
    this.release();
    this.view.setCenter([eastOf(centre[0]), northOf(centre[1])]);
    this.view.setZoom(zoom);
  }

  /** The place under the middle of the window. */
  middle(): [number, number] {
    const center = this.view.getCenter() ?? [0, 0];
    return [center[0] ?? 0, center[1] ?? 0];
  }

  /** Puts the next end of a measurement where a person points, or at the middle of the window. */
  mark(at: [number, number] = this.middle()): void {
    const track = this.store.selectedTrack;
    const near = track === null ? null : this.tracks.positionOf(track);
    const within = near && this.sight && Math.hypot(near[0] - at[0], near[1] - at[1]) < 14 * this.sight.resolution;
    this.measure.set(within && track !== null ? { track } : { at });
    if (this.measure.to === null) this.measure.pointer = at;
    this.redraw();
    this.store.changed();
  }

  private draw(frame: FrameState | null): HTMLElement {
    if (frame) {
      const { center, resolution } = frame.viewState;
      this.sight = { centre: [center[0] ?? 0, center[1] ?? 0], resolution, width: frame.size[0] ?? 0, height: frame.size[1] ?? 0 };
      this.picture.draw(this.sight, frame.viewHints.some((hint) => hint > 0));
    }
    return this.picture.canvas;
  }

  private click(event: MapBrowserEvent<PointerEvent>): void {
    const track = this.tracks.at(event.pixel);
    if (!this.measure.on) {
      this.select(track);
      return;
    }
    this.measure.set(track === null ? { at: [event.coordinate[0] ?? 0, event.coordinate[1] ?? 0] } : { track });
    this.redraw();
    this.store.changed();
  }

  private hover(event: MapBrowserEvent<PointerEvent>): void {
    if (event.dragging) return;
    this.map.getTargetElement().style.cursor = this.measure.on ? 'crosshair' : this.tracks.at(event.pixel) === null ? '' : 'pointer';
    if (!this.measure.on || this.measure.from === null || this.measure.to !== null) return;
    this.measure.pointer = [event.coordinate[0] ?? 0, event.coordinate[1] ?? 0];
    this.redraw();
    this.store.changed();
  }

  /** Whoever moves the map by hand wants to look elsewhere. */
  private release(): void {
    if (this.store.settings.follow === null) return;
    this.store.settings.follow = null;
    this.store.changed();
  }

  private fit(box: Box, maxZoom: number, padding: number): void {
    const room = Math.min(padding, (this.sight?.width ?? 800) / 5, (this.sight?.height ?? 800) / 5);
    this.view.cancelAnimations();
    this.view.fit(box, { maxZoom, padding: [room, room, room, room], duration: this.calm(250) });
  }

  /** Whoever asked for less motion gets none. */
  private calm(milliseconds: number): number {
    return window.matchMedia('(prefers-reduced-motion: reduce)').matches ? 0 : milliseconds;
  }
}

function around(boxes: Box[]): Box {
  return [
    Math.min(...boxes.map((box) => box[0])), Math.min(...boxes.map((box) => box[1])),
    Math.max(...boxes.map((box) => box[2])), Math.max(...boxes.map((box) => box[3])),
  ];
}

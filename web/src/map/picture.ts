// The whole map in one canvas: the sheet of what seldom changes, and over it tracks, figures and labels. Drawn ten times
// a second while tracks come in, and with each movement of the view.
import { language, t } from '../i18n/index.js';
import type { Store } from '../model/store.js';
import type { AlertState, TrackDescription } from '../model/types.js';
import { BaseMap } from './base.js';
import { CoveragePainter, paintRings, paintSensors, sensorLabels, sights, type SensorSight } from './coverage.js';
import { crossingLabels, impactLabels, paintAccuracy, paintCrossings, paintFan, paintImpacts } from './figures.js';
import { Rank } from './filter.js';
import { LabelBoard } from './labels.js';
import { type MapLabel, Order } from './mapLabel.js';
import type { Measure } from './measure.js';
import { areaOutline, type Outline } from './outline.js';
import { palettes, type Palette } from './palette.js';
import { Pen } from './pen.js';
import { Sheet, type Sight } from './sheet.js';
import { TrackPainter } from './trackPainter.js';
import { Tracks } from './tracks.js';
import { paintThings, paintZones, siteLabels, worstByZone, zoneLabels, zoneShapes, type ZoneShape } from './zones.js';

/** Ellipses of accuracy drawn at once, the most important first. */
const mostEllipses = 400;

export class Picture {
  readonly canvas = document.createElement('canvas');
  readonly tracks = new Tracks();
  readonly base: BaseMap;
  private readonly sheet = new Sheet((pen) => this.paintSheet(pen));
  private readonly board = new LabelBoard();
  private readonly coverage = new CoveragePainter();
  private readonly painter: TrackPainter;
  private palette: Palette;
  private ratio = 1;
  private home: Outline[] = [];
  private shapes: ZoneShape[] = [];
  private sensors: SensorSight[] = [];
  private threats = new Map<number, AlertState>();
  private falling: TrackDescription[] = [];
  private labels: MapLabel[] = [];
  private labelsAt = 0;
  private drawn: unknown[] = [];
  private crossings: unknown;

  constructor(private readonly store: Store, private readonly measure: Measure, changed: () => void) {
    this.palette = palettes[store.theme];
    this.ratio = window.devicePixelRatio || 1;
    this.painter = new TrackPainter(this.tracks, this.palette, this.ratio);
    this.base = new BaseMap(() => {
      this.spoil();
      changed();
    });
    this.canvas.className = 'tracks';
    // Figures run from left to right also where a browser knows no direction of a canvas's text.
    this.canvas.dir = 'ltr';
  }

  /** Where controls lie over the map, CSS pixels: no label is written below them. */
  covered: readonly { x: number; y: number; width: number; height: number }[] = [];

  /** Tiles of another source lie under the map: ours leaves the ground to them. */
  overTiles = false;

  use(): void {
    this.palette = palettes[this.store.theme];
    this.ratio = window.devicePixelRatio || 1;
    this.painter.use(this.palette, this.ratio);
    this.spoil();
  }

  /** All is painted anew at the next chance. */
  spoil(): void {
    this.drawn = [];
    this.sheet.spoil();
    this.labelsAt = 0;
  }

  /** Takes over what the boards say; true when something on the sheet is different. */
  update(): boolean {
    const { configuration, boards, settings } = this.store;
    if (!configuration) return false;
    const worst = worstByZone(boards.alerts ?? []);
    const states = [...worst].map((one) => one.join()).join(';');
    const sensors = boards.sensors?.map((row) => row.state).join() ?? '';
    const sirens = boards.sirens?.map((row) => row.state).join() ?? '';
    const unseen = this.store.unseen().map((row) => row.zone).join();
    const now = [configuration, states, sensors, sirens, unseen, JSON.stringify(settings.shown), settings.coverageHeight, language(), this.overTiles];
    this.threats = threatsOf(this.store);
    if (boards.crossings !== this.crossings) [this.crossings, this.labelsAt] = [boards.crossings, 0];
    if (now.length === this.drawn.length && now.every((value, i) => value === this.drawn[i])) return false;
    this.drawn = now;
    this.base.useDistricts(configuration.map?.districts?.address);
    this.home = configuration.borders.map((border) => areaOutline(border.home));
    this.shapes = zoneShapes(configuration.zones, worst, new Set(this.store.unseen().map((row) => row.zone)));
    this.sensors = sights(configuration.sensors, boards.sensors, settings.coverageHeight);
    this.labelsAt = 0;
    this.sheet.spoil();
    return true;
  }

  take(): void {
    const frame = this.store.frame;
    if (!frame) return;
    this.tracks.take(frame);
    this.falling = [];
    for (const track of this.store.descriptions.values()) if (track.impact && frame.id.includes(track.id)) this.falling.push(track);
  }

  draw(sight: Sight, moving: boolean): void {
    const context = this.canvas.getContext('2d');
    if (!context || sight.width < 1 || sight.height < 1) return;
    // The window may have been moved to a screen with other pixels.
    if ((window.devicePixelRatio || 1) !== this.ratio) this.use();
    const [wide, high] = [Math.round(sight.width * this.ratio), Math.round(sight.height * this.ratio)];
    if (this.canvas.width !== wide || this.canvas.height !== high) {
      this.canvas.width = wide;
      this.canvas.height = high;
    }
    context.setTransform(this.ratio, 0, 0, this.ratio, 0, 0);
    if (this.overTiles) context.clearRect(0, 0, sight.width, sight.height);
    this.sheet.lay(context, sight, this.ratio, moving);
    this.tracks.place(sight, { filter: this.store.settings.filter, isolate: this.store.settings.isolate, selected: this.store.selectedTrack, threats: this.threats });
    const pen = new Pen(context, sight.width, sight.height, sight.centre, sight.resolution);
    if (this.labelsAt !== pen.resolution) this.makeLabels(pen.resolution);
    for (const { at, dot, colour } of this.labels) if (dot !== undefined) this.dot(context, pen, at, dot, colour);
    this.figures(pen);
    context.globalAlpha = this.store.tracksLink === 'lost' ? 0.35 : 1;
    this.painter.draw(context, sight, this.store.settings);
    this.painter.marks(context, this.threats, this.store.selectedTrack);
    context.globalAlpha = 1;
    this.measure.paint(pen, this.palette, this.tracks);
    this.write(context, pen);
    this.canvas.dataset['drawn'] = String(this.tracks.inView);
    this.canvas.dataset['hidden'] = String(this.tracks.hidden);
  }

  /** What lies under the tracks and changes with them. */
  private figures(pen: Pen): void {
    const { settings, boards, descriptions, selectedTrack } = this.store;
    const { frame, order, inView, ranks } = this.tracks;
    if (settings.shown.crossings) paintCrossings(pen, this.palette, boards.crossings ?? [], this.store.now());
    paintImpacts(pen, this.palette, this.falling);
    if (!frame) return;
    if (settings.shown.exposure) {
      for (const id of new Set([...this.threats.keys(), ...(selectedTrack === null ? [] : [selectedTrack])])) {
        const [ahead, i] = [descriptions.get(id)?.ahead, this.tracks.rowOf(id)];
        if (ahead && i >= 0 && ranks[i] !== 255) paintFan(pen, this.palette, frame, i, ahead);
      }
    }
    // Those of what threatens or was chosen are always shown: how well it is known decides what is done.
    for (let k = inView - 1, left = mostEllipses; k >= 0 && left > 0; k--, left--) {
      const i = order[k] ?? 0;
      if (!settings.shown.ellipses && (ranks[i] ?? 0) > Rank.Threat) break;
      paintAccuracy(pen, this.palette.identity[frame.identity[i] ?? 0] ?? this.palette.text, frame, i);
    }
  }

  private paintSheet(pen: Pen): void {
    const { configuration, settings, boards } = this.store;
    const { shown } = settings;
    this.base.paint(pen, this.palette, settings, this.home, this.overTiles);
    if (!configuration) return;
    if (shown.coverage && boards.sensors) this.coverage.paint(pen, this.palette, this.sensors, this.home);
    if (shown.rings) paintRings(pen, this.palette, configuration.sensors);
    if (shown.zones) paintZones(pen, this.palette, this.shapes);
    // An alert is never switched off.
    else paintZones(pen, this.palette, this.shapes.filter((one) => one.state === 'Warning' || one.state === 'Watch'));
    paintThings(pen, this.palette, configuration, boards.sirens, shown);
    paintSensors(pen, this.palette, this.sensors);
  }

  private makeLabels(resolution: number): void {
    const { configuration, settings, boards } = this.store;
    this.labelsAt = resolution;
    const timeZone = configuration?.timeZone ?? 'UTC';
    const shapes = settings.shown.zones ? this.shapes : this.shapes.filter((one) => one.state === 'Warning' || one.state === 'Watch');
    this.labels = [
      ...zoneLabels(shapes, this.palette, resolution),
      ...sensorLabels(this.sensors, this.palette, settings),
      ...(settings.shown.crossings ? crossingLabels(boards.crossings ?? [], this.palette, timeZone, t('crossing')) : []),
      ...(configuration && settings.shown.sites ? siteLabels(configuration, this.palette, resolution) : []),
      ...this.base.labels(resolution, this.palette, settings),
    ].sort((one, other) => one.order - other.order);
  }

  /** All labels of the map on one board, by how much they matter: no two of them overlap. */
  private write(context: CanvasRenderingContext2D, pen: Pen): void {
    const { settings, descriptions } = this.store;
    const { board, painter } = this;
    const falling = impactLabels(this.falling, this.palette, this.store.configuration?.timeZone ?? 'UTC', pen.resolution);
    board.begin(context, pen.width, pen.height, settings.labelSize);
    for (const { x, y, width, height } of this.covered) board.block(x, y, width, height);
    painter.block(board);
    const measured = this.measure.label(pen, this.palette, this.tracks);
    if (measured) board.write(measured, this.palette.halo);
    let budget = TrackPainter.budget;
    let next = 0;
    const upTo = (order: Order): void => {
      for (; next < this.labels.length && (this.labels[next]?.order ?? 0) < order; next++) this.place(pen, this.labels[next]);
    };
    budget = painter.labels(board, settings, descriptions, Rank.Chosen, Rank.Threat, budget);
    upTo(Order.Watch);
    for (const label of falling) this.place(pen, label);
    budget = painter.labels(board, settings, descriptions, Rank.Silent, Rank.Silent, budget);
    upTo(Order.Ended);
    painter.labels(board, settings, descriptions, Rank.Spoken, Rank.Tentative, budget);
    upTo(Infinity as Order);
  }

  private place(pen: Pen, label: MapLabel | undefined): void {
    if (!label) return;
    const [x, y] = [pen.x(label.at[0]), pen.y(label.at[1])];
    if (x < -60 || y < -60 || x > pen.width + 60 || y > pen.height + 60) return;
    this.board.write({ ...label, x, y }, this.palette.halo);
  }

  private dot(context: CanvasRenderingContext2D, pen: Pen, at: [number, number], size: number, colour = this.palette.place): void {
    const [x, y] = [pen.x(at[0]), pen.y(at[1])];
    if (x < 0 || y < 0 || x > pen.width || y > pen.height) return;
    context.fillStyle = colour;
    context.fillRect(x - size / 2, y - size / 2, size, size);
  }
}

/** The tracks of alerts that are on, each with the gravest of them. */
function threatsOf({ boards }: Store): Map<number, AlertState> {
  const threats = new Map<number, AlertState>();
  for (const alert of boards.alerts ?? []) {
    if (alert.state !== 'Watch' && alert.state !== 'Warning') continue;
    for (const track of alert.tracks) if (threats.get(track) !== 'Warning') threats.set(track, alert.state);
  }
  return threats;
}

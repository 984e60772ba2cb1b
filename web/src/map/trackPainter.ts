import { metres, speed, trackNumber } from '../format.js';
import type { AlertState, TrackDescription } from '../model/types.js';
import { depthOf, mostLabels } from './depth.js';
import { Field, pixelOf } from './field.js';
import { Rank } from './filter.js';
import type { LabelBoard, LabelLine } from './labels.js';
import { font } from './mapLabel.js';
import { stretchAt } from './mercator.js';
import type { Palette } from './palette.js';
import type { MapSettings } from './settings.js';
import { Sprites } from './sprites.js';
import type { Sight } from './sheet.js';
import { Trails } from './trails.js';
import type { Tracks } from './tracks.js';

const degree = Math.PI / 180;
const coasting = 2;
/** Of more tracks than these all marks are set pixel by pixel. */
const fewSymbols = 300;
/** Of more than these, symbols are smaller but those that matter most. */
const manySymbols = 1500;
/** Dots of trails drawn at once: what matters most has all of its trail, the others share what is left. */
const mostDots = 14_000;
/** Pixels of lines ahead drawn at once; beyond, those of tracks that say who they are go first. */
const mostVectorPixels = 90_000;
/** Symbols keep labels away only while there are few: in a crowd there would be no room at all. */
const fewBlocks = 1200;

/** Trails, lines ahead, symbols and labels of all tracks, each within a budget that 10,000 do not break. */
export class TrackPainter {
  private readonly field = new Field();
  private sprites: Sprites;
  private colours: number[];

  constructor(private readonly tracks: Tracks, private palette: Palette, ratio: number) {
    this.sprites = new Sprites(palette, ratio);
    this.colours = palette.identity.map(pixelOf);
  }

  use(palette: Palette, ratio: number): void {
    this.palette = palette;
    this.sprites = new Sprites(palette, ratio);
    this.colours = palette.identity.map(pixelOf);
  }

  /** Trails, lines ahead and symbols. */
  draw(context: CanvasRenderingContext2D, sight: Sight, settings: MapSettings): void {
    const crowded = this.tracks.inView > fewSymbols;
    if (crowded) this.field.clear(context.canvas.width, context.canvas.height);
    if (settings.shown.trails) this.trails(context, sight, crowded);
    if (settings.vectorMinutes > 0) this.vectors(context, sight.resolution, settings.vectorMinutes, crowded);
    this.symbols(context, crowded);
    if (crowded) this.field.lay(context);
  }

  private trails(context: CanvasRenderingContext2D, { centre, resolution, width, height }: Sight, crowded: boolean): void {
    const { frame, order, inView, ranks, trails } = this.tracks;
    if (!frame) return;
    const alpha = context.globalAlpha;
    const { field, colours, sprites: { ratio } } = this;
    let matter = 0;
    for (let k = 0; k < inView; k++) if ((ranks[order[k] ?? 0] ?? 0) <= Rank.Silent) matter++;
    const many = matter === 0 ? 0 : Math.min(Trails.points, Math.max(3, Math.floor(mostDots / matter)));
    const others = inView - matter;
    const share = others === 0 ? 0 : Math.min(Trails.points, Math.floor(Math.max(0, mostDots - matter * many) / others));
    for (let k = 0; k < inView; k++) {
      const i = order[k] ?? 0;
      const matters = (ranks[i] ?? 0) <= Rank.Silent;
      const dots = matters ? many : share;
      if (dots === 0) continue;
      const identity = Math.min(2, frame.identity[i] ?? 0);
      context.fillStyle = this.palette.identity[identity] ?? this.palette.text;
      trails.each(frame.id[i] ?? -1, dots, (east, north, steps) => {
        const opacity = (matters ? 0.85 : 0.5) * (1 - steps / Trails.points);
        const [x, y] = [(east - centre[0]) / resolution + width / 2, (centre[1] - north) / resolution + height / 2];
        if (crowded) field.dot(x * ratio, y * ratio, 2, colours[identity] ?? 0, Math.round(opacity * 255));
        else {
          context.globalAlpha = alpha * opacity;
          context.fillRect(x - 1, y - 1, 2, 2);
        }
      });
    }
    context.globalAlpha = alpha;
  }

  /** A line to where the track will be in so many minutes: in one path for each identity, or pixel by pixel. */
  private vectors(context: CanvasRenderingContext2D, resolution: number, minutes: number, crowded: boolean): void {
    const { frame, order, inView, ranks, px, py } = this.tracks;
    if (!frame) return;
    const { field, colours, sprites: { ratio } } = this;
    let budget = mostVectorPixels;
    const paths = [new Path2D(), new Path2D(), new Path2D()];
    // The most important first: when the budget is spent, it is spent on them.
    for (let k = inView - 1; k >= 0; k--) {
      const i = order[k] ?? 0;
      if (budget < 0 && (ranks[i] ?? 0) > Rank.Silent) break;
      // Metres on the ground are longer on this map away from the equator.
      const length = ((frame.speed[i] ?? 0) * minutes * 60 * stretchAt(frame.latitude[i] ?? 0)) / resolution;
      budget -= length;
      const course = (frame.course[i] ?? 0) * degree;
      const [x, y] = [px[i] ?? 0, py[i] ?? 0];
      const [toX, toY] = [x + Math.sin(course) * length, y - Math.cos(course) * length];
      const identity = Math.min(2, frame.identity[i] ?? 0);
      if (crowded) field.line(x * ratio, y * ratio, toX * ratio, toY * ratio, colours[identity] ?? 0);
      else {
        paths[identity]?.moveTo(x, y);
        paths[identity]?.lineTo(toX, toY);
      }
    }
    if (crowded) return;
    context.setLineDash([]);
    paths.forEach((path, identity) => {
      context.lineWidth = identity === 0 ? 1.8 : 1.2;
      context.strokeStyle = this.palette.identity[identity] ?? this.palette.text;
      context.stroke(path);
    });
  }

  private symbols(context: CanvasRenderingContext2D, crowded: boolean): void {
    const { frame, order, inView, px, py, ranks } = this.tracks;
    if (!frame) return;
    const { field, sprites } = this;
    const small = inView > manySymbols;
    const { side, ratio } = sprites;
    const half = side / 2;
    for (let k = 0; k < inView; k++) {
      const i = order[k] as number;
      const [identity, status] = [frame.identity[i] as number, frame.status[i] as number];
      if (!crowded) sprites.stamp(context, identity, status, px[i] as number, py[i] as number);
      else field.stamp(sprites.ink(identity, status, small && (ranks[i] as number) > Rank.Threat), side, Math.round((px[i] as number) * ratio - half), Math.round((py[i] as number) * ratio - half));
    }
  }

  /** Corners around what puts a zone at risk, a ring around what was chosen: shapes, not only colours. */
  marks(context: CanvasRenderingContext2D, threats: ReadonlyMap<number, AlertState>, selected: number | null): void {
    const { frame, order, inView, px, py, ranks } = this.tracks;
    if (!frame) return;
    context.setLineDash([]);
    for (let k = inView - 1; k >= 0 && (ranks[order[k] ?? 0] ?? 0) <= Rank.Threat; k--) {
      const i = order[k] ?? 0;
      const id = frame.id[i] ?? 0;
      const [x, y, state] = [px[i] ?? 0, py[i] ?? 0, threats.get(id)];
      if (state) corners(context, x, y, 12, this.palette.alert[state], this.palette.halo);
      if (id !== selected) continue;
      for (const [colour, width] of [[this.palette.halo, 5], [this.palette.text, 2]] as const) {
        context.beginPath();
        context.arc(x, y, state ? 19 : 14, 0, Math.PI * 2);
        context.strokeStyle = colour;
        context.lineWidth = width;
        context.stroke();
      }
    }
  }

  /** Keeps labels off the symbols: off all of them while they are few, else off those that matter. */
  block(board: LabelBoard): void {
    const { order, inView, px, py, ranks } = this.tracks;
    for (let k = inView - 1; k >= 0; k--) {
      const i = order[k] ?? 0;
      if (inView > fewBlocks && (ranks[i] ?? 0) > Rank.Threat) break;
      board.block((px[i] ?? 0) - 7, (py[i] ?? 0) - 7, 14, 14);
    }
  }

  /** Labels of the ranks from one to another; how many may still be written afterwards. */
  labels(board: LabelBoard, settings: MapSettings, descriptions: ReadonlyMap<number, TrackDescription>, first: Rank, last: Rank, budget: number): number {
    const { frame, order, inView, px, py, ranks, counts } = this.tracks;
    if (!frame) return budget;
    for (let k = inView - 1; k >= 0 && budget > 0; k--) {
      const i = order[k] ?? 0;
      const rank = ranks[i] ?? 0;
      if (rank < first) continue;
      if (rank > last) break;
      const depth = depthOf(rank, settings.labels, counts[Rank.Silent] ?? 0, inView);
      if (depth === 'none') continue;
      const lines = this.lines(i, descriptions);
      const short = lines.slice(0, 1);
      const written = board.write({
        key: `T${frame.id[i] ?? 0}`, x: px[i] ?? 0, y: py[i] ?? 0, gap: rank <= Rank.Threat ? 17 : 11, stand: 'beside',
        lines: depth === 'full' ? lines : short, fewer: short, must: rank === Rank.Chosen, matters: rank <= Rank.Threat, plate: rank <= Rank.Threat,
      }, this.palette.halo);
      if (written) budget--;
    }
    return budget;
  }

  private lines(i: number, descriptions: ReadonlyMap<number, TrackDescription>): LabelLine[] {
    const { frame } = this.tracks;
    if (!frame) return [];
    const id = frame.id[i] ?? 0;
    const said = descriptions.get(id);
    const climb = frame.climb[i] ?? NaN;
    const own = said?.callsign ?? (said?.mode3A ? `A${said.mode3A}` : '');
    const silent = frame.identity[i] === 0;
    const height = metres(frame.height[i] ?? NaN);
    return [
      {
        text: `${trackNumber(id)}${own ? ` ${own}` : ''}${frame.status[i] === coasting ? ' ?' : ''}`, font: font(silent ? 700 : 600, silent ? 12.5 : 11.5),
        colour: this.palette.identity[frame.identity[i] ?? 0] ?? this.palette.text, high: 15,
      },
      {
        text: `${height}${climb > 2 ? ' ↑' : climb < -2 ? ' ↓' : ''}  ${speed(frame.speed[i] ?? NaN)}`, font: font(silent ? 600 : 400, 11),
        colour: silent ? this.palette.text : this.palette.dim, high: 14,
      },
    ];
  }

  static readonly budget = mostLabels;
}

function corners(context: CanvasRenderingContext2D, x: number, y: number, half: number, colour: string, halo: string): void {
  context.beginPath();
  for (const [across, down] of [[1, 1], [1, -1], [-1, 1], [-1, -1]] as const) {
    context.moveTo(x + across * half, y + down * (half - 6));
    context.lineTo(x + across * half, y + down * half);
    context.lineTo(x + across * (half - 6), y + down * half);
  }
  for (const [style, width] of [[halo, 5], [colour, 2.6]] as const) {
    context.strokeStyle = style;
    context.lineWidth = width;
    context.stroke();
  }
}

// What moves or passes with the tracks: crossings, where falling tracks come down, which ways threatening ones may go.
import { clock, trackNumber } from '../format.js';
import type { BorderCrossed, TrackDescription, TrackImpact } from '../model/types.js';
import type { TrackFrame } from '../net/frame.js';
import { font, type MapLabel, Order } from './mapLabel.js';
import { toMap } from './mercator.js';
import { ellipseAround, fanFrom, type Outline } from './outline.js';
import type { Palette } from './palette.js';
import type { Pen } from './pen.js';

/** Crossings named with their time, the newest; older ones are a mark without words, and more than these none at all. */
const named = 12;
const marked = 60;
/** A crossing is the newer the bolder, for so many minutes. */
const freshMinutes = 15;
/** 95 % of a distribution in two dimensions lies within so many sigmas. */
export const sigmas95 = 2.4477;

const impacts = new WeakMap<TrackImpact, Outline>();

/** The ellipse that holds 95 % of where it may come down. */
export function impactOutline(impact: TrackImpact): Outline {
  let outline = impacts.get(impact);
  if (!outline) impacts.set(impact, (outline = ellipseAround(impact, impact.semiMajorMetres, impact.semiMinorMetres, impact.bearingDegrees)));
  return outline;
}

export function paintImpacts(pen: Pen, palette: Palette, falling: readonly TrackDescription[]): void {
  for (const { impact } of falling) {
    if (!impact) continue;
    const outline = impactOutline(impact);
    if (!pen.sees(outline, 8)) continue;
    pen.fill(outline, `${palette.crossing}2c`);
    pen.stroke(outline, palette.halo, 4.5);
    pen.stroke(outline, palette.crossing, 2, [7, 4]);
    const [x, y] = toMap(impact);
    cross(pen, pen.x(x), pen.y(y), 4, palette.crossing);
  }
}

export function impactLabels(falling: readonly TrackDescription[], palette: Palette, timeZone: string, resolution: number): MapLabel[] {
  return falling.flatMap(({ id, impact }): MapLabel[] => {
    if (!impact) return [];
    const { box } = impactOutline(impact);
    return [{
      at: toMap(impact), order: Order.Impact, key: `I${id}`, matters: true, must: true, plate: true, stand: 'around', gap: Math.min(70, (box[3] - box[1]) / resolution / 2) + 5,
      lines: [{
        text: `${trackNumber(id)}  ${clock(Date.parse(impact.earliest), timeZone)}–${clock(Date.parse(impact.latest), timeZone)}`,
        font: font(700, 12), colour: palette.crossing, high: 16,
      }],
    }];
  });
}

/** Half of the ways it may go on lie in the inner fan, nine tenths in the outer one. */
export function paintFan(pen: Pen, palette: Palette, frame: TrackFrame, i: number, ahead: NonNullable<TrackDescription['ahead']>): void {
  const from = { latitudeDegrees: frame.latitude[i] ?? 0, longitudeDegrees: frame.longitude[i] ?? 0 };
  const metres = (frame.speed[i] ?? 0) * ahead.seconds;
  const outer = fanFrom(from, ahead.courseDegrees, ahead.mostDegrees, metres);
  if (!pen.sees(outer)) return;
  pen.fill(outer, `${palette.exposure}1c`);
  pen.stroke(outer, `${palette.exposure}70`, 1, [3, 4]);
  const inner = fanFrom(from, ahead.courseDegrees, ahead.halfDegrees, metres);
  pen.fill(inner, `${palette.exposure}34`);
  pen.stroke(inner, `${palette.exposure}b0`, 1.2);
}

/** The ellipse that holds the true place with 95 %. */
export function paintAccuracy(pen: Pen, colour: string, frame: TrackFrame, i: number): void {
  const from = { latitudeDegrees: frame.latitude[i] ?? 0, longitudeDegrees: frame.longitude[i] ?? 0 };
  const outline = ellipseAround(from, sigmas95 * (frame.accuracy[i] ?? 0), sigmas95 * (frame.accuracyAcross[i] ?? 0), frame.accuracyBearing[i] ?? 0);
  if (pen.sees(outline)) pen.stroke(outline, `${colour}c0`, 1);
}

/** A cross where a border was crossed, with a stroke towards the side it went to. */
export function paintCrossings(pen: Pen, palette: Palette, crossings: readonly BorderCrossed[], now: number): void {
  const alpha = pen.context.globalAlpha;
  for (const crossing of crossings.slice(-marked)) {
    const [east, north] = toMap(crossing.point);
    const minutes = (now - Date.parse(crossing.time)) / 60_000;
    pen.context.globalAlpha = alpha * (minutes < freshMinutes ? 1 : 0.55);
    const silent = crossing.identity.kind === 'NonCooperative';
    cross(pen, pen.x(east), pen.y(north), silent ? 6.5 : 4, silent ? palette.identity[0] : palette.crossing);
  }
  pen.context.globalAlpha = alpha;
}

export function crossingLabels(crossings: readonly BorderCrossed[], palette: Palette, timeZone: string, word: string): MapLabel[] {
  return crossings.slice(-named).reverse().map((crossing, age) => {
    const silent = crossing.identity.kind === 'NonCooperative';
    const colour = silent ? palette.identity[0] : palette.dim;
    const time = clock(Date.parse(crossing.time), timeZone);
    const line = (text: string) => [{ text, font: font(silent ? 700 : 400, silent ? 12 : 11), colour, high: 15 }];
    return {
      at: toMap(crossing.point), order: Order.Crossing + (silent ? 0 : 5) + age / 100, key: `C${crossing.crossing}`, stand: 'around', gap: 8,
      lines: line(silent ? `${word} ${trackNumber(crossing.track)} ${time}` : `${word} ${time}`), fewer: line(time),
    };
  });
}

function cross({ context }: Pen, x: number, y: number, half: number, colour: string): void {
  for (const [style, width] of [['#00000090', 4], [colour, 1.8]] as const) {
    context.beginPath();
    context.moveTo(x - half, y - half);
    context.lineTo(x + half, y + half);
    context.moveTo(x + half, y - half);
    context.lineTo(x - half, y + half);
    context.strokeStyle = style;
    context.lineWidth = width;
    context.stroke();
  }
}

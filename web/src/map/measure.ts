// Distance, direction and time between two points; either may be a track, which moves.
import { grouped, span } from '../format.js';
import { destination, inverse } from './geodesy.js';
import type { Label } from './labels.js';
import { font } from './mapLabel.js';
import { fromMap, toMap } from './mercator.js';
import type { Palette } from './palette.js';
import type { Pen } from './pen.js';
import type { Tracks } from './tracks.js';

export type End = { track: number } | { at: [number, number] };
export interface Measured { metres: number; bearingDegrees: number; back: number; speed: number; seconds: number; ofTrack: number | null }

const steps = 24;
/** Slower than this no time is worth telling, m/s. */
const slowest = 1;

export class Measure {
  on = false;
  from: End | null = null;
  to: End | null = null;
  /** Follows the pointer, or the middle of the window, until the second point is set. */
  pointer: [number, number] | null = null;
  /** Metres a second by which time is told when neither end is a track. */
  assumedSpeed = 250;

  start(from: End | null): void {
    [this.on, this.from, this.to, this.pointer] = [true, from, null, null];
  }

  stop(): void {
    [this.on, this.from, this.to, this.pointer] = [false, null, null, null];
  }

  /** Sets the first point, then the second; a third begins anew. */
  set(end: End): void {
    if (this.from === null || this.to !== null) [this.from, this.to, this.pointer] = [end, null, null];
    else this.to = end;
  }

  result(tracks: Tracks): Measured | null {
    const ends = this.ends(tracks);
    if (!ends) return null;
    const [a, b] = [fromMap(ends[0]), fromMap(ends[1])];
    const there = inverse(a, b);
    const ofTrack = this.from && 'track' in this.from ? this.from.track : this.to && 'track' in this.to ? this.to.track : null;
    const row = ofTrack === null ? -1 : tracks.rowOf(ofTrack);
    const speed = row >= 0 ? tracks.frame?.speed[row] ?? 0 : this.assumedSpeed;
    return { ...there, back: inverse(b, a).bearingDegrees, speed, seconds: speed > slowest ? there.metres / speed : NaN, ofTrack };
  }

  paint(pen: Pen, palette: Palette, tracks: Tracks): void {
    const ends = this.on ? this.ends(tracks) : null;
    if (!ends) return;
    const { context } = pen;
    const start = fromMap(ends[0]);
    const { metres, bearingDegrees } = inverse(start, fromMap(ends[1]));
    for (const [colour, width, dash] of [[palette.halo, 5, []], [palette.measure, 2, [7, 4]]] as const) {
      context.beginPath();
      for (let k = 0; k <= steps; k++) {
        // The last stretch ends at the point itself, whatever sphere and ellipsoid make of it.
        const [x, y] = k === steps ? ends[1] : toMap(destination(start, bearingDegrees, (metres * k) / steps));
        if (k === 0) context.moveTo(pen.x(ends[0][0]), pen.y(ends[0][1]));
        else context.lineTo(pen.x(x), pen.y(y));
      }
      context.strokeStyle = colour;
      context.lineWidth = width;
      context.setLineDash([...dash]);
      context.stroke();
    }
    context.setLineDash([]);
    for (const [x, y] of ends) {
      context.beginPath();
      context.arc(pen.x(x), pen.y(y), 4, 0, Math.PI * 2);
      context.fillStyle = palette.measure;
      context.fill();
    }
  }

  label(pen: Pen, palette: Palette, tracks: Tracks): Label | null {
    const ends = this.on ? this.ends(tracks) : null;
    const result = this.on ? this.result(tracks) : null;
    if (!ends || !result) return null;
    const line = (text: string) => ({ text, font: font(700, 13), colour: palette.measure, high: 17 });
    return {
      x: pen.x(ends[1][0]), y: pen.y(ends[1][1]), gap: 10, stand: 'beside', must: true,
      lines: [line(`${kilometres(result.metres)}  ${degrees(result.bearingDegrees)}`), ...(Number.isFinite(result.seconds) ? [line(span(result.seconds))] : [])],
    };
  }

  private ends(tracks: Tracks): [[number, number], [number, number]] | null {
    const a = this.placeOf(this.from, tracks);
    const b = this.to ? this.placeOf(this.to, tracks) : this.pointer;
    return a && b ? [a, b] : null;
  }

  private placeOf(end: End | null, tracks: Tracks): [number, number] | null {
    return end === null ? null : 'at' in end ? end.at : tracks.positionOf(end.track);
  }
}

/** "840 m", "12.4 km", "214 km". */
export function kilometres(metres: number): string {
  if (metres < 1000) return `${grouped(Math.round(metres / 10) * 10)} m`;
  return metres < 100_000 ? `${(metres / 1000).toFixed(1)} km` : `${grouped(metres / 1000)} km`;
}

export const degrees = (bearing: number): string => `${String(Math.round(bearing) % 360).padStart(3, '0')}°`;

import { LabelRoom } from './labelRoom.js';

export interface LabelLine { text: string; font: string; colour: string; high: number }

/** How a label may stand to its point: beside it with a line to it, above or below it, or on it. */
export type Stand = 'beside' | 'around' | 'on';

export interface Label {
  /** The same label again, so that it stays where it stood; labels without one may move. */
  key?: string;
  /** Pixels. */
  x: number; y: number;
  /** How far from the point it keeps. */
  gap: number;
  stand: Stand;
  lines: LabelLine[];
  /** Sought room for further out, with a line to its point. */
  matters?: boolean;
  /** Shown even where there is no room at all. */
  must?: boolean;
  /** Instead, where there is no room for all its lines. */
  fewer?: LabelLine[];
  opacity?: number;
  /** Written on a plate, so that it is read over any crowd. */
  plate?: boolean;
}

/** Direction of a label from its point, across and down, and how many pixels further away than its gap. */
type Spot = readonly [number, number, number];
const near: readonly Spot[] = [[1, -1, 0], [1, 1, 0], [-1, -1, 0], [-1, 1, 0], [1, 0, 0], [-1, 0, 0], [0, -1, 0], [0, 1, 0]];
const further = (pixels: number): Spot[] => near.map(([across, down]) => [across, down, pixels] as const);
const spots: Record<Stand, readonly Spot[]> = {
  beside: [...near, ...further(24)],
  around: [[0, -1, 0], [0, 1, 0], [1, 0, 0], [-1, 0, 0], ...near.slice(0, 4)],
  on: [[0, 0, 0]],
};
/** Where else what must be read may stand, with a line to its point. */
const outskirts: readonly Spot[] = [...further(34), ...further(70), ...further(110)];
/** A line with such letters reads from right to left as a whole; figures and Latin names alone never do. */
const rightToLeft = /[\u0590-\u08ff]/;
export const directionOf = (text: string): 'rtl' | 'ltr' => (rightToLeft.test(text) ? 'rtl' : 'ltr');
const mostMeasured = 6000;
const mostRemembered = 6000;
/** Every so many drawings. */
const comesBack = 20;

/** Writes labels in the order they are given, each where it hides none before it. One board for all of the map. */
export class LabelBoard {
  private readonly room = new LabelRoom();
  private readonly widths = new Map<string, number>();
  private readonly stood = new Map<string, number>();
  private context: CanvasRenderingContext2D | null = null;
  private round = 0;
  private scale = 1;

  /** @param scale How large all labels are written. */
  begin(context: CanvasRenderingContext2D, width: number, height: number, scale = 1): void {
    this.scale = scale;
    this.context = context;
    this.round++;
    this.room.clear(width, height);
    context.textBaseline = 'top';
    context.lineJoin = 'round';
    context.setLineDash([]);
  }

  /** Keeps labels away from a box. */
  block(x: number, y: number, wide: number, high: number): void {
    this.room.take(x, y, wide, high);
  }

  /** Where the label was written; null where there was no room. */
  write(label: Label, halo: string): [number, number] | null {
    return this.put(label, label.lines, halo, false)
      ?? (label.fewer ? this.put(label, label.fewer, halo, false) : null)
      ?? (label.must ? this.put(label, label.fewer ?? label.lines, halo, true) : null);
  }

  private put(label: Label, lines: LabelLine[], halo: string, must: boolean): [number, number] | null {
    const context = this.context;
    if (!context || lines.length === 0) return null;
    let [wide, high] = [0, 0];
    for (const line of lines) {
      wide = Math.max(wide, this.widthOf(line) * this.scale);
      high += line.high * this.scale;
    }
    const choices = label.matters ? [...spots[label.stand], ...outskirts] : spots[label.stand];
    const key = label.key === undefined ? undefined : `${label.stand}${label.key}`;
    const before = key === undefined ? undefined : this.stood.get(key);
    // It stays where it stood, so that it can be read; from further out it looks for room nearer by now and then.
    const stays = before !== undefined && ((choices[before]?.[2] ?? 0) === 0 || this.round % comesBack !== 0);
    let found = stays && this.fits(label, choices[before], wide, high) ? before : -1;
    for (let k = 0; found < 0 && k < choices.length; k++) if (this.fits(label, choices[k], wide, high)) found = k;
    if (found < 0) {
      if (!must) return null;
      found = 0;
    }
    if (key !== undefined) {
      if (this.stood.size > mostRemembered) this.stood.clear();
      this.stood.set(key, found);
    }
    const [left, top] = cornerOf(label, choices[found] ?? [0, 0, 0], wide, high);
    this.room.take(left - 1, top - 1, wide + 2, high + 2);
    this.ink(context, label, lines, left, top, wide, halo, (choices[found]?.[2] ?? 0) > 0);
    return [left, top];
  }

  private fits(label: Label, spot: Spot | undefined, wide: number, high: number): boolean {
    if (!spot) return false;
    const [left, top] = cornerOf(label, spot, wide, high);
    return this.room.isFree(left, top, wide, high);
  }

  private ink(context: CanvasRenderingContext2D, label: Label, lines: LabelLine[], left: number, top: number, wide: number, halo: string, far: boolean): void {
    const before = context.globalAlpha;
    context.globalAlpha = before * (label.opacity ?? 1);
    const right = left + wide / 2 < label.x;
    if (far) {
      context.strokeStyle = lines[0]?.colour ?? halo;
      context.lineWidth = 1;
      context.beginPath();
      context.moveTo(label.x, label.y);
      context.lineTo(right ? left + wide : left, top + ((lines[0]?.high ?? 0) * this.scale) / 2);
      context.stroke();
    }
    if (label.plate) {
      const high = lines.reduce((sum, line) => sum + line.high, 0) * this.scale;
      context.fillStyle = `${halo}c8`;
      context.fillRect(left - 3, top - 1, wide + 6, high + 2);
    }
    context.lineWidth = 3;
    context.strokeStyle = halo;
    // One line reads from left to right or right to left by itself; where it stands is ours to say.
    const aside = label.stand === 'beside' || far;
    context.textAlign = aside ? (right ? 'right' : 'left') : 'center';
    context.save();
    context.translate(aside ? (right ? left + wide : left) : left + wide / 2, top);
    context.scale(this.scale, this.scale);
    let y = 0;
    for (const line of lines) {
      context.font = line.font;
      context.direction = directionOf(line.text);
      context.fillStyle = line.colour;
      context.strokeText(line.text, 0, y);
      context.fillText(line.text, 0, y);
      y += line.high;
    }
    context.restore();
    context.globalAlpha = before;
  }

  private widthOf(line: LabelLine): number {
    const key = `${line.font}\n${line.text}`;
    const known = this.widths.get(key);
    if (known !== undefined) return known;
    if (this.widths.size > mostMeasured) this.widths.clear();
    if (this.context) this.context.font = line.font;
    const wide = this.context?.measureText(line.text).width ?? 0;
    this.widths.set(key, wide);
    return wide;
  }
}

function cornerOf({ x, y, gap, stand }: Label, [across, down, far]: Spot, wide: number, high: number): [number, number] {
  if (stand === 'on' && far === 0) return [x - wide / 2, y - high / 2];
  // On a diagonal a corner of the box is nearest to the point: as far as a side would be.
  const diagonal = across !== 0 && down !== 0;
  const [aside, above] = [(gap + far) * (diagonal ? 0.8 : 1), (gap + far) * (diagonal ? (far > 0 ? 0.6 : 0.35) : 1)];
  return [
    across > 0 ? x + aside : across < 0 ? x - aside - wide : x - wide / 2,
    down > 0 ? y + above : down < 0 ? y - above - high : y - high / 2,
  ];
}

import type { Outline } from './outline.js';

/** Draws figures of the map's plane into a canvas: a place of the plane at the canvas's middle, metres a pixel. */
export class Pen {
  constructor(
    readonly context: CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D,
    readonly width: number, readonly height: number,
    private readonly centre: readonly [number, number], readonly resolution: number,
  ) {}

  /** The same view on another canvas of the same size. */
  on(context: Pen['context']): Pen {
    return new Pen(context, this.width, this.height, this.centre, this.resolution);
  }

  x(east: number): number {
    return (east - this.centre[0]) / this.resolution + this.width / 2;
  }

  y(north: number): number {
    return (this.centre[1] - north) / this.resolution + this.height / 2;
  }

  sees({ box: [west, south, east, north] }: Outline, beyond = 0): boolean {
    return this.x(east) > -beyond && this.x(west) < this.width + beyond && this.y(south) > -beyond && this.y(north) < this.height + beyond;
  }

  /** Puts the outline into the path that is open. Points nearer than half a pixel to the last one are passed over. */
  trace({ rings }: Outline): void {
    const { context } = this;
    for (const ring of rings) {
      let [lastX, lastY] = [0, 0];
      for (let i = 0; i < ring.length; i += 2) {
        const [x, y] = [this.x(ring[i] ?? 0), this.y(ring[i + 1] ?? 0)];
        if (i === 0) context.moveTo(x, y);
        else if (Math.abs(x - lastX) + Math.abs(y - lastY) < 0.7) continue;
        else context.lineTo(x, y);
        [lastX, lastY] = [x, y];
      }
      context.closePath();
    }
  }

  fill(outline: Outline, style: string | CanvasPattern): void {
    this.context.beginPath();
    this.trace(outline);
    this.context.fillStyle = style;
    this.context.fill('evenodd');
  }

  stroke(outline: Outline, style: string, width: number, dash: number[] = []): void {
    const { context } = this;
    context.beginPath();
    this.trace(outline);
    context.strokeStyle = style;
    context.lineWidth = width;
    context.lineJoin = 'round';
    context.setLineDash(dash);
    context.stroke();
    context.setLineDash([]);
  }
}

const patterns = new Map<string, CanvasPattern | string>();

/** Diagonal stripes of a colour, for what is not seen. */
export function hatch(colour: string, opacity: string, step = 9, leaning: 1 | -1 = 1): CanvasPattern | string {
  const key = `${colour}${opacity} ${step} ${leaning}`;
  const known = patterns.get(key);
  if (known) return known;
  const tile = document.createElement('canvas');
  tile.width = tile.height = step;
  const context = tile.getContext('2d');
  if (!context) return `${colour}22`;
  context.strokeStyle = `${colour}${opacity}`;
  context.lineWidth = 1.2;
  context.beginPath();
  for (const shift of [-step, 0, step]) {
    context.moveTo(leaning > 0 ? shift : shift + step, step);
    context.lineTo(leaning > 0 ? shift + step : shift, 0);
  }
  context.stroke();
  const pattern = context.createPattern(tile, 'repeat') ?? `${colour}22`;
  patterns.set(key, pattern);
  return pattern;
}

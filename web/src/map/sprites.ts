import type { Palette } from './palette.js';

/** Half the side of a sprite, CSS pixels. */
export const spriteRadius = 11;
const identities = 3;
const statuses = 3;

/**
 * Every symbol a track can have, drawn once. Identity gives colour and shape (diamond, square, circle); status gives the
 * line (tentative hollow, confirmed filled, coasting dashed). Copied as pixels where there are many: that takes a fifth
 * of the time that a browser without a graphics card needs to draw them as pictures.
 */
export class Sprites {
  readonly canvas = document.createElement('canvas');
  readonly side: number;
  private readonly pixels: Uint32Array[] = [];
  private readonly field: OffscreenCanvas = new OffscreenCanvas(1, 1);
  private image: ImageData | null = null;

  constructor(palette: Palette, readonly ratio: number) {
    this.side = Math.round(spriteRadius * 2 * ratio);
    this.canvas.width = this.side * identities;
    this.canvas.height = this.side * statuses;
    const context = this.canvas.getContext('2d', { willReadFrequently: true });
    if (!context) throw new Error('this browser has no canvas');
    for (let status = 0; status < statuses; status++) {
      for (let identity = 0; identity < identities; identity++) {
        context.setTransform(ratio, 0, 0, ratio, (identity + 0.5) * this.side, (status + 0.5) * this.side);
        draw(context, identity, status, palette);
        this.pixels.push(new Uint32Array(context.getImageData(identity * this.side, status * this.side, this.side, this.side).data.buffer));
      }
    }
  }

  /** One symbol as a picture: smooth, for few. */
  stamp(context: CanvasRenderingContext2D, identity: number, status: number, x: number, y: number): void {
    context.drawImage(this.canvas, identity * this.side, status * this.side, this.side, this.side,
      x - spriteRadius, y - spriteRadius, spriteRadius * 2, spriteRadius * 2);
  }

  /** Begins a field of many symbols as large as a canvas. */
  clear(width: number, height: number): void {
    if (this.image?.width === width && this.image.height === height) {
      new Uint32Array(this.image.data.buffer).fill(0);
      return;
    }
    this.field.width = width;
    this.field.height = height;
    this.image = new ImageData(width, height);
  }

  /** Copies symbols into the field, the first of them below the others. Positions in CSS pixels. */
  scatter(which: ArrayLike<number>, count: number, identity: Uint8Array, status: Uint8Array, x: Float32Array, y: Float32Array): void {
    if (!this.image) return;
    const { width, height } = this.image;
    const [into, { side, ratio }, half] = [new Uint32Array(this.image.data.buffer), this, this.side / 2];
    for (let k = 0; k < count; k++) {
      const i = which[k] ?? 0;
      const from = this.pixels[Math.min(2, status[i] ?? 0) * identities + Math.min(2, identity[i] ?? 0)];
      if (!from) continue;
      const [left, top] = [Math.round((x[i] ?? 0) * ratio - half), Math.round((y[i] ?? 0) * ratio - half)];
      const [first, last] = [Math.max(0, -left), Math.min(side, width - left)];
      for (let row = Math.max(0, -top), end = Math.min(side, height - top); row < end; row++) {
        let to = (top + row) * width + left + first;
        for (let at = row * side + first, stop = row * side + last; at < stop; at++, to++) {
          const pixel = from[at] as number;
          if (pixel >>> 24 > 40) into[to] = pixel;
        }
      }
    }
  }

  /** Lays the field over a canvas of the same size. */
  lay(context: CanvasRenderingContext2D): void {
    if (!this.image) return;
    this.field.getContext('2d', { willReadFrequently: true })?.putImageData(this.image, 0, 0);
    context.save();
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.drawImage(this.field, 0, 0);
    context.restore();
  }
}

function draw(context: CanvasRenderingContext2D, identity: number, status: number, palette: Palette): void {
  const colour = palette.identity[identity] ?? palette.text;
  context.beginPath();
  if (identity === 0) {
    context.moveTo(0, -7.6);
    context.lineTo(7.6, 0);
    context.lineTo(0, 7.6);
    context.lineTo(-7.6, 0);
    context.closePath();
  } else if (identity === 1) context.rect(-4.8, -4.8, 9.6, 9.6);
  else context.arc(0, 0, 5.2, 0, Math.PI * 2);
  context.lineWidth = 4;
  context.strokeStyle = palette.halo;
  context.setLineDash([]);
  context.stroke();
  // What says nothing of itself is the boldest: it is looked for first.
  context.fillStyle = status !== 1 ? palette.halo : identity === 0 ? colour : mixed(palette.halo, colour);
  context.fill();
  context.setLineDash(status === 2 ? [3, 2.4] : []);
  context.lineWidth = status === 0 ? 1.2 : 1.8;
  context.strokeStyle = colour;
  context.stroke();
  if (status === 0 || (identity === 0 && status === 1)) return;
  context.beginPath();
  context.setLineDash([]);
  context.arc(0, 0, 1.4, 0, Math.PI * 2);
  context.fillStyle = colour;
  context.fill();
}

/** Two fifths of the way from one colour, #rrggbb, to another: opaque, so that copied pixels need no blending. */
function mixed(from: string, to: string): string {
  const part = (colour: string, at: number): number => parseInt(colour.slice(at, at + 2), 16);
  const parts = [1, 3, 5].map((at) => Math.round(part(from, at) * 0.6 + part(to, at) * 0.4));
  return `#${parts.map((one) => one.toString(16).padStart(2, '0')).join('')}`;
}

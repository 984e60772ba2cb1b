import { inkOf, type Ink } from './field.js';
import type { Palette } from './palette.js';

/** In a crowd symbols are so much smaller, so that the map below them is still seen. */
const smaller = 0.6;
/** Half the side of a sprite, CSS pixels. */
export const spriteRadius = 11;
const identities = 3;
const statuses = 3;

/**
 * Every symbol a track can have, drawn once. Identity gives colour and shape (diamond, square, circle); status gives the
 * line (tentative hollow, confirmed filled, coasting dashed).
 */
export class Sprites {
  readonly side: number;
  private readonly canvas = document.createElement('canvas');
  private readonly inks: Ink[] = [];
  private readonly smallInks: Ink[] = [];

  constructor(palette: Palette, readonly ratio: number) {
    this.side = Math.round(spriteRadius * 2 * ratio);
    this.canvas.width = this.side * identities;
    this.canvas.height = this.side * statuses;
    const context = this.canvas.getContext('2d', { willReadFrequently: true });
    if (!context) throw new Error('this browser has no canvas');
    for (const [into, size] of [[this.smallInks, smaller], [this.inks, 1]] as const) {
      context.setTransform(1, 0, 0, 1, 0, 0);
      context.clearRect(0, 0, this.canvas.width, this.canvas.height);
      for (let status = 0; status < statuses; status++) {
        for (let identity = 0; identity < identities; identity++) {
          context.setTransform(ratio * size, 0, 0, ratio * size, (identity + 0.5) * this.side, (status + 0.5) * this.side);
          draw(context, identity, status, palette);
          into.push(inkOf(new Uint32Array(context.getImageData(identity * this.side, status * this.side, this.side, this.side).data.buffer), this.side));
        }
      }
    }
  }

  /** One symbol as pixels, for many. */
  ink(identity: number, status: number, small: boolean): Ink {
    return (small ? this.smallInks : this.inks)[Math.min(statuses - 1, status) * identities + Math.min(identities - 1, identity)] as Ink;
  }

  /** One symbol as a picture: smooth, for few. */
  stamp(context: CanvasRenderingContext2D, identity: number, status: number, x: number, y: number): void {
    const [column, row] = [Math.min(identities - 1, identity), Math.min(statuses - 1, status)];
    context.drawImage(this.canvas, column * this.side, row * this.side, this.side, this.side, x - spriteRadius, y - spriteRadius, spriteRadius * 2, spriteRadius * 2);
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

import type { Palette } from './palette.js';

/** Half the side of a sprite, CSS pixels. */
export const spriteRadius = 10;

/**
 * Every symbol a track can have, drawn once. Identity gives colour and shape (diamond, square, circle); status gives
 * the line (tentative hollow, confirmed filled, coasting dashed).
 */
export class Sprites {
  readonly canvas = document.createElement('canvas');
  readonly side: number;

  constructor(palette: Palette, readonly ratio: number) {
    this.side = spriteRadius * 2 * ratio;
    this.canvas.width = this.side * 3;
    this.canvas.height = this.side * 3;
    const context = this.canvas.getContext('2d');
    if (!context) throw new Error('this browser has no canvas');
    for (let identity = 0; identity < 3; identity++) {
      for (let status = 0; status < 3; status++) {
        context.setTransform(ratio, 0, 0, ratio, identity * this.side + this.side / 2, status * this.side + this.side / 2);
        draw(context, identity, status, palette);
      }
    }
  }
}

function draw(context: CanvasRenderingContext2D, identity: number, status: number, palette: Palette): void {
  const colour = palette.identity[identity] ?? palette.text;
  context.beginPath();
  if (identity === 0) {
    context.moveTo(0, -7);
    context.lineTo(7, 0);
    context.lineTo(0, 7);
    context.lineTo(-7, 0);
    context.closePath();
  } else if (identity === 1) context.rect(-5, -5, 10, 10);
  else context.arc(0, 0, 5.5, 0, Math.PI * 2);
  context.lineWidth = 4;
  context.strokeStyle = palette.halo;
  context.setLineDash([]);
  context.stroke();
  context.fillStyle = status === 1 ? `${colour}80` : palette.halo;
  context.fill();
  context.setLineDash(status === 2 ? [3, 2.4] : []);
  context.lineWidth = status === 0 ? 1.2 : 2;
  context.strokeStyle = colour;
  context.stroke();
  if (status === 0) return;
  context.beginPath();
  context.setLineDash([]);
  context.arc(0, 0, 1.4, 0, Math.PI * 2);
  context.fillStyle = colour;
  context.fill();
}

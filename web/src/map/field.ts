/** The pixels of a symbol that have ink, and where they come to lie in a field of a width. */
export interface Ink { across: Int32Array; down: Int32Array; colours: Uint32Array; offsets: Int32Array; width: number }

/** Fainter than this a pixel at the edge is left out: what is copied covers what lies below. */
const faintest = 40;

export function inkOf(pixels: Uint32Array, side: number): Ink {
  const at = [...pixels.keys()].filter((i) => (pixels[i] as number) >>> 24 > faintest);
  return {
    across: Int32Array.from(at, (i) => i % side), down: Int32Array.from(at, (i) => Math.floor(i / side)),
    colours: Uint32Array.from(at, (i) => pixels[i] as number), offsets: new Int32Array(at.length), width: 0,
  };
}

/** A colour of the palette, #rrggbb, as a pixel without its opacity. */
export function pixelOf(colour: string): number {
  const part = (at: number): number => parseInt(colour.slice(at, at + 2), 16);
  return part(1) | (part(3) << 8) | (part(5) << 16);
}

/**
 * Pixels that we set ourselves, all at once, where there are thousands of marks: a browser without a graphics card needs
 * many times as long to draw each of them. Positions are pixels of the field.
 */
export class Field {
  width = 0;
  height = 0;
  private readonly canvas = new OffscreenCanvas(1, 1);
  private image: ImageData | null = null;
  private pixels = new Uint32Array(0);

  clear(width: number, height: number): void {
    if (this.width === width && this.height === height) {
      this.pixels.fill(0);
      return;
    }
    [this.width, this.height] = [width, height];
    [this.canvas.width, this.canvas.height] = [width, height];
    this.image = new ImageData(width, height);
    this.pixels = new Uint32Array(this.image.data.buffer);
  }

  dot(x: number, y: number, size: number, colour: number, opacity: number): void {
    const [left, top] = [Math.round(x - size / 2), Math.round(y - size / 2)];
    if (left < 0 || top < 0 || left + size > this.width || top + size > this.height) return;
    const pixel = (colour | (opacity << 24)) >>> 0;
    for (let row = 0; row < size; row++) this.pixels.fill(pixel, (top + row) * this.width + left, (top + row) * this.width + left + size);
  }

  /** A line one pixel wide with soft edges (X. Wu, 1991): two pixels at each step, by how much of them it covers. */
  line(fromX: number, fromY: number, toX: number, toY: number, colour: number): void {
    const [dx, dy] = [toX - fromX, toY - fromY];
    const flat = Math.abs(dx) >= Math.abs(dy);
    const steps = Math.min(4000, Math.ceil(flat ? Math.abs(dx) : Math.abs(dy)));
    if (steps === 0) return;
    const { pixels, width, height } = this;
    const [stepX, stepY] = [dx / steps, dy / steps];
    const beside = flat ? width : 1;
    for (let k = 0; k <= steps; k++) {
      const [x, y] = [fromX + stepX * k, fromY + stepY * k];
      const [column, row] = flat ? [Math.round(x), Math.floor(y)] : [Math.floor(x), Math.round(y)];
      if (column < 0 || row < 0 || column >= width - 1 || row >= height - 1) continue;
      const at = row * width + column;
      const share = flat ? y - row : x - column;
      const [first, second] = [Math.round((1 - share) * 255), Math.round(share * 255)];
      if (first > (pixels[at] as number) >>> 24) pixels[at] = (colour | (first << 24)) >>> 0;
      if (second > (pixels[at + beside] as number) >>> 24) pixels[at + beside] = (colour | (second << 24)) >>> 0;
    }
  }

  /** Copies a symbol; the position is that of its top left corner. */
  stamp(ink: Ink, side: number, left: number, top: number): void {
    const { width, height, pixels } = this;
    const { offsets, colours, across, down } = ink;
    if (ink.width !== width) {
      ink.width = width;
      for (let at = 0; at < across.length; at++) offsets[at] = (down[at] as number) * width + (across[at] as number);
    }
    const start = top * width + left;
    if (left >= 0 && top >= 0 && left + side <= width && top + side <= height) {
      for (let at = 0; at < offsets.length; at++) pixels[start + (offsets[at] as number)] = colours[at] as number;
      return;
    }
    for (let at = 0; at < offsets.length; at++) {
      const [column, row] = [left + (across[at] as number), top + (down[at] as number)];
      if (column >= 0 && row >= 0 && column < width && row < height) pixels[start + (offsets[at] as number)] = colours[at] as number;
    }
  }

  /** Lays the field over a canvas of the same size. */
  lay(context: CanvasRenderingContext2D): void {
    if (!this.image) return;
    this.canvas.getContext('2d', { willReadFrequently: true })?.putImageData(this.image, 0, 0);
    context.save();
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.drawImage(this.canvas, 0, 0);
    context.restore();
  }
}

import { Pen } from './pen.js';

/** What is seen of the map: its middle on the plane, metres a CSS pixel, and the window's size in CSS pixels. */
export interface Sight { centre: [number, number]; resolution: number; width: number; height: number }

/** Painted beyond the window on each side, as a share of it: panning so far needs no new painting. */
const margin = 0.3;

/** All that seldom changes, painted once on a sheet larger than the window and then only moved. */
export class Sheet {
  private readonly canvas = new OffscreenCanvas(1, 1);
  private centre: [number, number] = [0, 0];
  private resolution = 0;
  private size: [number, number] = [0, 0];
  private stale = true;
  /** How often it was painted, for whoever wonders why the map is slow. */
  painted = 0;

  constructor(private readonly paint: (pen: Pen) => void) {}

  /** It is painted anew at the next chance. */
  spoil(): void {
    this.stale = true;
  }

  /** Lays the sheet under a canvas; while the view is on its way, stretched rather than painted. */
  lay(context: CanvasRenderingContext2D, sight: Sight, ratio: number, moving: boolean): void {
    const fits = this.resolution === sight.resolution;
    const scale = this.resolution / sight.resolution;
    const near = moving && scale > 0.4 && scale < 3;
    if (this.stale || !this.covers(sight) || !(fits || near)) this.renew(sight, ratio);
    const stretch = this.resolution / sight.resolution;
    const [wide, high] = [this.size[0] * stretch, this.size[1] * stretch];
    const x = (this.centre[0] - sight.centre[0]) / sight.resolution + sight.width / 2 - wide / 2;
    const y = (sight.centre[1] - this.centre[1]) / sight.resolution + sight.height / 2 - high / 2;
    context.save();
    context.setTransform(1, 0, 0, 1, 0, 0);
    // Whole pixels: moved by a part of one, every pixel would have to be mixed anew.
    if (stretch === 1) context.drawImage(this.canvas, Math.round(x * ratio), Math.round(y * ratio));
    else {
      context.imageSmoothingEnabled = false;
      context.drawImage(this.canvas, x * ratio, y * ratio, wide * ratio, high * ratio);
      context.imageSmoothingEnabled = true;
    }
    context.restore();
  }

  private covers(sight: Sight): boolean {
    const [aside, above] = [
      Math.abs(this.centre[0] - sight.centre[0]) + (sight.width / 2) * sight.resolution,
      Math.abs(this.centre[1] - sight.centre[1]) + (sight.height / 2) * sight.resolution,
    ];
    return aside <= (this.size[0] / 2) * this.resolution + sight.resolution && above <= (this.size[1] / 2) * this.resolution + sight.resolution;
  }

  private renew(sight: Sight, ratio: number): void {
    const size: [number, number] = [Math.ceil(sight.width * (1 + 2 * margin)), Math.ceil(sight.height * (1 + 2 * margin))];
    const [wide, high] = [Math.round(size[0] * ratio), Math.round(size[1] * ratio)];
    if (this.canvas.width !== wide || this.canvas.height !== high) {
      this.canvas.width = wide;
      this.canvas.height = high;
    }
    [this.centre, this.resolution, this.size, this.stale] = [[sight.centre[0], sight.centre[1]], sight.resolution, size, false];
    this.painted++;
    const context = this.canvas.getContext('2d');
    if (!context) return;
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.clearRect(0, 0, size[0], size[1]);
    this.paint(new Pen(context, size[0], size[1], this.centre, sight.resolution));
  }
}

// All tracks in one canvas over the map: symbols copied from one sheet, lines batched by colour, labels where there is
// room. It is drawn ten times a second without drawing the map again, which is the dearer of the two.
import type OlMap from 'ol/Map';
import type { FrameState } from 'ol/Map';
import type { Store } from '../model/store.js';
import { metres, speed, trackNumber } from '../format.js';
import type { Palette } from './palette.js';
import { Sprites, spriteRadius } from './sprites.js';
import { Trails } from './trails.js';
import { LabelRoom } from './labelRoom.js';

const radius = 6378137;
const degree = Math.PI / 180;
/** Labels of cooperative tracks are left out when more tracks than this are in view. */
const crowded = 120;
const mostLabels = 150;
const coasting = 2;

export class TrackLayer {
  private readonly canvas = document.createElement('canvas');
  private readonly trails = new Trails();
  private readonly room = new LabelRoom();
  private sprites: Sprites;
  private x = new Float64Array(0);
  private y = new Float64Array(0);
  /** Where each track was last drawn, CSS pixels. */
  private px = new Float32Array(0);
  private py = new Float32Array(0);

  private state: FrameState | null = null;
  private due = false;

  constructor(map: OlMap, private readonly store: Store, private palette: Palette) {
    this.sprites = new Sprites(palette, window.devicePixelRatio || 1);
    this.canvas.className = 'tracks';
    map.getViewport().append(this.canvas);
    map.on('postrender', (event) => {
      this.state = event.frameState;
      this.draw();
    });
  }

  /** Draws at the next chance. */
  changed(): void {
    if (this.due) return;
    this.due = true;
    requestAnimationFrame(() => {
      this.due = false;
      this.draw();
    });
  }

  use(palette: Palette): void {
    this.palette = palette;
    this.sprites = new Sprites(palette, this.sprites.ratio);
    this.changed();
  }

  /** Takes the store's newest frame. */
  take(): void {
    const frame = this.store.frame;
    if (!frame) return;
    if (this.x.length !== frame.count) {
      this.x = new Float64Array(frame.count);
      this.y = new Float64Array(frame.count);
    }
    for (let i = 0; i < frame.count; i++) {
      this.x[i] = (frame.longitude[i] ?? 0) * degree * radius;
      this.y[i] = Math.log(Math.tan(Math.PI / 4 + ((frame.latitude[i] ?? 0) * degree) / 2)) * radius;
    }
    this.trails.add(frame, this.x, this.y);
    this.changed();
  }

  /** Where a track is on the map, or null when it is gone. */
  positionOf(id: number): [number, number] | null {
    const i = this.store.frame?.id.indexOf(id) ?? -1;
    return i < 0 ? null : [this.x[i] ?? 0, this.y[i] ?? 0];
  }

  /** The track nearest to a pixel, within reach of a finger. */
  trackAt(pixel: readonly number[]): number | null {
    const frame = this.store.frame;
    if (!frame) return null;
    let best: number | null = null;
    let nearest = 18 * 18;
    for (let i = 0; i < Math.min(frame.count, this.px.length); i++) {
      const distance = ((this.px[i] ?? 0) - (pixel[0] ?? 0)) ** 2 + ((this.py[i] ?? 0) - (pixel[1] ?? 0)) ** 2;
      if (distance < nearest) {
        nearest = distance;
        best = frame.id[i] ?? null;
      }
    }
    return best;
  }

  private draw(): void {
    const context = this.canvas.getContext('2d');
    const state = this.state;
    if (!state || !context) return;
    const [width, height] = [state.size[0] ?? 0, state.size[1] ?? 0];
    const ratio = this.sprites.ratio;
    if (this.canvas.width !== Math.round(width * ratio) || this.canvas.height !== Math.round(height * ratio)) {
      this.canvas.width = Math.round(width * ratio);
      this.canvas.height = Math.round(height * ratio);
    }
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.clearRect(0, 0, width, height);
    context.globalAlpha = this.store.tracksLink === 'lost' ? 0.35 : 1;
    this.place(state, width, height);
    this.canvas.dataset['drawn'] = String(this.drawAll(context, state, width, height));
  }

  /** From map to pixels, for all tracks at once. */
  private place(state: FrameState, width: number, height: number): void {
    const { center, resolution } = state.viewState;
    const count = this.x.length;
    if (this.px.length !== count) {
      this.px = new Float32Array(count);
      this.py = new Float32Array(count);
    }
    for (let i = 0; i < count; i++) {
      this.px[i] = ((this.x[i] ?? 0) - (center[0] ?? 0)) / resolution + width / 2;
      this.py[i] = ((center[1] ?? 0) - (this.y[i] ?? 0)) / resolution + height / 2;
    }
  }

  private drawAll(context: CanvasRenderingContext2D, state: FrameState, width: number, height: number): number {
    const inView: number[] = [];
    for (let i = 0; i < this.px.length; i++) {
      const [x, y] = [this.px[i] ?? 0, this.py[i] ?? 0];
      if (x > -40 && y > -40 && x < width + 40 && y < height + 40) inView.push(i);
    }
    if (this.store.show.trails && inView.length <= 1000) this.drawTrails(context, state, inView, width, height);
    this.drawVectors(context, state.viewState.resolution, inView);
    this.drawSymbols(context, inView);
    if (this.store.show.labels) this.drawLabels(context, inView, width, height);
    return inView.length;
  }

  private drawTrails(context: CanvasRenderingContext2D, state: FrameState, inView: number[], width: number, height: number): void {
    const frame = this.store.frame;
    const { center, resolution } = state.viewState;
    const alpha = context.globalAlpha;
    for (const i of inView) {
      context.fillStyle = this.palette.identity[frame?.identity[i] ?? 0] ?? this.palette.text;
      this.trails.each(frame?.id[i] ?? -1, (x, y, steps) => {
        context.globalAlpha = alpha * 0.55 * (1 - steps / Trails.points);
        context.fillRect((x - (center[0] ?? 0)) / resolution + width / 2 - 1, ((center[1] ?? 0) - y) / resolution + height / 2 - 1, 2, 2);
      });
    }
    context.globalAlpha = alpha;
  }

  /** A line to where the track will be in a minute, in one path for each identity. */
  private drawVectors(context: CanvasRenderingContext2D, resolution: number, inView: number[]): void {
    const frame = this.store.frame;
    if (!frame) return;
    context.lineWidth = 1.5;
    context.setLineDash([]);
    for (let identity = 0; identity < 3; identity++) {
      context.beginPath();
      for (const i of inView) {
        if (frame.identity[i] !== identity) continue;
        // Metres on the ground are longer on this map away from the equator.
        const length = ((frame.speed[i] ?? 0) * 60) / resolution / Math.cos((frame.latitude[i] ?? 0) * degree);
        const course = (frame.course[i] ?? 0) * degree;
        context.moveTo(this.px[i] ?? 0, this.py[i] ?? 0);
        context.lineTo((this.px[i] ?? 0) + Math.sin(course) * length, (this.py[i] ?? 0) - Math.cos(course) * length);
      }
      context.strokeStyle = this.palette.identity[identity] ?? this.palette.text;
      context.stroke();
    }
  }

  private drawSymbols(context: CanvasRenderingContext2D, inView: number[]): void {
    const frame = this.store.frame;
    if (!frame) return;
    const { canvas, side } = this.sprites;
    for (const i of inView) {
      const [x, y] = [this.px[i] ?? 0, this.py[i] ?? 0];
      const [column, row] = [Math.min(2, frame.identity[i] ?? 0), Math.min(2, frame.status[i] ?? 0)];
      context.drawImage(canvas, column * side, row * side, side, side, x - spriteRadius, y - spriteRadius, spriteRadius * 2, spriteRadius * 2);
      if (frame.id[i] !== this.store.selectedTrack) continue;
      context.beginPath();
      context.arc(x, y, 13, 0, Math.PI * 2);
      context.strokeStyle = this.palette.text;
      context.lineWidth = 2;
      context.stroke();
    }
  }

  /** The selected first, then those that say nothing of themselves, then the rest while there is room. */
  private drawLabels(context: CanvasRenderingContext2D, inView: number[], width: number, height: number): void {
    const frame = this.store.frame;
    if (!frame) return;
    const selected = this.store.selectedTrack;
    const order = (i: number) => (frame.id[i] === selected ? -1 : (frame.identity[i] ?? 0) + (frame.status[i] === 0 ? 3 : 0));
    const wanted = inView.length <= crowded ? inView : inView.filter((i) => order(i) <= 0);
    this.room.clear(width, height);
    for (const i of inView) this.room.take((this.px[i] ?? 0) - 7, (this.py[i] ?? 0) - 7, 14, 14);
    context.font = '600 11px "Noto Sans", sans-serif';
    context.direction = 'ltr';
    context.textAlign = 'left';
    context.textBaseline = 'top';
    context.lineJoin = 'round';
    for (const i of [...wanted].sort((one, other) => order(one) - order(other)).slice(0, mostLabels)) this.drawLabel(context, i);
  }

  private drawLabel(context: CanvasRenderingContext2D, i: number): void {
    const frame = this.store.frame;
    if (!frame) return;
    const id = frame.id[i] ?? 0;
    const said = this.store.descriptions.get(id);
    const climb = frame.climb[i] ?? NaN;
    const arrow = climb > 2 ? ' ↑' : climb < -2 ? ' ↓' : '';
    const own = said?.callsign ?? (said?.mode3A ? `A${said.mode3A}` : '');
    const lines = [
      `${trackNumber(id)}${own ? ` ${own}` : ''}${frame.status[i] === coasting ? ' ?' : ''}`,
      `${metres(frame.height[i] ?? NaN)}${arrow}  ${speed(frame.speed[i] ?? NaN)}`,
    ];
    // Measured once at the font's mean advance: 150 labels ten times a second are not worth exact widths.
    const wide = Math.max(...lines.map((line) => line.length)) * 6.4;
    const spot = this.room.find(this.px[i] ?? 0, this.py[i] ?? 0, wide, 28, id === this.store.selectedTrack);
    if (!spot) return;
    context.lineWidth = 3;
    context.strokeStyle = this.palette.halo;
    lines.forEach((line, row) => {
      context.fillStyle = row === 0 ? this.palette.identity[frame.identity[i] ?? 0] ?? this.palette.text : this.palette.text;
      context.strokeText(line, spot[0], spot[1] + row * 14);
      context.fillText(line, spot[0], spot[1] + row * 14);
    });
  }
}

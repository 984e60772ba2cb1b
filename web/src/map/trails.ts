import type { TrackFrame } from '../net/frame.js';

/** Points a track keeps, one every so many milliseconds of the picture's time: 160 seconds. */
const points = 40;
const every = 4_000;
/** Tracks that keep a trail; of more, the latest have none. */
const most = 12_000;
/** A picture that jumps by more than this is another moment: trails begin anew. */
const jump = 30_000;

/** Where each track has been. All of it lies in one block that never grows: hours later it is as large as at first. */
export class Trails {
  static readonly points = points;
  private readonly xy = new Float32Array(most * points * 2);
  private readonly next = new Uint8Array(most);
  private readonly length = new Uint8Array(most);
  private readonly taken = new Float64Array(most);
  private readonly seen = new Uint32Array(most);
  private readonly slots = new Map<number, number>();
  private readonly free: number[] = Array.from({ length: most }, (_, slot) => most - 1 - slot);
  private round = 0;
  private time = 0;

  add(frame: TrackFrame, x: Float64Array, y: Float64Array): void {
    if (frame.time < this.time || frame.time > this.time + jump) this.clear();
    this.time = frame.time;
    this.round++;
    for (let i = 0; i < frame.count; i++) {
      const slot = this.slotOf(frame.id[i] ?? 0);
      if (slot < 0) continue;
      this.seen[slot] = this.round;
      if (frame.time - (this.taken[slot] ?? 0) < every) continue;
      this.taken[slot] = frame.time;
      const at = this.next[slot] ?? 0;
      this.xy[(slot * points + at) * 2] = x[i] ?? 0;
      this.xy[(slot * points + at) * 2 + 1] = y[i] ?? 0;
      this.next[slot] = (at + 1) % points;
      this.length[slot] = Math.min(points, (this.length[slot] ?? 0) + 1);
    }
    if (this.round % 100 === 0) this.forget();
  }

  clear(): void {
    for (const slot of this.slots.values()) this.free.push(slot);
    this.slots.clear();
  }

  lengthOf(id: number): number {
    const slot = this.slots.get(id);
    return slot === undefined ? 0 : this.length[slot] ?? 0;
  }

  /** The track's newest points, newest first: x, y and the age in steps. */
  each(id: number, many: number, visit: (x: number, y: number, steps: number) => void): void {
    const slot = this.slots.get(id);
    if (slot === undefined) return;
    const count = Math.min(many, this.length[slot] ?? 0);
    for (let step = 0; step < count; step++) {
      const at = ((this.next[slot] ?? 0) - 1 - step + points) % points;
      visit(this.xy[(slot * points + at) * 2] ?? 0, this.xy[(slot * points + at) * 2 + 1] ?? 0, step);
    }
  }

  private slotOf(id: number): number {
    const known = this.slots.get(id);
    if (known !== undefined) return known;
    const slot = this.free.pop();
    if (slot === undefined) return -1;
    this.slots.set(id, slot);
    this.next[slot] = this.length[slot] = this.taken[slot] = 0;
    return slot;
  }

  private forget(): void {
    for (const [id, slot] of this.slots) {
      if ((this.seen[slot] ?? 0) >= this.round - 50) continue;
      this.slots.delete(id);
      this.free.push(slot);
    }
  }
}

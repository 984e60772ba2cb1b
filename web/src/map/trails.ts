import type { TrackFrame } from '../net/frame.js';

const points = 40;
const every = 4_000;
const most = 2_000;

interface Trail { xy: Float64Array; next: number; length: number; at: number; seen: number }

/** Where each track has been, a point every four seconds of the server's time, for 2,000 tracks at most. */
export class Trails {
  private readonly trails = new Map<number, Trail>();
  private round = 0;

  add(frame: TrackFrame, x: Float64Array, y: Float64Array): void {
    this.round++;
    for (let i = 0; i < frame.count; i++) {
      const id = frame.id[i] ?? 0;
      let trail = this.trails.get(id);
      if (!trail) {
        if (this.trails.size >= most) continue;
        this.trails.set(id, (trail = { xy: new Float64Array(points * 2), next: 0, length: 0, at: 0, seen: 0 }));
      }
      trail.seen = this.round;
      if (Math.abs(frame.time - trail.at) < every) continue;
      trail.at = frame.time;
      trail.xy[trail.next * 2] = x[i] ?? 0;
      trail.xy[trail.next * 2 + 1] = y[i] ?? 0;
      trail.next = (trail.next + 1) % points;
      trail.length = Math.min(points, trail.length + 1);
    }
    if (this.round % 100 === 0) {
      for (const [id, trail] of this.trails) if (trail.seen < this.round - 50) this.trails.delete(id);
    }
  }

  /** The track's points, newest first: x, y and the age in steps. */
  each(id: number, visit: (x: number, y: number, steps: number) => void): void {
    const trail = this.trails.get(id);
    if (!trail) return;
    for (let step = 0; step < trail.length; step++) {
      const at = (trail.next - 1 - step + points) % points;
      visit(trail.xy[at * 2] ?? 0, trail.xy[at * 2 + 1] ?? 0, step);
    }
  }

  static readonly points = points;
}

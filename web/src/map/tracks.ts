// Where all tracks are: on the plane, in the window, and how much each matters.
import type { TrackFrame } from '../net/frame.js';
import { eastOf, northOf } from './mercator.js';
import { hiddenRank, Rank, rankAll, type Choice } from './filter.js';
import type { Sight } from './sheet.js';
import { Trails } from './trails.js';

/** A symbol this near to the window's edge is drawn. */
const edge = 40;
/** Reach of a finger. */
const reach = 18;

export class Tracks {
  frame: TrackFrame | null = null;
  readonly trails = new Trails();
  x = new Float64Array(0);
  y = new Float64Array(0);
  /** Where each track was last drawn, CSS pixels. */
  px = new Float32Array(0);
  py = new Float32Array(0);
  ranks = new Uint8Array(0);
  /** Tracks that are kept from view by filter or isolation. */
  hidden = 0;
  /** Rows within the window, the least important first; only the first `inView` count. */
  order = new Int32Array(0);
  inView = 0;
  /** Rows in view of each rank. */
  readonly counts = new Int32Array(8);

  take(frame: TrackFrame): void {
    this.frame = frame;
    if (this.x.length < frame.count) {
      const room = Math.ceil(frame.count * 1.25) + 64;
      this.x = new Float64Array(room);
      this.y = new Float64Array(room);
      this.px = new Float32Array(room);
      this.py = new Float32Array(room);
      this.ranks = new Uint8Array(room);
      this.order = new Int32Array(room);
    }
    for (let i = 0; i < frame.count; i++) {
      this.x[i] = eastOf(frame.longitude[i] ?? 0);
      this.y[i] = northOf(frame.latitude[i] ?? 0);
    }
    this.trails.add(frame, this.x, this.y);
  }

  /** From plane to window, for all tracks at once, and sorted by how much they matter. */
  place({ centre, resolution, width, height }: Sight, choice: Choice): void {
    this.inView = 0;
    this.counts.fill(0);
    const { frame, x, y, px, py, ranks } = this;
    if (!frame) return;
    this.hidden = rankAll(frame, choice, ranks);
    const [left, top, scale] = [width / 2 - centre[0] / resolution, height / 2 + centre[1] / resolution, 1 / resolution];
    for (let i = 0; i < frame.count; i++) {
      const [across, down] = [(x[i] as number) * scale + left, top - (y[i] as number) * scale];
      px[i] = across;
      py[i] = down;
      const rank = ranks[i] as number;
      if (rank === hiddenRank || across < -edge || down < -edge || across > width + edge || down > height + edge) continue;
      this.counts[rank] = (this.counts[rank] as number) + 1;
      this.order[this.inView++] = i;
    }
    this.sort();
  }

  /** Counting sort: the least important first, so that it is drawn below the others. */
  private sort(): void {
    const from = new Int32Array(8);
    for (let rank = Rank.Tentative; rank > 0; rank--) from[rank - 1] = (from[rank] as number) + (this.counts[rank] as number);
    const unsorted = this.order.slice(0, this.inView);
    for (const i of unsorted) {
      const rank = this.ranks[i] as number;
      this.order[from[rank] as number] = i;
      from[rank] = (from[rank] as number) + 1;
    }
  }

  /** The row of a track, or -1 when it is gone. */
  rowOf(id: number): number {
    return this.frame?.id.indexOf(id) ?? -1;
  }

  positionOf(id: number): [number, number] | null {
    const i = this.rowOf(id);
    return i < 0 ? null : [this.x[i] ?? 0, this.y[i] ?? 0];
  }

  /** The track that is shown nearest to a pixel, within reach of a finger. */
  at(pixel: readonly number[]): number | null {
    let best: number | null = null;
    let nearest = reach * reach;
    for (let k = 0; k < this.inView; k++) {
      const i = this.order[k] ?? 0;
      const distance = ((this.px[i] ?? 0) - (pixel[0] ?? 0)) ** 2 + ((this.py[i] ?? 0) - (pixel[1] ?? 0)) ** 2;
      if (distance > nearest) continue;
      nearest = distance;
      best = this.frame?.id[i] ?? null;
    }
    return best;
  }

  /** The tracks in the window by importance, then by number: for walking through them and for the list. */
  byImportance(most: number): number[] {
    const { frame } = this;
    if (!frame) return [];
    const rows = [...this.order.subarray(0, this.inView)];
    const weight = (i: number): number => Math.max(Rank.Threat, this.ranks[i] ?? 0);
    rows.sort((one, other) => weight(one) - weight(other) || (frame.id[one] ?? 0) - (frame.id[other] ?? 0));
    return rows.slice(0, most).map((i) => frame.id[i] ?? 0);
  }
}

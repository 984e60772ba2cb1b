import type { TrackFrame } from '../net/frame.js';

/** Which tracks are shown; a height limit of null is none. */
export interface TrackFilter {
  identity: boolean[]; kind: boolean[]; status: boolean[];
  lowest: number | null; highest: number | null;
  /** Whether those whose height nobody knows are shown when a height is asked for. */
  unknownHeight: boolean;
}

export const allPass = (): TrackFilter => ({
  identity: [true, true, true], kind: [true, true, true, true, true, true], status: [true, true, true],
  lowest: null, highest: null, unknownHeight: true,
});

export function isFiltering(filter: TrackFilter): boolean {
  return filter.lowest !== null || filter.highest !== null || [filter.identity, filter.kind, filter.status].some((group) => group.includes(false));
}

export function passes(filter: TrackFilter, frame: TrackFrame, i: number): boolean {
  if (filter.identity[frame.identity[i] ?? 0] === false || filter.kind[frame.kind[i] ?? 0] === false) return false;
  if (filter.status[frame.status[i] ?? 0] === false) return false;
  if (filter.lowest === null && filter.highest === null) return true;
  const height = frame.height[i] ?? NaN;
  if (!Number.isFinite(height)) return filter.unknownHeight;
  return (filter.lowest === null || height >= filter.lowest) && (filter.highest === null || height <= filter.highest);
}

/** How much a track matters here: what must never be hidden comes first. */
export const enum Rank { Chosen, Threat, Silent, Spoken, Authorised, Tentative }

export interface Choice {
  filter: TrackFilter;
  isolate: number | null;
  selected: number | null;
  /** Tracks that put a zone at risk. */
  threats: { has(id: number): boolean };
}

/**
 * Ranks every track, or says that it is hidden (255). A filter hides no track that raises an alert and none that was
 * chosen; isolating hides all others, threats too, because a person asked for one track alone.
 */
export function rankAll(frame: TrackFrame, { filter, isolate, selected, threats }: Choice, ranks: Uint8Array): number {
  const filtering = isFiltering(filter);
  let hidden = 0;
  for (let i = 0; i < frame.count; i++) {
    const id = frame.id[i] ?? 0;
    const chosen = id === selected;
    const threat = threats.has(id);
    if (isolate === null ? filtering && !chosen && !threat && !passes(filter, frame, i) : id !== isolate) {
      ranks[i] = hiddenRank;
      hidden++;
    } else ranks[i] = chosen ? Rank.Chosen : threat ? Rank.Threat : frame.status[i] === 0 ? Rank.Tentative : Rank.Silent + Math.min(2, frame.identity[i] ?? 0);
  }
  return hidden;
}

export const hiddenRank = 255;

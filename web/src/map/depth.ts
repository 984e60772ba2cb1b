import type { LabelDepth } from './settings.js';
import { Rank } from './filter.js';

export type Depth = 'full' | 'short' | 'none';

/** Full labels of those that matter, short ones of more, and never so many that nobody reads them. */
const fullSilent = 60;
const shortSilent = 220;
const fullOthers = 45;
const shortOthers = 160;
/** Written at once; the rest must be asked for. */
export const mostLabels = 220;

/**
 * How much a track's label says: what puts a zone at risk, or was chosen, says all of it in every crowd; what says nothing
 * of itself keeps its label longer than what does.
 */
export function depthOf(rank: Rank, wish: LabelDepth, silent: number, inView: number): Depth {
  if (rank <= Rank.Threat) return wish === 'short' || wish === 'none' ? 'short' : 'full';
  if (wish !== 'auto') return wish;
  if (rank === Rank.Silent) return silent <= fullSilent ? 'full' : 'short';
  return inView <= fullOthers ? 'full' : inView <= shortOthers && silent <= shortSilent ? 'short' : 'none';
}

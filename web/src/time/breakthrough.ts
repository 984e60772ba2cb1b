import type { AlertRow } from '../model/types.js';

/** Live Warnings that were none when the screen left the present. */
export function decideBreak(live: readonly AlertRow[], known: ReadonlySet<string>): AlertRow[] {
  return live.filter((alert) => alert.state === 'Warning' && !known.has(alert.id));
}

// Which alert comes first, and what about it is new or old.
import { isActive } from './alert.js';
import type { AlertRow } from './types.js';

/** A Warning in force or waiting for its release, a Watch, and what is over: three lists that nobody can mix up. */
export type Urgency = 'warning' | 'watch' | 'over';
export const urgencies: readonly Urgency[] = ['warning', 'watch', 'over'];

export function urgencyOf(alert: AlertRow): Urgency | null {
  if (alert.state === 'Closed') return null;
  if (!isActive(alert)) return 'over';
  return alert.state === 'Warning' || alert.awaitsRelease ? 'warning' : 'watch';
}

const arrivalOf = (alert: AlertRow): number => (alert.arrival && isActive(alert) ? Date.parse(alert.arrival.earliest) : Number.POSITIVE_INFINITY);

/** Earliest arrival first; then what waits for a person, then the newest. */
export function byUrgency(one: AlertRow, other: AlertRow): number {
  const [a, b] = [arrivalOf(one), arrivalOf(other)];
  if (a !== b) return a < b ? -1 : 1;
  const waits = (alert: AlertRow): number => (alert.awaitsRelease ? 0 : alert.awaitsAllClear ? 2 : 1);
  return waits(one) - waits(other) || other.since.localeCompare(one.since) || one.id.localeCompare(other.id);
}

/** The lists, each in order. */
export function inOrder(alerts: readonly AlertRow[]): Record<Urgency, AlertRow[]> {
  const lists: Record<Urgency, AlertRow[]> = { warning: [], watch: [], over: [] };
  for (const alert of alerts) {
    const urgency = urgencyOf(alert);
    if (urgency) lists[urgency].push(alert);
  }
  for (const list of Object.values(lists)) list.sort(byUrgency);
  return lists;
}

/** How many Warnings are in force, and how many alerts wait to become one: the two are never one number. */
export function warningsOf(alerts: readonly AlertRow[]): { inForce: number; waiting: number } {
  const grave = inOrder(alerts).warning;
  const inForce = grave.filter((alert) => alert.state === 'Warning').length;
  return { inForce, waiting: grave.length - inForce };
}

/** Of the alerts that stand the gravest, or the one after `last` when that was shown before. */
export function gravestAfter(alerts: readonly AlertRow[], last: string): AlertRow | undefined {
  const { warning, watch } = inOrder(alerts);
  const standing = [...warning, ...watch];
  return standing[(standing.findIndex((one) => one.id === last) + 1) % Math.max(1, standing.length)];
}

/** So long after its last change of state an alert counts as new, unless somebody has acknowledged it. */
export const newFor = 120_000;

export type Freshness =
  /** It came or changed a moment ago, and nobody has acknowledged it. */
  | 'new'
  /** It has stood for a while, and nobody has acknowledged it. */
  | 'unanswered'
  /** No sensor has seen its tracks for a minute: its figures are a guess. */
  | 'stale'
  | 'known';

export function freshnessOf(alert: AlertRow, now: number): Freshness {
  if (isActive(alert) && alert.tracks.length > 0 && alert.seenBy.length === 0 && alert.probability >= 0.005) return 'stale';
  if (alert.acknowledgedBy.length > 0) return 'known';
  if (now - Date.parse(alert.since) < newFor) return 'new';
  return isActive(alert) ? 'unanswered' : 'known';
}

// What an alert's row means, apart from the words it is told in.
import type { AlertRow, Cause, Configuration, Delivery, Release, SirenRow, ThreatKind, Zone } from './types.js';

export const isActive = (alert: AlertRow): boolean => alert.state === 'Watch' || alert.state === 'Warning';

/** Who must release a Warning: the zone's own word comes before the policy's, a kind's before that of all kinds. */
export function releaseOf(configuration: Configuration | null, zone: Zone | undefined, kind: ThreatKind): Release {
  const policy = configuration?.warning;
  return zone?.kinds?.[kind]?.warningRelease ?? policy?.kinds?.[kind]?.warningRelease ?? policy?.warningRelease ?? 'Automatic';
}

export type Why =
  /** A person raised it. */
  | 'raised'
  /** Tracks threaten the zone. */
  | 'tracks'
  /** What threatened it no longer does; the alert is latched. */
  | 'passed'
  /** Nobody watches over the zone. */
  | 'unseen'
  | 'over';

/** Why the alert stands as it does. */
export function whyOf(alert: AlertRow): Why {
  if (!isActive(alert)) return 'over';
  // Below half a percent reads "0%": a figure that says nothing while the alert stands.
  if (alert.probability >= 0.005) return 'tracks';
  if (alert.raisedBy) return 'raised';
  return alert.tracks.length > 0 ? 'passed' : 'unseen';
}

/** Who has been called because nobody answered; nobody once somebody has. */
export function calledFor(alert: AlertRow, configuration: Configuration | null): string[] {
  const open = alert.awaitsRelease || alert.awaitsAllClear || (alert.state === 'Warning' && alert.acknowledgedBy.length === 0);
  return open ? (configuration?.warning.escalation ?? []).slice(0, alert.escalated).map((step) => step.to) : [];
}

/** What an outlet said of the newest message, or that it has not spoken of it yet. */
export type Told = { outlet: string; state: 'confirmed' | 'failed' | 'waits'; detail: string; cause?: Cause };

export function toldOf(alert: AlertRow): Told[] {
  const newest = alert.messages.at(-1);
  return alert.deliveries.map((delivery: Delivery) => ({
    outlet: delivery.outlet, detail: delivery.detail, ...(delivery.cause ? { cause: delivery.cause } : {}),
    state: delivery.message !== newest ? 'waits' : delivery.ok ? 'confirmed' : 'failed',
  }));
}

/** How many sirens did what this alert asked of them; null when it asked nothing of any. */
export function sirensOf(alert: AlertRow, sirens: readonly SirenRow[] | undefined): { done: number; all: number } | null {
  const ordered = (sirens ?? []).filter((siren) => siren.order?.alert === alert.id);
  return ordered.length === 0 ? null : { done: ordered.filter((siren) => siren.order?.done && !siren.doubt).length, all: ordered.length };
}

/** A zone, and how deep it lies in others. */
export interface ZoneNode { zone: Zone; depth: number; within: string[]; holds: number }

/** The zones, each before those that lie in it. A circle of parents ends where it began. */
export function zoneTree(zones: readonly Zone[]): ZoneNode[] {
  const byId = new Map(zones.map((zone) => [zone.id, zone]));
  const children = new Map<string | undefined, Zone[]>();
  for (const zone of zones) {
    const parent = zone.parent !== undefined && byId.has(zone.parent) ? zone.parent : undefined;
    children.set(parent, [...(children.get(parent) ?? []), zone]);
  }
  const nodes: ZoneNode[] = [];
  const seen = new Set<string>();
  const add = (zone: Zone, within: string[]): number => {
    if (seen.has(zone.id)) return 0;
    seen.add(zone.id);
    const node = { zone, depth: within.length, within, holds: 0 };
    nodes.push(node);
    for (const child of children.get(zone.id) ?? []) if (!seen.has(child.id)) node.holds += 1 + add(child, [...within, zone.id]);
    return node.holds;
  };
  for (const zone of children.get(undefined) ?? []) add(zone, []);
  for (const zone of zones) add(zone, []);
  return nodes;
}

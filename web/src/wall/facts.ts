// The few facts of the wall, from the boards.
import { counts } from '../model/siren.js';
import { inOrder } from '../model/urgency.js';
import type { AlertRow, Boards, SiteRow } from '../model/types.js';

/** So many alerts fit a wall in letters that are read at five metres. */
export const mostAlerts = 4;
export const mostSites = 3;

export interface WallFacts {
  /** Null while not known. */
  alerts: { shown: AlertRow[]; more: number; warnings: number; watches: number } | null;
  sites: { shown: SiteRow[]; more: number } | null;
  sirens: { ready: number; all: number; sounding: number; ordered: number; done: number } | null;
  sensors: { working: number; all: number } | null;
  /** Zones where nobody sees anything. */
  blind: string[] | null;
  /** Zones without an alert that somebody watches over. */
  quiet: string[] | null;
}

/** Null everywhere where the boards have not come: not known is not nothing. */
export function factsOf(boards: Boards, zones: readonly string[], rank: (site: SiteRow) => number): WallFacts {
  const { alerts, sites, sirens, sirenGroups, sensors, coverage } = boards;
  const lists = alerts && inOrder(alerts);
  const all = lists ? [...lists.warning, ...lists.watch, ...lists.over] : [];
  const ranked = sites && [...sites].sort((one, other) => rank(other) - rank(one) || one.id.localeCompare(other.id));
  const blind = coverage ? coverage.others.filter((row) => row.state === 'Blind' || row.state === 'None').map((row) => row.zone) : null;
  const sounded = (sirenGroups ?? []).filter((group) => group.action === 'Sound');
  return {
    alerts: lists ? { shown: all.slice(0, mostAlerts), more: Math.max(0, all.length - mostAlerts), warnings: lists.warning.length, watches: lists.watch.length } : null,
    sites: ranked ? { shown: ranked.slice(0, mostSites), more: Math.max(0, ranked.length - mostSites) } : null,
    sirens: sirens ? {
      ready: sirens.filter(counts).length, all: sirens.length, sounding: sirens.filter((siren) => siren.state === 'Sounding').length,
      ordered: sounded.reduce((sum, group) => sum + group.ordered, 0), done: sounded.reduce((sum, group) => sum + group.done, 0),
    } : null,
    sensors: sensors ? { working: sensors.filter((sensor) => sensor.state === 'Working').length, all: sensors.length } : null,
    blind, quiet: alerts && blind ? zones.filter((zone) => !blind.includes(zone) && !all.some((alert) => alert.zone === zone)) : null,
  };
}

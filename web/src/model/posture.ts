import { language } from '../i18n/index.js';
import type { Configuration, DirectiveRow, Formation, FormationRow, Ladder, MeasureState, SiteRow } from './types.js';

/** The ladder a site stands on. */
export function ladderOf(configuration: Configuration | null, site: string): Ladder | undefined {
  const own = configuration?.sites.find((one) => one.id === site)?.ladder;
  return configuration?.ladders.find((one) => own !== undefined && one.id === own) ?? configuration?.ladder;
}

/** What a phase, a measure or a threat level of a site's ladder is called in the language shown; as it is written where it has no name. */
export function calledAt(configuration: Configuration | null, site: string, what: string): string {
  return ladderOf(configuration, site)?.names?.[what]?.[language()] ?? what;
}

/** What may be ordered there now: all the ladder knows that is not ordered or done already. */
export function orderable(ladder: Ladder | undefined, site: SiteRow): string[] {
  const standing = new Set(site.measures.filter((row) => row.state !== 'Ended' && row.state !== 'Reported').map((row) => row.kind));
  const known = [...Object.values(ladder?.measures ?? {}).flat(), ...(ladder?.duties ?? []).map((duty) => duty.kind)];
  return [...new Set(known)].filter((kind) => !standing.has(kind));
}

/** How a measure may go on from a state. */
export function nextStates(state: MeasureState): MeasureState[] {
  switch (state) {
    case 'Ordered': return ['UnderWay', 'Done', 'Ended'];
    case 'UnderWay': return ['Done', 'UnderWay', 'Ended'];
    case 'Done': return ['Checked', 'UnderWay', 'Ended'];
    case 'Reported': case 'Checked': return ['Ended', 'Done'];
    case 'Ended': return ['Ordered', 'Reported'];
  }
}

/** Has neither acknowledged nor gone further, or lacks a named person's acknowledgement. */
export function isUnanswered(row: FormationRow): boolean {
  return row.state === 'Issued' || row.state === 'Delivered' || row.state === 'Overdue'
    || (row.missing.length > 0 && row.state !== 'Done' && row.state !== 'NotPossible');
}

/** Who has not answered: the named persons, or the formation where anybody may. */
export const unanswered = (row: FormationRow): string[] => (!isUnanswered(row) ? [] : row.missing.length > 0 ? row.missing : [row.formation]);

export const isOverdue = (directive: DirectiveRow): boolean => directive.formations.some((row) => row.state === 'Overdue' || row.overdue !== undefined);

/** A site that asks to be looked at. */
export const siteWaits = (site: SiteRow): boolean =>
  site.standing !== 'Sustained' || site.threat?.expired === true || site.measures.some((row) => row.overdueSince !== undefined);

/** Formations as a tree, each below its parent. */
export function formationTree(formations: Formation[]): { formation: Formation; depth: number }[] {
  const ids = new Set(formations.map((one) => one.id));
  const below = (parent: string | undefined, depth: number): { formation: Formation; depth: number }[] => formations
    .filter((one) => (parent === undefined ? one.parent === undefined || !ids.has(one.parent) : one.parent === parent))
    .flatMap((formation) => [{ formation, depth }, ...(depth < 32 ? below(formation.id, depth + 1) : [])]);
  return below(undefined, 0);
}

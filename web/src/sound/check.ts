import type { LogRow, ShiftBoard } from '../model/types.js';

/** Of the event by which a sound check goes on record. */
export const checkKind = 'sound.check';

/** The latest sound check on the log. */
export const lastCheck = (log: readonly LogRow[] | undefined): LogRow | undefined => log?.findLast((row) => row.kind === checkKind);

/** A check made so long before the watch was taken over counts for it. */
const grace = 30 * 60_000;

/** Whether whoever has the watch has not made one since it began, or shortly before. */
export function checkDue(log: readonly LogRow[] | undefined, shift: ShiftBoard | undefined): boolean {
  if (!log || !shift?.by || !shift.since) return false;
  const check = lastCheck(log);
  return !check || Date.parse(check.at) < Date.parse(shift.since) - grace;
}

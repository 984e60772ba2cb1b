import type { LogRow, ShiftBoard } from '../model/types.js';

/** Of the event by which a sound check goes on record. */
export const checkKind = 'sound.check';

/** The latest sound check on the log. */
export const lastCheck = (log: readonly LogRow[] | undefined): LogRow | undefined => log?.findLast((row) => row.kind === checkKind);

/** Whether whoever has the watch has not made one since it began. */
export function checkDue(log: readonly LogRow[] | undefined, shift: ShiftBoard | undefined): boolean {
  if (!log || !shift?.by || !shift.since) return false;
  const check = lastCheck(log);
  return !check || Date.parse(check.at) < Date.parse(shift.since);
}

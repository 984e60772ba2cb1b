// How many alarms one person can take in: EEMUA Publication 191, Alarm systems: a guide to design, management and
// procurement. In steady work one in ten minutes is very likely acceptable, one in five minutes manageable, one in two
// minutes likely over-demanding, one a minute very likely unacceptable. In the ten minutes after an upset fewer than ten
// should be manageable, twenty to a hundred are hard to cope with, more are too many.

export interface AlarmLoad { lastTenMinutes: number; lastHour: number; worstTenMinutes: number; worstFrom?: string }

export type LoadGrade = 'acceptable' | 'manageable' | 'demanding' | 'flood' | 'excessive';

/** What a number of alarms in ten minutes means to whoever has to answer them. */
export function gradeOf(inTenMinutes: number): LoadGrade {
  if (inTenMinutes <= 1) return 'acceptable';
  if (inTenMinutes <= 2) return 'manageable';
  if (inTenMinutes < 10) return 'demanding';
  return inTenMinutes <= 100 ? 'flood' : 'excessive';
}

/** How far along the scale from none to a flood: 1 and 10 stand a third and two thirds along it. */
export function shareOf(inTenMinutes: number): number {
  return Math.min(1, Math.log10(inTenMinutes + 1) / Math.log10(101));
}

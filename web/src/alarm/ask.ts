import { headers } from '../net/api.js';
import type { Advice, AlertState, ThreatKind } from '../model/types.js';
import type { AlarmLoad } from './load.js';

export type AlarmKind = 'Alert' | 'Sensor' | 'Clock' | 'Coverage' | 'Acknowledgement' | 'Update';
export interface AlarmRow {
  sequence: number; at: string; kind: AlarmKind; subject: string; alert?: string; state?: AlertState; threat?: ThreatKind;
  probability?: number; by?: string; detail: string; advice?: Advice; keptUntil?: string;
}
export interface AlarmAnswer {
  now: string; complete: boolean; read: number; entries: number; forgotten: number; load: AlarmLoad; rows: AlarmRow[]; more: number;
}

/** What was called out, newest first; null when no answer came. */
export async function askAlarms(query: { zone?: string; most: number }): Promise<AlarmAnswer | null> {
  const parameters = new URLSearchParams({ most: String(query.most), ...(query.zone === undefined ? {} : { zone: query.zone }) });
  try {
    const answer = await fetch(`api/alarms?${parameters}`, { headers: headers(), cache: 'no-store', signal: AbortSignal.timeout(10_000) });
    return answer.ok ? ((await answer.json()) as AlarmAnswer) : null;
  } catch {
    return null;
  }
}

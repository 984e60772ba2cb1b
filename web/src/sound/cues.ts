// Which tone is due, from what has changed. No sound is made here.
import type { AlertRow, Boards } from '../model/types.js';

/** The four tones: a new Watch, a new Warning, an all-clear or correction, a fault of the system or of what it sees with. */
export type Cue = 'warning' | 'fault' | 'watch' | 'clear';

/** Gravest first: in this order they are played when several are due at once. */
export const cues: readonly Cue[] = ['warning', 'fault', 'watch', 'clear'];

/** What the ear must know of a moment. */
export interface Moment {
  /** The cue each alert stands for now, by its id. */
  alerts: ReadonlyMap<string, Cue | null>;
  /** What does not work, each under a name of its own. */
  trouble: ReadonlySet<string>;
}

/** A Watch that waits for its release is a Warning that waits for a person: it sounds like one. */
export function cueOf(alert: AlertRow): Cue | null {
  switch (alert.state) {
    case 'Warning': return 'warning';
    case 'Watch': return alert.awaitsRelease ? 'warning' : 'watch';
    case 'AllClear': case 'Correction': return 'clear';
    case 'Closed': return null;
  }
}

/** Null until the alerts have come: nothing is new before. */
export function momentOf(boards: Boards, faults: readonly string[], lost: readonly string[]): Moment | null {
  if (!boards.alerts) return null;
  const trouble = new Set<string>(lost);
  // Numbers in a fault's words rise; it is the same fault.
  for (const fault of faults) trouble.add(`fault:${fault.replace(/\d+/g, '#')}`);
  for (const sensor of boards.sensors ?? []) if (sensor.state === 'Lost' || sensor.state === 'Off') trouble.add(`sensor:${sensor.id}`);
  for (const sensor of boards.sensors ?? []) if (sensor.clock && sensor.clock.state !== 'Right') trouble.add(`clock:${sensor.id}`);
  for (const zone of boards.coverage?.others ?? []) if (zone.state === 'Blind') trouble.add(`zone:${zone.zone}`);
  if (boards.sirenOutlet?.lost) trouble.add('sirens');
  return { alerts: new Map(boards.alerts.map((alert) => [alert.id, cueOf(alert)])), trouble };
}

/** The cues due for what is new since before, each once. Before anything was known only what still needs a person is new. */
export function cuesBetween(before: Moment | null, after: Moment): Cue[] {
  const due = new Set<Cue>();
  for (const [id, cue] of after.alerts) {
    if (cue === null || before?.alerts.get(id) === cue) continue;
    if (before === null && cue === 'clear') continue;
    due.add(cue);
  }
  if (before) for (const name of after.trouble) if (!before.trouble.has(name)) due.add('fault');
  return cues.filter((cue) => due.has(cue));
}

/** The Warnings that go on sounding: nobody has acknowledged them, and nobody has silenced them at this console. */
export const sounding = (alerts: readonly AlertRow[], silenced: ReadonlySet<string>): AlertRow[] =>
  alerts.filter((alert) => cueOf(alert) === 'warning' && alert.acknowledgedBy.length === 0 && !silenced.has(alert.id));

/** The alerts whose silence is over: they are no Warning any more, so that the next one of the same name is heard. */
export const forgotten = (silenced: ReadonlySet<string>, now: Moment): string[] => [...silenced].filter((id) => now.alerts.get(id) !== 'warning');

import type { CommandForm } from './panels/commandForm.js';
import type { RaisePreset } from './panels/raise.js';
import type { Sheet } from './panels/sheet.js';
import type { Tab } from './model/store.js';
import type { AlertRow, Command, DrillRow, SirenRow, SiteRow } from './model/types.js';

/** An order that a person is asked to confirm. */
export type Question =
  | { kind: 'acknowledge' | 'release' | 'allClear' | 'correct'; alert: AlertRow }
  | { kind: 'phase'; site: SiteRow }
  | { kind: 'testSiren'; siren: SirenRow }
  | { kind: 'callOffDrill'; drill: DrillRow };

/** What panels may ask of the console. */
export interface Actions {
  ask(question: Question): void;
  /** Opens the form of an order or report. */
  fill(form: CommandForm): void;
  /** Opens the form for raising an alert. */
  raise(preset?: RaisePreset): void;
  /** Lays something to read or fill in over the console. */
  open(sheet: Sheet): void;
  /** The sound of this console, and its check. */
  sound(): void;
  /** Every alert a zone has had. */
  showHistory(zone: string): void;
  /** Shows a board and gives its tab the focus. */
  showBoard(tab: Tab): void;
  /** Shows the alerts, also where one part is shown at a time, and then does something there. */
  toAlerts(then: () => void): void;
  /** Windows for further screens. */
  windows(): void;
  signIn(): void;
  showZone(id: string): void;
  showTrack(id: number): void;
  closeTrack(): void;
  /** Keeps a track in the middle of the map, or no longer. */
  follow(id: number): void;
  /** Shows no other track, or all again. */
  isolate(id: number): void;
  /** Draws everything anew in the language that is shown now. */
  languageChanged(): void;
  switchTheme(): void;
}

export const needsReason = (question: Question): boolean => ['correct', 'phase', 'callOffDrill'].includes(question.kind);

export function commandFor(question: Question, by: string, reason: string, phase: string): Command {
  switch (question.kind) {
    case 'acknowledge': return { type: 'alert.acknowledge', by, alert: question.alert.id };
    case 'release': return { type: 'alert.release', by, alert: question.alert.id };
    case 'allClear': return { type: 'alert.allClear', by, alert: question.alert.id };
    case 'correct': return { type: 'alert.correct', by, alert: question.alert.id, reason };
    case 'phase': return { type: 'site.phase', by, site: question.site.id, phase, reason };
    case 'testSiren': return { type: 'siren.test', by, siren: question.siren.id };
    case 'callOffDrill': return { type: 'drill.callOff', by, drill: question.drill.id, reason };
  }
}

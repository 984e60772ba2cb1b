import { commandOf, type Waiting } from './report.js';

// Reports wait on the phone until the server has said that it has them: a page that is closed, a battery that dies or a
// connection that breaks loses none. Sending twice does no harm, as the server knows a report by its id.

export interface Keep { getItem(key: string): string | null; setItem(key: string, value: string): void }
/** done: the server has it. refused: it never will. later: nobody knows; it is sent again. signIn: not without a token. */
export type Sent = { as: 'done' } | { as: 'refused'; reason: string } | { as: 'later' } | { as: 'signIn' };
export type Send = (command: Record<string, unknown>) => Promise<Sent>;

/** Reports that may wait. One more is refused aloud: an old one is never dropped for a new one. */
export const most = 50;
const key = 'nadhir.reports';

export interface Outcome { id: string; state: 'arrived' | 'refused'; reason: string }

export class ReportQueue {
  private sending = false;
  needsSignIn = false;
  /** What became of the last reports, newest first. */
  readonly outcomes: Outcome[] = [];

  constructor(private readonly keep: Keep, private readonly send: Send, private readonly now: () => number, private readonly changed: () => void) {}

  get waiting(): Waiting[] {
    try {
      const read: unknown = JSON.parse(this.keep.getItem(key) ?? '[]');
      return Array.isArray(read) ? (read as Waiting[]) : [];
    } catch {
      return [];
    }
  }

  /** False when it cannot be kept: the phone is full, or too many wait. */
  add(report: Waiting): boolean {
    const waiting = this.waiting;
    if (waiting.length >= most) return false;
    try {
      // What arrived before must not look like the answer to this one.
      this.outcomes.length = 0;
      this.write([...waiting, report]);
    } catch {
      return false;
    }
    return true;
  }

  /** Sends what waits, the oldest first, until one cannot be sent. Calls that come meanwhile do nothing. */
  async flush(): Promise<void> {
    if (this.sending) return;
    this.sending = true;
    try {
      for (let first = this.waiting[0]; first; first = this.waiting[0]) {
        const { id } = first;
        const sent = await this.send(commandOf(first, this.now()));
        this.needsSignIn = sent.as === 'signIn';
        if (sent.as === 'later' || sent.as === 'signIn') break;
        this.write(this.waiting.filter((report) => report.id !== id));
        this.outcomes.unshift({ id, state: sent.as === 'done' ? 'arrived' : 'refused', reason: sent.as === 'refused' ? sent.reason : '' });
        this.outcomes.length = Math.min(this.outcomes.length, 5);
        this.changed();
      }
    } finally {
      this.sending = false;
      this.changed();
    }
  }

  private write(reports: Waiting[]): void {
    this.keep.setItem(key, JSON.stringify(reports));
    this.changed();
  }
}

import { decideBreak } from './breakthrough.js';
import { askMarks, askMoment, askRange, follow, type FilmMark, type FilmRange, type Part } from './film.js';
import { describe, emptyPicture, withBoards, type Picture } from './picture.js';
import type { Store } from '../model/store.js';
import type { AlertRow } from '../model/types.js';

export type Mode = 'live' | 'paused' | 'playing';
export const speeds = [1, 2, 5, 10, 30, 60] as const;
/** Lengths of the stretch on the bar, minutes; 0 is all of it. */
export const spans = [10, 60, 360, 1440, 0] as const;

const lookEvery = 2000;
/** Marks before the newest known are asked for again so far back: a crossing is known later than it happened. */
const marksAgain = 10 * 60_000;

/** Which moment the screen shows: now, one that stands, or one after another. */
export class TimeDesk {
  mode: Mode = 'live';
  speed: number = 10;
  minutes: number = 60;
  range: FilmRange | null = null;
  /** Whether the film has been asked for at least once. */
  asked = false;
  marks: FilmMark[] = [];
  moreMarks = false;
  mark: FilmMark | null = null;
  fault = false;
  /** A moment has been asked for and has not come. */
  seeking = false;
  /** Live Warnings that began while the screen showed the past. */
  broken: AlertRow[] = [];

  private work = new AbortController();
  private wanted: number | null = null;
  /** The moment found must be a later one than this. */
  private after: number | null = null;
  private known = new Set<string>();
  private marksTo = 0;
  private begun = false;

  constructor(private readonly store: Store, private readonly onFrame: () => void, private readonly showPlaceOf: (mark: FilmMark) => void) {}

  get isLive(): boolean {
    return this.mode === 'live' && !this.review;
  }

  /** The time shown; now while live. */
  get at(): number {
    return this.store.past?.at ?? this.store.liveNow();
  }

  get review(): boolean {
    return this.store.configuration?.review ?? false;
  }

  start(): void {
    this.store.subscribe(() => this.watch());
    void this.look();
    setInterval(() => void this.look(), lookEvery);
  }

  /** The screen stands. What comes goes on being kept. */
  pause(): void {
    this.stop();
    if (!this.store.past) {
      const live = this.store.live;
      this.leave({ ...live, descriptions: new Map(live.descriptions), at: live.frame?.time ?? this.store.liveNow() });
    }
    this.mode = 'paused';
    this.store.changed();
  }

  toggle(): void {
    if (this.mode === 'paused' && this.range?.from) this.play();
    else this.pause();
  }

  /** Goes on from the moment shown. */
  play(speed: number = this.speed): void {
    this.speed = speed;
    const from = this.at;
    this.stop();
    if (this.isLive) return;
    this.mode = 'playing';
    this.store.changed();
    const { signal } = this.work;
    let ended = false;
    follow(from, speed, signal, (parts) => {
      if (signal.aborted) return;
      ended ||= parts.some((part) => part.kind === 'end');
      this.take(parts, false);
    }).then(() => this.end(signal, ended), () => this.end(signal, false));
  }

  /** Shows the moment at a time; a mark's moment with its track. */
  seek(time: number, mark: FilmMark | null = null): void {
    const playing = this.mode === 'playing';
    this.stop();
    this.mark = mark;
    if (!this.store.past) this.leave({ ...emptyPicture(), at: time });
    this.mode = 'paused';
    const first = Date.parse(this.range?.from ?? ''), last = Date.parse(this.range?.to ?? '');
    this.wanted = Math.max(Number.isNaN(first) ? time : first, Math.min(Number.isNaN(last) ? time : last, time));
    if (!this.seeking) queueMicrotask(() => void this.find(playing && !mark));
    this.store.changed();
  }

  /** So many seconds on or back; to the neighbouring moment at least. */
  step(seconds: number): void {
    const at = this.wanted ?? this.at;
    this.seek(at + seconds * 1000);
    this.after = seconds > 0 ? at : null;
  }

  /** To the next mark, or the one before. */
  jump(forward: boolean): void {
    const at = this.mark ? Date.parse(this.mark.at) : this.at;
    const found = forward ? this.marks.find((one) => Date.parse(one.at) > at) : this.marks.findLast((one) => Date.parse(one.at) < at);
    if (found) this.toMark(found);
  }

  toMark(mark: FilmMark): void {
    // A crossing at the second it happened; what a rule or person changed, once the boards tell of it.
    // A browser reads whole milliseconds, and what was known in the next one would not be shown.
    this.seek(mark.kind === 'Crossing' ? Date.parse(mark.at) : Date.parse(mark.knownAt) + 1, mark);
  }

  live(): void {
    if (this.review) return;
    this.stop();
    this.mode = 'live';
    this.mark = null;
    this.broken = [];
    this.store.past = null;
    this.onFrame();
    this.store.changed();
  }

  private leave(picture: Picture): void {
    this.known = new Set((this.store.live.boards.alerts ?? []).filter((alert) => alert.state === 'Warning').map((alert) => alert.id));
    this.store.past = picture;
    this.onFrame();
  }

  private stop(): void {
    this.work.abort();
    this.work = new AbortController();
    this.wanted = this.after = null;
    this.fault = false;
  }

  /** One question at a time: of moments asked for meanwhile only the last counts. */
  private async find(playOn: boolean): Promise<void> {
    if (this.seeking) return;
    this.seeking = true;
    while (this.wanted !== null) {
      const [time, after] = [this.wanted, this.after];
      this.wanted = null;
      const { signal } = this.work;
      try {
        const parts = await askMoment(time, after, AbortSignal.timeout(10_000));
        if (!signal.aborted && this.wanted === null) this.take(parts, true);
      } catch {
        if (!signal.aborted) this.fault = true;
      }
    }
    this.seeking = false;
    if (this.mode === 'paused' && this.mark) this.showPlaceOf(this.mark);
    if (playOn && this.mode === 'paused' && !this.fault) this.play();
    this.store.changed();
  }

  private take(parts: Part[], whole: boolean): void {
    if (this.isLive) return;
    let picture = whole ? emptyPicture() : this.store.past ?? emptyPicture();
    for (const part of parts) {
      if (part.kind === 'boards') picture = withBoards(picture, part.event);
      else if (part.kind === 'descriptions') describe(picture, part.tracks);
      else if (part.kind === 'tracks') picture = { ...picture, frame: part.frame, at: part.frame.time };
    }
    this.store.past = picture;
    this.onFrame();
    this.store.changed();
  }

  /** The film ended: now has been reached, or the record is over. */
  private end(signal: AbortSignal, ended: boolean): void {
    if (signal.aborted) return;
    if (ended && !this.review) {
      this.live();
      return;
    }
    this.mode = 'paused';
    this.fault = !ended;
    this.store.changed();
  }

  private watch(): void {
    if (this.isLive) return;
    const broken = decideBreak(this.store.live.boards.alerts ?? [], this.known);
    if (broken.length === this.broken.length && broken.every((alert, i) => alert === this.broken[i])) return;
    this.broken = broken;
    this.store.changed();
  }

  private async look(): Promise<void> {
    this.range = await askRange();
    this.asked = true;
    const to = Date.parse(this.range?.to ?? '');
    if (!Number.isNaN(to)) {
      await this.lookForMarks(to);
      if (this.review && !this.begun) {
        this.begun = true;
        this.minutes = 0;
        this.seek(Date.parse(this.range?.from ?? ''));
      }
    }
    this.store.changed();
  }

  private async lookForMarks(to: number): Promise<void> {
    const from = this.range?.building === undefined ? Math.max(0, this.marksTo - marksAgain) : 0;
    const got = await askMarks(from, to + 1);
    if (!got) return;
    this.marks = [...this.marks.filter((one) => Date.parse(one.at) < from), ...got.marks];
    this.moreMarks = got.more;
    this.marksTo = to;
  }
}

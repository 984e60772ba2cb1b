// What the page of a zone knows, and how old that is. No page is needed to test this.

export interface Names { en: string; [language: string]: string }
export interface Words { headline: string; description: string; instruction: string }

/** The JSON of `/api/zones/ID` and of the event `state`. */
export interface ZoneState {
  zone: string;
  names: Names;
  secondsToShelter: number;
  exercise: boolean;
  state: 'None' | 'Watch' | 'Warning' | 'AllClear' | 'Correction';
  holdsFrom?: { zone: string; names: Names };
  since?: string;
  arrival?: { earliest: string; latest: string };
  distanceKilometres?: number;
  texts?: Record<string, Words>;
  within?: { zone: string; names: Names; state: ZoneState['state'] }[];
  coverage?: 'None' | 'Blind' | 'Thinned' | 'Full';
}

/**
 * What is said, in a language: in that one, whatever its region, else in English, else in the first there is. Whoever reads
 * another language must not be shown that there is nothing. The server's page chooses by the same rule.
 */
export function said(texts: Record<string, Words> | undefined, language: string): { language: string; words: Words } | null {
  const tags = Object.keys(texts ?? {}).sort(), spoken = (tag: string): string => tag.split('-')[0] ?? '';
  const tag = tags.find((one) => one === language) ?? tags.find((one) => spoken(one) === spoken(language)) ?? tags.find((one) => spoken(one) === 'en') ?? tags[0];
  return tag === undefined ? null : { language: tag, words: texts![tag]! };
}

export const shapes: Record<string, string> = { Warning: '▲', Watch: '◆', AllClear: '●', Correction: '■', None: '○', Unknown: '?' };

/** Minutes and seconds; hours before them when there are any. Nothing below zero. */
export function span(milliseconds: number): string {
  const seconds = Math.max(0, Math.floor(milliseconds / 1000));
  const two = (value: number): string => String(value).padStart(2, '0');
  const hours = Math.floor(seconds / 3600), minutes = Math.floor(seconds / 60) % 60;
  return hours > 0 ? `${hours}:${two(minutes)}:${two(seconds % 60)}` : `${minutes}:${two(seconds % 60)}`;
}

/**
 * An interval as people read it: from the first minute to the end of the last, or by the second when it lies within one
 * minute. The server's page says it by the same rule.
 */
export function interval(earliest: number, latest: number, clock: (time: number, seconds: boolean) => string): string {
  const seconds = Math.floor(earliest / 60_000) === Math.floor(latest / 60_000), unit = seconds ? 1000 : 60_000;
  const from = clock(earliest, seconds), to = clock(Math.ceil(latest / unit) * unit, seconds);
  return from === to ? from : `${from}–${to}`;
}

/** A word's blanks filled: fill('in {zones}', { zones: 'Babil' }). */
export function fill(words: string, blanks: Record<string, string>): string {
  return words.replace(/\{(\w+)\}/g, (whole, name: string) => blanks[name] ?? whole);
}

/** The text cut where digits begin and end: they keep their order among right-to-left words when set apart. */
export function digitRuns(text: string): { text: string; digits: boolean }[] {
  return text.split(/(\d[\d:.,–-]*\d|\d)/).map((part, i) => ({ text: part, digits: i % 2 === 1 })).filter((part) => part.text !== '');
}

/** live: may be relied on. lost: no sign of life. stale: the server lives, its picture does not. unknown: too old to show first. */
export type Link = 'live' | 'lost' | 'stale' | 'unknown';

/**
 * How old the knowledge is, by the phone's own steady clock: a phone's date may be wrong. Times are milliseconds; `now`
 * counts from anywhere, as performance.now() does.
 */
export class Knowledge {
  private heard: number | null = null;
  private serverAt = 0;
  private serverAsOf = 0;

  constructor(private readonly beat: number, private readonly unknownAfter: number) {}

  /** The server said something: at its time `at`, knowing what it knows as of `asOf`; it was `age` on its way through a cache. */
  hear(now: number, at: number, asOf: number, age = 0): void {
    if (!Number.isFinite(at) || !Number.isFinite(asOf)) return;
    this.heard = now - age;
    this.serverAt = at;
    this.serverAsOf = asOf;
  }

  /** The server's time now; null before it was heard. */
  time(now: number): number | null {
    return this.heard === null ? null : this.serverAt + (now - this.heard);
  }

  /** How long ago what is shown was known; null when it never was. */
  age(now: number): number | null {
    return this.heard === null ? null : now - this.heard + Math.max(0, this.serverAt - this.serverAsOf);
  }

  link(now: number): Link {
    const age = this.age(now);
    if (age === null || this.heard === null || age > this.unknownAfter) return 'unknown';
    // Three missed, and a little for the way.
    if (now - this.heard > 3 * this.beat + 500) return 'lost';
    return this.serverAt - this.serverAsOf > 3 * this.beat ? 'stale' : 'live';
  }
}

/** What stands large on the page. */
export function badgeOf(state: ZoneState, link: Link): string {
  if (link === 'unknown') return 'Unknown';
  return state.state === 'None' && state.within ? 'Part' : state.state;
}

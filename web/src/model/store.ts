import type { Boards, BoardsEvent, Cause, ClaimRow, Configuration, CoverageRow, Heartbeat, TrackDescription, Zone } from './types.js';
import { MapSettings } from '../map/settings.js';
import type { Part } from './view.js';
import type { TrackFrame } from '../net/frame.js';
import { describe, emptyPicture, withBoards, type Picture } from '../time/picture.js';

export type Tab = 'sites' | 'sirens' | 'coverage' | 'drills' | 'directives' | 'incidents' | 'statements' | 'flights' | 'papers' | 'cases' | 'shift' | 'health' | 'log';
export const themes = ['night', 'day', 'contrast'] as const;
export type Theme = (typeof themes)[number];
export type Link = 'connecting' | 'connected' | 'lost';

/** All the console knows. Panels read it; only the functions below change it. */
export class Store {
  configuration: Configuration | null = null;
  /** The newest of everything, whatever the screen shows: what sounds and breaks through looks here. */
  live: Picture = emptyPicture();
  /** What the screen shows instead of now; null while it is live. */
  past: Picture | null = null;
  /** What keeps the system from working, in English, and as causes that are said in the language shown. */
  faults: string[] = [];
  causes: Cause[] = [];
  operator = false;
  link: Link = 'connecting';
  tracksLink: Link = 'connecting';
  /** When the last word came from the server, by this machine's own steady clock; null before the first. */
  heardAt: number | null = null;
  tracksHeardAt: number | null = null;
  tab: Tab = 'sites';
  /** What a phone shows; wider screens show all of it. */
  part: Part = 'alerts';
  /** False where no map is shown: then no tracks are asked for. */
  tracksWanted = true;
  theme: Theme = 'night';
  selectedTrack: number | null = null;
  /** What this person chose to see on the map. */
  readonly settings = new MapSettings(typeof localStorage === 'undefined' ? null : localStorage);

  private serverTime = 0;
  private serverTimeAt = 0;
  private boardsTime = '';
  private boardsMovedAt = 0;
  private readonly listeners = new Set<() => void>();

  get boards(): Boards { return (this.past ?? this.live).boards; }
  get withheld(): number { return (this.past ?? this.live).withheld; }
  get frame(): TrackFrame | null { return (this.past ?? this.live).frame; }
  get descriptions(): ReadonlyMap<number, TrackDescription> { return (this.past ?? this.live).descriptions; }

  subscribe(listener: () => void): void {
    this.listeners.add(listener);
  }

  /** Tells everyone to look again. */
  changed(): void {
    for (const listener of this.listeners) listener();
  }

  /** The time of what the screen shows. */
  now(): number {
    return this.past ? this.past.at ?? 0 : this.liveNow();
  }

  /** Server time now: its last word moved on by our own clock. */
  liveNow(): number {
    return this.serverTime === 0 ? Date.now() : this.serverTime + (performance.now() - this.serverTimeAt);
  }

  takeConfiguration(configuration: Configuration): void {
    this.configuration = configuration;
    this.operator = configuration.operator;
    this.changed();
  }

  takeBoards(event: BoardsEvent): void {
    this.live = withBoards(this.live, event);
    this.boardsAt(event.now);
    this.heard();
    this.changed();
  }

  takeHeartbeat(beat: Heartbeat): void {
    this.setServerTime(Date.parse(beat.now));
    this.boardsAt(beat.boardsAt);
    this.faults = beat.faults;
    this.causes = beat.causes ?? [];
    this.operator = beat.operator;
    this.heard();
    this.changed();
  }

  takeFrame(frame: TrackFrame): void {
    this.live.frame = frame;
    this.setServerTime(frame.time);
    this.tracksHeardAt = performance.now();
    this.tracksLink = 'connected';
  }

  takeDescriptions(changed: TrackDescription[]): void {
    describe(this.live, changed);
    this.changed();
  }

  /** Seconds since anything was heard. */
  silence(): number | null {
    return this.heardAt === null ? null : (performance.now() - this.heardAt) / 1000;
  }

  /** Seconds for which the server's boards have not moved although it answers. */
  standstill(): number {
    return this.boardsMovedAt === 0 || this.configuration?.review ? 0 : (performance.now() - this.boardsMovedAt) / 1000;
  }

  /** The server's own time of the boards shown; null before any have come. */
  boardsKnownAt(): number | null {
    if (this.past) return this.past.at;
    return this.boardsTime === '' ? null : Date.parse(this.boardsTime);
  }

  /** Every claim, of incidents and of none. */
  allClaims(): ClaimRow[] {
    return [...(this.boards.incidents ?? []).flatMap((incident) => incident.claims), ...(this.boards.claims ?? [])];
  }

  coverageLost(): boolean {
    return (this.boards.sensors?.some((sensor) => sensor.state !== 'Working') ?? false) || this.unseen().length > 0;
  }

  /** The zones over which no working sensor watches. */
  unseen(): CoverageRow[] {
    return this.boards.coverage?.others.filter((row) => row.state === 'Blind' || row.state === 'None') ?? [];
  }

  zone(id: string): Zone | undefined {
    return this.configuration?.zones.find((one) => one.id === id);
  }

  private heard(): void {
    this.heardAt = performance.now();
    this.link = 'connected';
  }

  private boardsAt(time: string): void {
    if (time === this.boardsTime) return;
    this.boardsTime = time;
    this.boardsMovedAt = performance.now();
  }

  private setServerTime(time: number): void {
    this.serverTime = time;
    this.serverTimeAt = performance.now();
  }
}

import { language, nameOf, t } from '../i18n/index.js';
import type { Store } from '../model/store.js';
import { cuesBetween, forgotten, momentOf, sounding, type Cue, type Moment } from './cues.js';
import { Player, type Ability } from './player.js';

/** A Warning nobody has acknowledged sounds again after so long. */
const againAfter = 6000;

const volumeKey = 'nadhir.volume';
const mutedKey = 'nadhir.muted';

/** Listens to the store and sounds what is new; repeats Warnings until somebody acknowledges them. */
export class Ear {
  volume = Math.min(1, Math.max(0.1, Number(localStorage.getItem(volumeKey) ?? '0.8') || 0.8));
  muted = localStorage.getItem(mutedKey) === 'true';
  /** What was sounded, newest last, for whoever asks what that was. */
  readonly heard: { cue: Cue; at: number }[] = [];
  private readonly player: Player;
  private readonly silenced = new Set<string>();
  private before: Moment | null = null;
  private soundedAt = 0;

  constructor(private readonly store: Store) {
    this.player = new Player(() => store.changed());
    for (const touch of ['pointerdown', 'keydown'] as const) addEventListener(touch, () => void this.player.allow(), { capture: true });
    store.subscribe(() => this.listen());
  }

  get ability(): Ability {
    return this.player.ability;
  }

  /** Whether a new Warning would be heard here. */
  get audible(): boolean {
    return this.ability === 'ready' && !this.muted;
  }

  /** How many Warnings go on sounding. */
  get calling(): number {
    return sounding(this.store.live.boards.alerts ?? [], this.silenced).length;
  }

  allow(): void {
    void this.player.allow();
  }

  setVolume(volume: number): void {
    this.volume = volume;
    localStorage.setItem(volumeKey, String(volume));
    this.store.changed();
  }

  mute(muted: boolean): void {
    this.muted = muted;
    localStorage.setItem(mutedKey, String(muted));
    this.store.changed();
  }

  /** Stops the repeating at this console. It acknowledges nothing: others go on hearing it. */
  silence(): void {
    for (const alert of sounding(this.store.live.boards.alerts ?? [], this.silenced)) this.silenced.add(alert.id);
    this.store.changed();
  }

  /** A tone for a sound check, heard though the console is muted. */
  test(cue: Cue): void {
    void this.player.allow().then(() => this.player.play(cue, this.volume));
  }

  private listen(): void {
    const { live: { boards }, faults, link, tracksLink } = this.store; // Whatever moment the screen shows.
    const lost = [...(link === 'lost' ? ['link'] : []), ...(tracksLink === 'lost' ? ['tracks'] : [])];
    const now = momentOf(boards, faults, lost);
    if (!now) return;
    const due = cuesBetween(this.before, now);
    this.before = now;
    // What was silenced and has ended may come again: then it sounds.
    for (const id of forgotten(this.silenced, now)) this.silenced.delete(id);
    for (const cue of due) this.sound(cue);
    if (due.length > 0) this.notify(due);
    if (this.calling > 0 && performance.now() - this.soundedAt > againAfter) this.sound('warning');
  }

  private sound(cue: Cue): void {
    if (cue === 'warning') this.soundedAt = performance.now();
    this.heard.push({ cue, at: this.store.liveNow() });
    if (this.heard.length > 20) this.heard.shift();
    if (!this.muted) this.player.play(cue, this.volume);
  }

  /** A note of the browser's own, for whoever has another window before them. */
  private notify(due: readonly Cue[]): void {
    if (!('Notification' in globalThis) || Notification.permission !== 'granted' || document.visibilityState === 'visible') return;
    const world = this.store.configuration?.exercise ? `[${t('exercise')}] ` : '';
    const alerts = (this.store.live.boards.alerts ?? []).filter((alert) => alert.state !== 'Closed' && alert.acknowledgedBy.length === 0);
    const where = alerts.slice(0, 3).map((alert) => `${t(`alert.${alert.state}`)}: ${nameOf(this.store.zone(alert.zone), alert.zone)}`);
    const title = due.includes('fault') && due.length === 1 ? t('sound.fault') : where[0] ?? t('panel.alerts');
    new Notification(`${world}${title}`, {
      body: where.slice(1).join('\n'), tag: `nadhir-${due[0]}`, requireInteraction: due.includes('warning'), lang: language(), dir: document.documentElement.dir as 'ltr' | 'rtl',
    });
  }
}

import { cues, type Cue } from './cues.js';
import { lengthOf, tones } from './tones.js';

/** Blocked: the browser makes no sound until somebody has touched the page. Absent: it has no sound at all. */
export type Ability = 'ready' | 'blocked' | 'absent';

/** Makes the tones, one after the other. */
export class Player {
  private context: AudioContext | null = null;
  private readonly waiting: Cue[] = [];
  private busyUntil = 0;

  constructor(private readonly changed: () => void) {
    try {
      this.context = new AudioContext();
      this.context.onstatechange = () => {
        this.next();
        this.changed();
      };
    } catch {
      this.context = null;
    }
  }

  get ability(): Ability {
    return !this.context ? 'absent' : this.context.state === 'running' ? 'ready' : 'blocked';
  }

  /** To be called from a touch or key: that is what browsers ask for. */
  async allow(): Promise<void> {
    await this.context?.resume().catch(() => undefined);
    this.changed();
  }

  /** Plays it after what sounds now; a tone that waits already is not asked for twice, and graver ones go first. */
  play(cue: Cue, volume: number): void {
    if (volume <= 0 || this.ability !== 'ready') return;
    this.volume = volume;
    if (!this.waiting.includes(cue)) this.waiting.push(cue);
    this.waiting.sort((one, other) => cues.indexOf(one) - cues.indexOf(other));
    this.next();
  }

  private volume = 1;

  private next(): void {
    const context = this.context;
    if (!context || context.state !== 'running' || context.currentTime < this.busyUntil) return;
    const cue = this.waiting.shift();
    if (!cue) return;
    const start = context.currentTime + 0.03;
    for (const note of tones[cue]) {
      const pitch = new OscillatorNode(context, { type: note.wave, frequency: note.hertz });
      const loudness = new GainNode(context, { gain: 0 });
      const [from, to] = [start + note.at, start + note.at + note.lasts];
      if (note.to) pitch.frequency.linearRampToValueAtTime(note.to, to);
      loudness.gain.setValueAtTime(0, from);
      loudness.gain.linearRampToValueAtTime(note.loudness * this.volume, from + 0.012);
      loudness.gain.setValueAtTime(note.loudness * this.volume, to - 0.03);
      loudness.gain.linearRampToValueAtTime(0, to);
      pitch.connect(loudness).connect(context.destination);
      pitch.start(from);
      pitch.stop(to);
    }
    this.busyUntil = start + lengthOf(cue);
    setTimeout(() => this.next(), (lengthOf(cue) + 0.25) * 1000);
  }
}

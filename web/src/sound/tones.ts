import type { Cue } from './cues.js';

/** One note: pitch, loudness from 0 to 1, and when it sounds, seconds from the beginning. */
export interface Note { hertz: number; to?: number; wave: OscillatorType; loudness: number; at: number; lasts: number }

const run = (hertz: readonly number[], each: number, gap: number, wave: OscillatorType, loudness: number): Note[] =>
  hertz.map((one, i) => ({ hertz: one, wave, loudness, at: i * (each + gap), lasts: each }));

/**
 * Told apart by rhythm and direction, not by pitch alone: who hears high notes badly still knows which one it was. Main
 * pitches lie between 300 and 1000 Hz, where old ears and small loudspeakers are best.
 */
export const tones: Record<Cue, readonly Note[]> = {
  // Eight fast notes, high and low in turn.
  warning: run([960, 720, 960, 720, 960, 720, 960, 720], 0.14, 0.03, 'square', 0.55),
  // Two slow notes that rise, twice.
  watch: [...run([520, 700], 0.32, 0.06, 'triangle', 0.8), ...run([520, 700], 0.32, 0.06, 'triangle', 0.8).map((note) => ({ ...note, at: note.at + 1 }))],
  // One long slide downwards, and rest.
  clear: [{ hertz: 780, to: 390, wave: 'sine', loudness: 0.9, at: 0, lasts: 1.1 }, { hertz: 390, wave: 'sine', loudness: 0.8, at: 1.15, lasts: 0.5 }],
  // Three low, rough beats.
  fault: run([330, 330, 330], 0.18, 0.16, 'sawtooth', 0.6),
};

/** How long a tone takes, seconds. */
export const lengthOf = (cue: Cue): number => Math.max(...tones[cue].map((note) => note.at + note.lasts));

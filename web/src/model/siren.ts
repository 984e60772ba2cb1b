import type { SirenRow } from '../model/types.js';

/** Whether a siren would sound, or does, as far as its word is believed. */
export const counts = (siren: SirenRow): boolean => !siren.doubt && (siren.state === 'Ready' || siren.state === 'Sounding');

import type { Label } from './labels.js';

/** Which label is written first. Labels of tracks stand between these: see picture.ts. */
export const enum Order { Warning = 10, Impact = 20, Watch = 30, Lost = 40, Crossing = 50, Unseen = 60, Ended = 70, Zone = 80, Site = 90, Sensor = 100, City = 110, Town = 120, Governorate = 130, Country = 140, Ring = 150 }

/** A label at a place of the map's plane; with a dot where it marks a place. */
export type MapLabel = Omit<Label, 'x' | 'y'> & { at: [number, number]; order: number; dot?: number; colour?: string };

export const font = (weight: 400 | 600 | 700, size: number): string => `${weight} ${size}px "Noto Sans", "Noto Sans Arabic", sans-serif`;

// Finding a track, zone, place, site or sensor by any of its names, in either language, or a point by its coordinates.
import { trackNumber } from '../format.js';
import type { Store } from '../model/store.js';
import type { Named } from '../model/types.js';
import type { Place } from './base.js';
import { eastOf, northOf, toMap } from './mercator.js';

export type Found =
  | { kind: 'track'; id: number; title: string; detail: string }
  | { kind: 'zone'; id: string; title: string; detail: string }
  | { kind: 'place' | 'site' | 'sensor' | 'point'; at: [number, number]; title: string; detail: string };

const most = 12;

/** Letters as people type them: no accents, no vowel marks, one form of each Arabic letter. */
export function folded(text: string): string {
  return text.normalize('NFKD').toLowerCase()
    .replace(/[\u0300-\u036f\u064b-\u065f\u0670\u0640]/g, '')
    .replace(/[أإآٱ]/g, 'ا').replace(/ى/g, 'ي').replace(/ة/g, 'ه').replace(/[’'`ʿʾ]/g, '').replace(/[\s_-]+/g, ' ').trim();
}

/** 0 for the thing itself, 1 for a beginning, 2 for the beginning of a word, 3 for a part; nothing when it does not fit. */
export function fit(query: string, names: readonly (string | undefined)[]): number | null {
  let best: number | null = null;
  for (const name of names) {
    if (!name) continue;
    const own = folded(name);
    const at = own.indexOf(query);
    if (at < 0) continue;
    const rank = own === query ? 0 : at === 0 ? 1 : own[at - 1] === ' ' ? 2 : 3;
    if (best === null || rank < best) best = rank;
  }
  return best;
}

/** "33.12 44.5", "33.12N, 44.5E": latitude, then longitude. */
export function coordinatesIn(text: string): [number, number] | null {
  const match = /^\s*([-+]?\d{1,2}(?:\.\d+)?)\s*°?\s*([NS])?[\s,;]+([-+]?\d{1,3}(?:\.\d+)?)\s*°?\s*([EW])?\s*$/i.exec(text);
  if (!match) return null;
  const latitude = Number(match[1]) * (match[2]?.toUpperCase() === 'S' ? -1 : 1);
  const longitude = Number(match[3]) * (match[4]?.toUpperCase() === 'W' ? -1 : 1);
  return Math.abs(latitude) <= 85 && Math.abs(longitude) <= 180 ? [latitude, longitude] : null;
}

const namesOf = (thing: Named): string[] => [thing.id, thing.name, ...Object.values(thing.names ?? {})];

export function search(store: Store, places: readonly Place[], text: string): Found[] {
  const query = folded(text);
  if (query === '') return [];
  const hits: { rank: number; found: Found }[] = [];
  const add = (rank: number | null, weight: number, found: () => Found): void => {
    if (rank !== null) hits.push({ rank: rank * 10 + weight, found: found() });
  };
  const point = coordinatesIn(text);
  if (point) add(0, 0, () => ({ kind: 'point', at: [eastOf(point[1]), northOf(point[0])], title: text.trim(), detail: '' }));
  const { configuration, frame, descriptions } = store;
  for (const id of frame?.id ?? []) {
    const said = descriptions.get(id);
    add(fit(query, [trackNumber(id), String(id), said?.callsign, said?.address, said?.mode3A, said?.authorisation]), 1, () => ({
      kind: 'track', id, title: trackNumber(id), detail: [said?.callsign, said?.address, said?.mode3A].filter(Boolean).join(' · '),
    }));
  }
  for (const zone of configuration?.zones ?? []) add(fit(query, namesOf(zone)), 2, () => ({ kind: 'zone', id: zone.id, ...both(zone) }));
  for (const site of configuration?.sites ?? []) add(fit(query, namesOf(site)), 3, () => ({ kind: 'site', at: toMap(site.position), ...both(site) }));
  for (const sensor of configuration?.sensors ?? []) {
    add(fit(query, namesOf(sensor)), 4, () => ({ kind: 'sensor', at: toMap(sensor.position), title: sensor.id, detail: [sensor.name, ...Object.values(sensor.names ?? {})].filter(Boolean).join(' · ') }));
  }
  for (const place of places) {
    add(fit(query, [place.name, place.ar]), 5, () => ({ kind: 'place', at: [eastOf(place.at[0]), northOf(place.at[1])], title: place.name, detail: place.ar ?? '' }));
  }
  return hits.sort((one, other) => one.rank - other.rank).slice(0, most).map((hit) => hit.found);
}

function both(thing: Named): { title: string; detail: string } {
  return { title: thing.name || thing.id, detail: thing.names?.['ar'] ?? '' };
}

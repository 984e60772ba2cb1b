import type { Configuration, GeoPoint } from '../model/types.js';

/** What the page knows of the watch it reports to: kept on the phone, for the day on which there is no connection. */
export interface Around { exercise: boolean; places: NamedPlace[] }
export interface NamedPlace { id: string; name: string; names?: Record<string, string>; at: GeoPoint; sigmaMetres: number }
export interface Keep { getItem(key: string): string | null; setItem(key: string, value: string): void }

const key = 'nadhir.observer.around';
/** Of more places none is kept: a person would not look through them, and a phone has room for other things. */
const most = 2000;

export function aroundOf(configuration: Pick<Configuration, 'exercise' | 'sites' | 'zones'>): Around {
  const places: NamedPlace[] = [];
  const add = ({ id, name, names }: { id: string; name: string; names?: Record<string, string> }, at: GeoPoint | null | undefined, sigmaMetres: number): void => {
    if (at && places.length < most) places.push({ id, name, ...(names ? { names } : {}), at, sigmaMetres });
  };
  for (const site of configuration.sites) add(site, site.position, 300);
  for (const zone of configuration.zones) add(zone, centreOf(zone.area), 2000);
  return { exercise: configuration.exercise, places };
}

export function keepAround(keep: Keep, around: Around): void {
  try {
    keep.setItem(key, JSON.stringify(around));
  } catch {
    // A full phone reports all the same.
  }
}

export function keptAround(keep: Keep): Around | null {
  try {
    const read = JSON.parse(keep.getItem(key) ?? 'null') as Around | null;
    return read && typeof read.exercise === 'boolean' && Array.isArray(read.places) ? read : null;
  } catch {
    return null;
  }
}

function centreOf(area: { centre?: GeoPoint; rings: GeoPoint[][] }): GeoPoint | null {
  if (area.centre) return area.centre;
  const ring = area.rings[0] ?? [];
  if (ring.length === 0) return null;
  const sum = ring.reduce((all, corner) => ({
    latitudeDegrees: all.latitudeDegrees + corner.latitudeDegrees, longitudeDegrees: all.longitudeDegrees + corner.longitudeDegrees,
  }), { latitudeDegrees: 0, longitudeDegrees: 0 });
  return { latitudeDegrees: sum.latitudeDegrees / ring.length, longitudeDegrees: sum.longitudeDegrees / ring.length };
}

// In which zones a place lies, found on the phone: its position is told to nobody.

export interface Outline {
  zone: string;
  names: Record<string, string>;
  centre?: [number, number];
  radiusMetres?: number;
  /** Even-odd, as in the configuration; [latitude, longitude]. */
  rings?: [number, number][][];
}

const radians = Math.PI / 180;

/** Great-circle distance, metres; within 0.6 % of the ellipsoid's. */
export function metresBetween([lat1, lon1]: [number, number], [lat2, lon2]: [number, number]): number {
  const north = Math.sin(((lat2 - lat1) * radians) / 2), east = Math.sin(((lon2 - lon1) * radians) / 2);
  const part = north * north + Math.cos(lat1 * radians) * Math.cos(lat2 * radians) * east * east;
  return 2 * 6_371_000 * Math.asin(Math.min(1, Math.sqrt(part)));
}

export function contains(outline: Outline, at: [number, number]): boolean {
  if (outline.centre) return metresBetween(outline.centre, at) <= (outline.radiusMetres ?? 0);
  let inside = false;
  for (const ring of outline.rings ?? []) {
    ring.forEach(([lat, lon], i) => {
      const [lat2, lon2] = ring[(i + ring.length - 1) % ring.length]!;
      if (lat > at[0] !== lat2 > at[0] && at[1] < ((lon2 - lon) * (at[0] - lat)) / (lat2 - lat) + lon) inside = !inside;
    });
  }
  return inside;
}

/** A rough size, to name the smallest zone first. */
export function reach(outline: Outline): number {
  if (outline.centre) return outline.radiusMetres ?? 0;
  const corners = (outline.rings ?? []).flat();
  const lats = corners.map(([lat]) => lat), lons = corners.map(([, lon]) => lon);
  return corners.length === 0 ? 0 : metresBetween([Math.min(...lats), Math.min(...lons)], [Math.max(...lats), Math.max(...lons)]) / 2;
}

/** Zones that contain the place, smallest first. */
export function zonesAt(outlines: Outline[], at: [number, number]): Outline[] {
  return outlines.filter((outline) => contains(outline, at)).sort((one, other) => reach(one) - reach(other));
}

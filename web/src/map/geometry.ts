import { fromLonLat } from 'ol/proj';
import { circular } from 'ol/geom/Polygon';
import Polygon from 'ol/geom/Polygon';
import MultiPolygon from 'ol/geom/MultiPolygon';
import type { Area, GeoPoint } from '../model/types.js';

export function toMap(point: GeoPoint): [number, number] {
  const [x, y] = fromLonLat([point.longitudeDegrees, point.latitudeDegrees]);
  return [x ?? 0, y ?? 0];
}

/** A circle on the ground, which is none on the map. */
export function circleAround(point: GeoPoint, radiusMetres: number): Polygon {
  return circular([point.longitudeDegrees, point.latitudeDegrees], radiusMetres, 96).transform('EPSG:4326', 'EPSG:3857') as Polygon;
}

/** An ellipse of some kilometres on the ground; the bearing is that of its longer axis, degrees from north. */
export function ellipseAround(point: GeoPoint, semiMajorMetres: number, semiMinorMetres: number, bearingDegrees: number): Polygon {
  const degree = Math.PI / 180;
  const metresPerDegree = 111_195;
  const [sin, cos] = [Math.sin(bearingDegrees * degree), Math.cos(bearingDegrees * degree)];
  const across = metresPerDegree * Math.max(0.01, Math.cos(point.latitudeDegrees * degree));
  const ring = Array.from({ length: 72 }, (_, k): [number, number] => {
    const [along, aside] = [semiMajorMetres * Math.cos(k * 5 * degree), semiMinorMetres * Math.sin(k * 5 * degree)];
    return toMap({
      latitudeDegrees: point.latitudeDegrees + (along * cos - aside * sin) / metresPerDegree,
      longitudeDegrees: point.longitudeDegrees + (along * sin + aside * cos) / across,
    });
  });
  return new Polygon([closed(ring)]);
}

/** The area's outline. Rings are even-odd: one inside another is a hole, one beside it a further part. */
export function areaToGeometry(area: Area): Polygon | MultiPolygon {
  if (area.centre) return circleAround(area.centre, area.radiusMetres);
  const rings = area.rings.map((ring) => closed(ring.map(toMap)));
  const parts: [number, number][][][] = [];
  for (const ring of rings) {
    const inside = parts.find((part) => contains(part[0] ?? [], ring[0] ?? [0, 0]));
    if (inside) inside.push(ring);
    else parts.push([ring]);
  }
  return new MultiPolygon(parts);
}

function closed(ring: [number, number][]): [number, number][] {
  const [first, last] = [ring[0], ring.at(-1)];
  return first && last && (first[0] !== last[0] || first[1] !== last[1]) ? [...ring, first] : ring;
}

function contains(ring: [number, number][], [x, y]: [number, number]): boolean {
  let inside = false;
  for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
    const [xi, yi] = ring[i] ?? [0, 0];
    const [xj, yj] = ring[j] ?? [0, 0];
    if (yi > y !== yj > y && x < ((xj - xi) * (y - yi)) / (yj - yi) + xi) inside = !inside;
  }
  return inside;
}

import type { Area, GeoPoint } from '../model/types.js';
import { destination } from './geodesy.js';
import { eastOf, northOf, stretchAt, toMap } from './mercator.js';

/** A figure on the map's plane: closed rings, even-odd, each x y x y …; and the box around it: west, south, east, north. */
export interface Outline { rings: Float64Array[]; box: [number, number, number, number] }

export function outlineOf(rings: Float64Array[]): Outline {
  const box: Outline['box'] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const ring of rings) {
    for (let i = 0; i < ring.length; i += 2) {
      const [x, y] = [ring[i] ?? 0, ring[i + 1] ?? 0];
      if (x < box[0]) box[0] = x;
      if (y < box[1]) box[1] = y;
      if (x > box[2]) box[2] = x;
      if (y > box[3]) box[3] = y;
    }
  }
  return { rings, box };
}

const corners = 72;

/** A circle on the ground, which is none on the map. */
export function circleAround(point: GeoPoint, radiusMetres: number): Outline {
  return outlineOf([ringOf(corners, (k) => destination(point, (k * 360) / corners, radiusMetres))]);
}

/** An ellipse on the ground; the bearing is that of its longer axis, degrees from north. */
export function ellipseAround(point: GeoPoint, semiMajorMetres: number, semiMinorMetres: number, bearingDegrees: number): Outline {
  return outlineOf([ringOf(corners, (k) => {
    const angle = (k * 2 * Math.PI) / corners;
    const [along, aside] = [semiMajorMetres * Math.cos(angle), semiMinorMetres * Math.sin(angle)];
    return destination(point, bearingDegrees + (Math.atan2(aside, along) * 180) / Math.PI, Math.hypot(along, aside));
  })]);
}

/** A piece of cake: all that lies within an angle to either side of a direction, up to a distance. */
export function fanFrom(point: GeoPoint, courseDegrees: number, halfDegrees: number, metres: number): Outline {
  const steps = Math.max(6, Math.ceil(halfDegrees / 3));
  const [arc, start] = [ringOf(steps + 1, (k) => destination(point, courseDegrees - halfDegrees + (k * 2 * halfDegrees) / steps, metres)), toMap(point)];
  return outlineOf([halfDegrees >= 180 ? arc : Float64Array.from([...start, ...arc])]);
}

/** The area's outline. Rings are even-odd: one inside another is a hole, one beside it a further part. */
export function areaOutline(area: Area): Outline {
  if (area.centre) return circleAround(area.centre, area.radiusMetres);
  return outlineOf(area.rings.map((ring) => ringOf(ring.length, (k) => ring[k] as GeoPoint)));
}

/** GeoJSON's polygons, longitude first. */
export function geoJsonOutline(geometry: { type: string; coordinates: unknown }): Outline {
  const polygons = (geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates) as [number, number][][][];
  return outlineOf(polygons.flat().map((ring) => Float64Array.from(ring.flatMap(([longitude, latitude]) => [eastOf(longitude), northOf(latitude)]))));
}

export function contains(outline: Outline, x: number, y: number): boolean {
  const [west, south, east, north] = outline.box;
  if (x < west || x > east || y < south || y > north) return false;
  let inside = false;
  for (const ring of outline.rings) {
    for (let i = 0, j = ring.length - 2; i < ring.length; j = i, i += 2) {
      const [xi, yi, xj, yj] = [ring[i] ?? 0, ring[i + 1] ?? 0, ring[j] ?? 0, ring[j + 1] ?? 0];
      if (yi > y !== yj > y && x < ((xj - xi) * (y - yi)) / (yj - yi) + xi) inside = !inside;
    }
  }
  return inside;
}

/** A point well within, for a name: the middle of the widest stretch at half height. */
export function middleOf(outline: Outline): [number, number] {
  const largest = outline.rings.reduce<Outline | null>((most, ring) => {
    const one = outlineOf([ring]);
    return !most || sizeOf(one) > sizeOf(most) ? one : most;
  }, null);
  if (!largest) return [0, 0];
  const y = (largest.box[1] + largest.box[3]) / 2;
  const ring = largest.rings[0] ?? new Float64Array(0);
  const cuts: number[] = [];
  for (let i = 0, j = ring.length - 2; i < ring.length; j = i, i += 2) {
    const [xi, yi, xj, yj] = [ring[i] ?? 0, ring[i + 1] ?? 0, ring[j] ?? 0, ring[j + 1] ?? 0];
    if (yi > y !== yj > y) cuts.push(((xj - xi) * (y - yi)) / (yj - yi) + xi);
  }
  cuts.sort((one, other) => one - other);
  let [from, to] = [largest.box[0], largest.box[2]];
  let widest = 0;
  for (let i = 0; i + 1 < cuts.length; i += 2) {
    const [a, b] = [cuts[i] ?? 0, cuts[i + 1] ?? 0];
    if (b - a > widest) [from, to, widest] = [a, b, b - a];
  }
  return [(from + to) / 2, y];
}

/** A length on the ground as it is drawn at a latitude. */
export const drawnMetres = (metres: number, latitude: number): number => metres * stretchAt(latitude);

const sizeOf = ({ box }: Outline): number => (box[2] - box[0]) * (box[3] - box[1]);

function ringOf(count: number, at: (k: number) => GeoPoint): Float64Array {
  const ring = new Float64Array(count * 2);
  for (let k = 0; k < count; k++) {
    const [x, y] = toMap(at(k));
    ring[k * 2] = x;
    ring[k * 2 + 1] = y;
  }
  return ring;
}

// The map's plane: spherical Mercator in metres (EPSG:3857), on which bearings are true and lengths grow with latitude.
import type { GeoPoint } from '../model/types.js';

const radius = 6_378_137;
const degree = Math.PI / 180;

export const eastOf = (longitude: number): number => longitude * degree * radius;
export const northOf = (latitude: number): number => Math.log(Math.tan(Math.PI / 4 + (latitude * degree) / 2)) * radius;
export const longitudeOf = (x: number): number => x / radius / degree;
export const latitudeOf = (y: number): number => (2 * Math.atan(Math.exp(y / radius)) - Math.PI / 2) / degree;

/** How much longer a metre on the ground is drawn at a latitude. */
export const stretchAt = (latitude: number): number => 1 / Math.max(0.01, Math.cos(latitude * degree));

export const toMap = (point: GeoPoint): [number, number] => [eastOf(point.longitudeDegrees), northOf(point.latitudeDegrees)];
export const fromMap = ([x, y]: readonly [number, number]): GeoPoint => ({ latitudeDegrees: latitudeOf(y), longitudeDegrees: longitudeOf(x) });

// Distances and directions on the WGS 84 ellipsoid, and how far a sensor sees over the curve of the earth.
import type { GeoPoint } from '../model/types.js';

const degree = Math.PI / 180;
const semiMajor = 6_378_137;
const flattening = 1 / 298.257223563;
const semiMinor = semiMajor * (1 - flattening);
/** ITU-R P.834: standard refraction lets a radar see as if the earth were a third larger. */
const effectiveRadius = (4 / 3) * 6_371_008.8;
/** Seconds of arc that no longer matter: a tenth of a millimetre. */
const closeEnough = 1e-11;

/** Length and first direction of the shortest line: T. Vincenty, Survey Review 23 (1975). Points that lie opposite are far apart, no more. */
export function inverse(from: GeoPoint, to: GeoPoint): { metres: number; bearingDegrees: number } {
  const [u1, u2] = [reduced(from), reduced(to)];
  const difference = (to.longitudeDegrees - from.longitudeDegrees) * degree;
  let lambda = difference;
  for (let round = 0; round < 60; round++) {
    const east = u2.cos * Math.sin(lambda);
    const north = u1.cos * u2.sin - u1.sin * u2.cos * Math.cos(lambda);
    const sinSigma = Math.hypot(east, north);
    if (sinSigma === 0) return { metres: 0, bearingDegrees: 0 };
    const cosSigma = u1.sin * u2.sin + u1.cos * u2.cos * Math.cos(lambda);
    const sigma = Math.atan2(sinSigma, cosSigma);
    const sinAlpha = (u1.cos * u2.cos * Math.sin(lambda)) / sinSigma;
    const cosSquared = 1 - sinAlpha ** 2;
    const middle = cosSquared === 0 ? 0 : cosSigma - (2 * u1.sin * u2.sin) / cosSquared;
    const c = (flattening / 16) * cosSquared * (4 + flattening * (4 - 3 * cosSquared));
    const before = lambda;
    lambda = difference + (1 - c) * flattening * sinAlpha * (sigma + c * sinSigma * (middle + c * cosSigma * (2 * middle ** 2 - 1)));
    if (Math.abs(lambda - before) > closeEnough) continue;
    return { metres: lengthOf(sigma, sinSigma, cosSigma, middle, cosSquared), bearingDegrees: (Math.atan2(east, north) / degree + 360) % 360 };
  }
  return { metres: Math.PI * semiMinor, bearingDegrees: 0 };
}

function reduced(point: GeoPoint): { sin: number; cos: number } {
  const u = Math.atan((1 - flattening) * Math.tan(point.latitudeDegrees * degree));
  return { sin: Math.sin(u), cos: Math.cos(u) };
}

function lengthOf(sigma: number, sin: number, cos: number, middle: number, cosSquared: number): number {
  const square = (cosSquared * (semiMajor ** 2 - semiMinor ** 2)) / semiMinor ** 2;
  const a = 1 + (square / 16384) * (4096 + square * (-768 + square * (320 - 175 * square)));
  const b = (square / 1024) * (256 + square * (-128 + square * (74 - 47 * square)));
  const shift = b * sin * (middle + (b / 4) * (cos * (2 * middle ** 2 - 1) - (b / 6) * middle * (4 * sin ** 2 - 3) * (4 * middle ** 2 - 3)));
  return semiMinor * a * (sigma - shift);
}

/** Where one comes from a point in a direction, on a sphere of the mean radius: within 0.5 % of the distance, for drawing. */
export function destination(from: GeoPoint, bearingDegrees: number, metres: number): GeoPoint {
  const [angle, bearing] = [metres / 6_371_008.8, bearingDegrees * degree];
  const latitude = from.latitudeDegrees * degree;
  const sin = Math.sin(latitude) * Math.cos(angle) + Math.cos(latitude) * Math.sin(angle) * Math.cos(bearing);
  const east = Math.atan2(Math.sin(bearing) * Math.sin(angle) * Math.cos(latitude), Math.cos(angle) - Math.sin(latitude) * sin);
  return { latitudeDegrees: Math.asin(sin) / degree, longitudeDegrees: from.longitudeDegrees + east / degree };
}

/** Ground distance at which an antenna and something in the air, both that high above smooth ground, just see each other. */
export function horizonMetres(antennaMetres: number, heightMetres: number): number {
  return Math.sqrt(2 * effectiveRadius * Math.max(0, antennaMetres)) + Math.sqrt(2 * effectiveRadius * Math.max(0, heightMetres));
}

/** The lowest antenna that is believed, as in the watch's own coverage board. */
const lowestAntenna = 5;

/** How far a sensor sees what flies at a height; what hears is not bound by the horizon. Null: it watches over nobody who hides. */
export function reachAt(sensor: { kind: string; rangeMetres: number; antennaMetres?: number }, heightMetres: number): number | null {
  if (sensor.kind === 'Acoustic') return sensor.rangeMetres;
  if (sensor.kind !== 'Radar' && sensor.kind !== 'Radar3D') return null;
  return Math.min(sensor.rangeMetres, horizonMetres(Math.max(lowestAntenna, sensor.antennaMetres ?? 0), heightMetres));
}

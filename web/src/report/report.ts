// What a person reports, and the command that is made of it. No page is needed to test this.

export const kinds = ['Jet', 'Helicopter', 'Propeller', 'Drone', 'Rocket', 'Explosion', 'Unknown'] as const;
export type Kind = (typeof kinds)[number];
export const distances = ['Overhead', 'Near', 'Middle', 'Far'] as const;
export type Distance = (typeof distances)[number];
/** Clockwise from north. */
export const points = ['N', 'NNE', 'NE', 'ENE', 'E', 'ESE', 'SE', 'SSE', 'S', 'SSW', 'SW', 'WSW', 'W', 'WNW', 'NW', 'NNW'] as const;
export type Point = (typeof points)[number];

export interface Place { latitudeDegrees: number; longitudeDegrees: number; sigmaMetres: number; label: string }

export interface Draft {
  what: Kind | null;
  count: number;
  direction: Point | null;
  /** Whole degrees, from a compass; goes before the point. */
  degrees: number | null;
  distance: Distance | null;
  moving: Point | null;
  place: Place | null;
  text: string;
}

export const empty = (place: Place | null): Draft =>
  ({ what: null, count: 1, direction: null, degrees: null, distance: null, moving: null, place, text: '' });

/** A report as it waits on the phone: what was seen, when by the phone's clock, and the id it keeps however often it is sent. */
export interface Waiting { id: string; seenAt: number; by: string; draft: Draft }

export const degreesOf = (point: Point): number => points.indexOf(point) * 22.5;

/** What is still missing before it can be sent. */
export function missing(draft: Draft, by: string): 'what' | 'place' | 'by' | null {
  if (!draft.what) return 'what';
  if (!draft.place) return 'place';
  return by.trim() ? null : 'by';
}

/** The command for the server. The age counts, not the phone's clock. */
export function commandOf(report: Waiting, now: number): Record<string, unknown> {
  const { draft } = report;
  const direction = draft.degrees ?? (draft.direction ? degreesOf(draft.direction) : null);
  return {
    type: 'observer.report',
    by: report.by,
    text: draft.text.trim(),
    report: report.id,
    seenAt: new Date(report.seenAt).toISOString(),
    secondsAgo: Math.max(0, Math.round((now - report.seenAt) / 100) / 10),
    count: draft.count,
    ...(draft.what && { what: draft.what }),
    ...(draft.distance && { distance: draft.distance }),
    ...(direction !== null && { directionDegrees: direction, directionSigmaDegrees: draft.degrees === null ? 11.25 : 5 }),
    ...(draft.moving && { movingDegrees: degreesOf(draft.moving) }),
    ...(draft.place && {
      position: { latitudeDegrees: draft.place.latitudeDegrees, longitudeDegrees: draft.place.longitudeDegrees },
      positionSigmaMetres: draft.place.sigmaMetres,
    }),
  };
}

/** Degrees that a person typed: "33.31 44.37", also with a comma between; null when they are no place. */
export function placeOf(text: string): { latitudeDegrees: number; longitudeDegrees: number } | null {
  const numbers = text.trim().split(/[\s,;]+/).map(Number);
  const [latitude, longitude] = numbers;
  if (numbers.length !== 2 || latitude === undefined || longitude === undefined) return null;
  if (!(Math.abs(latitude) <= 90) || !(Math.abs(longitude) <= 180)) return null;
  return { latitudeDegrees: latitude, longitudeDegrees: longitude };
}

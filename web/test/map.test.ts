import assert from 'node:assert/strict';
import { test } from 'node:test';
import { decodeTile } from '../src/map/tiles/mvt.js';
import { depthOf } from '../src/map/depth.js';
import { Field, inkOf, pixelOf } from '../src/map/field.js';
import { allPass, isFiltering, Rank, rankAll } from '../src/map/filter.js';
import { destination, horizonMetres, inverse, reachAt } from '../src/map/geodesy.js';
import { LabelRoom } from '../src/map/labelRoom.js';
import { directionOf } from '../src/map/labels.js';
import { latitudeOf, longitudeOf, northOf, eastOf, toMap } from '../src/map/mercator.js';
import { areaOutline, circleAround, contains, ellipseAround, fanFrom, middleOf } from '../src/map/outline.js';
import { Measure } from '../src/map/measure.js';
import { coordinatesIn, fit, folded } from '../src/map/search.js';
import { MapSettings, next } from '../src/map/settings.js';
import { Tracks } from '../src/map/tracks.js';
import { Trails } from '../src/map/trails.js';
import type { TrackFrame } from '../src/net/frame.js';
import { keyOf } from '../src/tools/keys.js';

const point = (latitudeDegrees: number, longitudeDegrees: number) => ({ latitudeDegrees, longitudeDegrees });

function frameOf(rows: Partial<Record<'id' | 'latitude' | 'longitude' | 'height' | 'identity' | 'status' | 'kind' | 'speed', number>>[], time = 0): TrackFrame {
  const count = rows.length;
  const numbers = (what: keyof (typeof rows)[number], or = 0): number[] => rows.map((row) => row[what] ?? or);
  return {
    exercise: false, time, sequence: 0, count, id: Uint32Array.from(numbers('id')), latitude: Float64Array.from(numbers('latitude', 33)),
    longitude: Float64Array.from(numbers('longitude', 44)), height: Float32Array.from(numbers('height', NaN)), speed: Float32Array.from(numbers('speed', 200)),
    course: new Float32Array(count), status: Uint8Array.from(numbers('status', 1)), identity: Uint8Array.from(numbers('identity')), kind: Uint8Array.from(numbers('kind')),
    accuracy: new Uint16Array(count), accuracyAcross: new Uint16Array(count), accuracyBearing: new Float32Array(count), age: new Float32Array(count),
    climb: new Float32Array(count), existence: new Float32Array(count),
  };
}

test('a distance is the geodesic of the survey: Flinders Peak to Buninyong', () => {
  const there = inverse(point(-37.95103341666667, 144.42486788888888), point(-37.65282113888889, 143.92649552777777));
  assert.ok(Math.abs(there.metres - 54972.271) < 0.002, String(there.metres));
  assert.ok(Math.abs(there.bearingDegrees - (306 + 52 / 60 + 5.37 / 3600)) < 1e-5, String(there.bearingDegrees));
  assert.deepEqual(inverse(point(33, 44), point(33, 44)), { metres: 0, bearingDegrees: 0 });
});

test('one comes out where one went, to half a percent', () => {
  for (const bearing of [0, 33, 91, 180, 269, 359]) {
    const back = inverse(point(33, 44), destination(point(33, 44), bearing, 120_000));
    assert.ok(Math.abs(back.metres - 120_000) < 600, String(back.metres));
    assert.ok(Math.abs(((back.bearingDegrees - bearing + 540) % 360) - 180) < 0.3, String(back.bearingDegrees));
  }
});

test('the plane is Mercator: there and back again, and true to bearings', () => {
  for (const [latitude, longitude] of [[33.3, 44.4], [-60, -170], [0, 0]] as const) {
    assert.ok(Math.abs(latitudeOf(northOf(latitude)) - latitude) < 1e-9);
    assert.ok(Math.abs(longitudeOf(eastOf(longitude)) - longitude) < 1e-9);
  }
});

test('a radar sees to its horizon over a 4/3 earth, and no further than its range', () => {
  // A known rule: horizon in kilometres is 4.12 times the square root of the height in metres.
  assert.ok(Math.abs(horizonMetres(100, 0) - 41_220) < 100);
  assert.ok(Math.abs(horizonMetres(25, 100) - (20_610 + 41_220)) < 150);
  const radar = { kind: 'Radar3D', rangeMetres: 250_000, antennaMetres: 25 };
  assert.ok((reachAt(radar, 100) ?? 0) < 65_000);
  assert.equal(reachAt(radar, 12_000), 250_000);
  assert.equal(reachAt({ ...radar, kind: 'Acoustic', rangeMetres: 5000 }, 50), 5000);
  assert.equal(reachAt({ ...radar, kind: 'Adsb' }, 12_000), null);
  assert.ok((reachAt({ kind: 'Radar', rangeMetres: 250_000 }, 0) ?? 0) > 9000, 'an antenna nobody measured stands five metres high');
});

test('a circle on the ground is as wide in every direction', () => {
  const [ring] = circleAround(point(36, 43), 100_000).rings;
  for (let i = 0; ring && i < ring.length; i += 2) {
    const metres = inverse(point(36, 43), point(latitudeOf(ring[i + 1] ?? 0), longitudeOf(ring[i] ?? 0))).metres;
    assert.ok(Math.abs(metres - 100_000) < 500, String(metres));
  }
});

test('an ellipse points where it is said to, and a fan opens around its course', () => {
  const [ring] = ellipseAround(point(33, 44), 10_000, 2000, 90).rings;
  assert.ok(ring && (ring[0] ?? 0) > eastOf(44.1), 'the longer axis begins in the east');
  const fan = fanFrom(point(33, 44), 45, 20, 50_000);
  const at = (bearing: number, metres: number): boolean => contains(fan, ...toMap(destination(point(33, 44), bearing, metres)));
  assert.ok(at(45, 25_000) && at(30, 40_000) && at(60, 40_000));
  assert.ok(!at(70, 25_000) && !at(20, 25_000) && !at(45, 51_000));
});

test('rings are even-odd: a hole lies outside', () => {
  const square = (half: number) => [point(33 - half, 44 - half), point(33 - half, 44 + half), point(33 + half, 44 + half), point(33 + half, 44 - half)];
  const area = areaOutline({ radiusMetres: 0, rings: [square(1), square(0.5)] });
  assert.ok(contains(area, ...toMap(point(33.7, 44))) && !contains(area, ...toMap(point(33, 44))) && !contains(area, ...toMap(point(35, 44))));
  assert.ok(contains(areaOutline({ radiusMetres: 0, rings: [square(1)] }), ...middleOf(areaOutline({ radiusMetres: 0, rings: [square(1)] }))));
});

test('a filter hides what it should and counts it, but never what raises an alert or was chosen', () => {
  const frame = frameOf([{ id: 1, identity: 2 }, { id: 2, identity: 2, height: 9000 }, { id: 3, identity: 0 }, { id: 4, identity: 1, height: 100 }]);
  const ranks = new Uint8Array(4);
  const filter = allPass();
  const choice = { filter, isolate: null, selected: null, threats: new Set<number>() };
  assert.equal(isFiltering(filter), false);
  assert.equal(rankAll(frame, choice, ranks), 0);
  assert.deepEqual([...ranks], [Rank.Authorised, Rank.Authorised, Rank.Silent, Rank.Spoken]);
  filter.identity[2] = false;
  assert.equal(isFiltering(filter), true);
  assert.equal(rankAll(frame, choice, ranks), 2);
  assert.equal(rankAll(frame, { ...choice, threats: new Set([1]), selected: 2 }, ranks), 0);
  assert.deepEqual([...ranks].slice(0, 2), [Rank.Threat, Rank.Chosen]);
  assert.equal(rankAll(frame, { ...choice, filter: { ...allPass(), lowest: 500 } }, ranks), 1, 'a height nobody knows is shown');
  assert.equal(rankAll(frame, { ...choice, filter: { ...allPass(), lowest: 500, unknownHeight: false } }, ranks), 3);
  assert.equal(rankAll(frame, { ...choice, isolate: 3, threats: new Set([1]) }, ranks), 3);
});

test('the label of what threatens is the last to be shortened, of what says who it is the first', () => {
  assert.equal(depthOf(Rank.Threat, 'auto', 5000, 10_000), 'full');
  assert.equal(depthOf(Rank.Threat, 'none', 0, 3), 'short');
  assert.equal(depthOf(Rank.Silent, 'auto', 500, 10_000), 'short');
  assert.equal(depthOf(Rank.Spoken, 'auto', 500, 10_000), 'none');
  assert.equal(depthOf(Rank.Authorised, 'auto', 2, 100), 'short');
  assert.equal(depthOf(Rank.Authorised, 'auto', 2, 20), 'full');
  assert.equal(depthOf(Rank.Authorised, 'none', 2, 20), 'none');
});

test('no label takes the room of another, and none stands half outside', () => {
  const room = new LabelRoom();
  room.clear(400, 300);
  assert.ok(room.isFree(10, 10, 80, 30));
  room.take(10, 10, 80, 30);
  assert.ok(!room.isFree(60, 30, 80, 30));
  assert.ok(room.isFree(100, 10, 80, 30));
  assert.ok(!room.isFree(390, 10, 40, 10) && !room.isFree(-5, 10, 40, 10));
});

test('a name is found in either language, however it is typed', () => {
  assert.equal(folded('Al-Başrah'), 'al basrah');
  assert.equal(folded('الْبَصْرَة'), folded('البصره'));
  assert.equal(fit(folded('NDX104'), ['T0104', 'NDX104']), 0);
  assert.equal(fit(folded('jurf'), ['Z-JURF', 'Jurf al-Sakhr area']), 1);
  assert.equal(fit(folded('الصخر'), ['جرف الصخر']), 2);
  assert.equal(fit(folded('mosul'), ['Baghdad', undefined]), null);
  assert.deepEqual(coordinatesIn('33.12N, 44.5E'), [33.12, 44.5]);
  assert.deepEqual(coordinatesIn('-1 -2'), [-1, -2]);
  assert.equal(coordinatesIn('T 0104'), null);
  assert.equal(coordinatesIn('99 44'), null);
});

test('a trail keeps the way, newest first, and forgets it when the picture jumps to another time', () => {
  const trails = new Trails();
  const [x, y] = [new Float64Array(1), new Float64Array(1)];
  for (let k = 0; k < 60; k++) {
    x[0] = k;
    trails.add(frameOf([{ id: 9 }], 1_000_000 + k * 4000), x, y);
  }
  const seen: number[] = [];
  trails.each(9, 5, (east) => seen.push(east));
  assert.deepEqual(seen, [59, 58, 57, 56, 55]);
  assert.equal(trails.lengthOf(9), Trails.points);
  trails.add(frameOf([{ id: 9 }], 500_000), x, y);
  assert.equal(trails.lengthOf(9), 1);
});

test('trails of tracks that are gone make room for others, for ever', () => {
  const trails = new Trails();
  const [x, y] = [new Float64Array(6000), new Float64Array(6000)];
  for (let k = 0; k < 900; k++) {
    const first = Math.floor(k / 200) * 6000;
    trails.add(frameOf(Array.from({ length: 6000 }, (_, i) => ({ id: first + i })), 1_000_000 + k * 4000), x, y);
  }
  assert.equal(trails.lengthOf(4 * 6000 + 5999), Trails.points);
  assert.equal(trails.lengthOf(5), 0);
});

test('what matters most is drawn last and walked through first', () => {
  const tracks = new Tracks();
  tracks.take(frameOf([{ id: 11, identity: 0 }, { id: 12, identity: 2 }, { id: 13, identity: 0 }, { id: 14, identity: 1, status: 0 }, { id: 15, latitude: 20 }]));
  const sight = { centre: toMap(point(33, 44)), resolution: 500, width: 800, height: 600 };
  tracks.place(sight, { filter: allPass(), isolate: null, selected: null, threats: new Set([13]) });
  assert.equal(tracks.inView, 4);
  assert.deepEqual([...tracks.order.subarray(0, 4)].map((i) => tracks.frame?.id[i]), [14, 12, 11, 13]);
  assert.deepEqual(tracks.byImportance(3), [13, 11, 12]);
  assert.ok([11, 12, 13, 14].includes(tracks.at([404, 303]) ?? 0));
  assert.equal(tracks.at([100, 100]), null);
});

test('a measurement from a track moves with it and tells the time at its speed', () => {
  const tracks = new Tracks();
  tracks.take(frameOf([{ id: 7, latitude: 33, longitude: 44, speed: 250 }]));
  const measure = new Measure();
  measure.start({ track: 7 });
  measure.set({ at: toMap(point(34, 44)) });
  const before = measure.result(tracks);
  assert.ok(before && Math.abs(before.metres - 110_905) < 60 && before.bearingDegrees === 0 && Math.abs(before.seconds - before.metres / 250) < 1e-9);
  tracks.take(frameOf([{ id: 7, latitude: 33.5, longitude: 44, speed: 250 }]));
  assert.ok((measure.result(tracks)?.metres ?? 0) < 56_000);
  measure.set({ at: toMap(point(32, 44)) });
  assert.equal(measure.to, null, 'a third point begins anew');
});

test('choices are kept, and a damaged keeping is no reason to fail', () => {
  let kept = '';
  const store = { getItem: () => kept, setItem: (_: string, value: string) => { kept = value; } };
  const settings = new MapSettings(store);
  settings.shown.rings = true;
  settings.vectorMinutes = 5;
  settings.filter.identity[0] = false;
  settings.save();
  const again = new MapSettings(store);
  assert.deepEqual([again.shown.rings, again.vectorMinutes, again.filter.identity[0]], [true, 5, true], 'a filter is not kept');
  kept = '{"vectorMinutes":77,"shown":{"rings":"yes"},';
  assert.equal(new MapSettings(store).vectorMinutes, 1);
  kept = '[]';
  assert.equal(new MapSettings(store).vectorMinutes, 1);
  assert.equal(next([1, 2, 3], 3), 1);
  assert.equal(next([1, 2, 3], 1, -1), 3);
});

test('keys are found by their place where the letters are others', () => {
  assert.equal(keyOf({ key: 'F', code: 'KeyF', shiftKey: true }), 'f');
  assert.equal(keyOf({ key: 'ب', code: 'KeyF', shiftKey: false }), 'f');
  assert.equal(keyOf({ key: '؟', code: 'Slash', shiftKey: true }), '?');
  assert.equal(keyOf({ key: 'ظ', code: 'Slash', shiftKey: false }), '/');
  assert.equal(keyOf({ key: 'Escape', code: 'Escape', shiftKey: false }), 'Escape');
});

test('a vector tile is decoded: layers, tags, lines and closed areas', async () => {
  const made = new URL('../../test/pmtiles.mjs', import.meta.url).href;
  const { vectorTile } = (await import(made)) as { vectorTile(): Uint8Array };
  const layers = decodeTile(vectorTile());
  assert.deepEqual(layers.map((layer) => [layer.name, layer.extent, layer.features[0]?.kind]), [['earth', 4096, 'polygon'], ['water', 4096, 'polygon'], ['roads', 4096, 'line']]);
  assert.deepEqual(layers[2]?.features[0]?.tags, { kind: 'highway' });
  assert.deepEqual([...(layers[2]?.features[0]?.paths[0] ?? [])], [0, 1700, 4096, 1700]);
  assert.deepEqual([...(layers[1]?.features[0]?.paths[0] ?? [])], [2600, 2600, 2640, 2600, 2640, 2640, 2600, 2640]);
  // Whatever is cut off or flipped: no tile can make it throw.
  const bytes = vectorTile();
  for (let i = 0; i < bytes.length; i++) {
    decodeTile(bytes.subarray(0, i));
    for (const bit of [1, 8, 128]) decodeTile(bytes.map((byte, at) => (at === i ? byte ^ bit : byte)));
  }
});

test('marks of a field are cut off at its edges and never come in at the other side', () => {
  let shown = new Uint32Array(0);
  Object.assign(globalThis, {
    ImageData: class { data; constructor(width: number, height: number) { this.data = new Uint8ClampedArray(width * height * 4); shown = new Uint32Array(this.data.buffer); } },
    OffscreenCanvas: class { width = 0; height = 0; },
  });
  const field = new Field();
  const inked = (): number[] => [...shown.keys()].filter((at) => shown[at] !== 0);
  field.clear(20, 10);
  const ink = inkOf(new Uint32Array(16).fill(0xff0000ff), 4);
  field.stamp(ink, 4, -2, 3);
  assert.deepEqual(inked(), [60, 61, 80, 81, 100, 101, 120, 121], 'the left half of a symbol is outside');
  field.clear(20, 10);
  field.stamp(ink, 4, 18, 8);
  assert.deepEqual(inked(), [178, 179, 198, 199]);
  field.clear(20, 10);
  field.line(2, 5, 40, 5, pixelOf('#ff8000'));
  assert.deepEqual(inked(), Array.from({ length: 17 }, (_, k) => 102 + k), 'a line ends at the edge');
  assert.equal((shown[102] ?? 0) >>> 0, 0xff0080ff);
  field.clear(20, 10);
  field.line(5, -30, 5, 400, pixelOf('#ffffff'));
  assert.deepEqual(inked(), Array.from({ length: 9 }, (_, k) => 5 + k * 20));
  field.clear(20, 10);
  field.dot(0, 0, 2, 1, 255);
  field.dot(30, 5, 2, 1, 255);
  assert.deepEqual(inked(), []);
  field.dot(4, 4, 2, 1, 255);
  assert.equal(inked().length, 4);
});

test('a line of a label runs from left to right unless it has a word of a language that does not', () => {
  for (const figures of ['11,890 m  835 km/h', 'T0117 NDX117', '— ↑  395 km/h', '00:41:12–00:41:54']) assert.equal(directionOf(figures), 'ltr', figures);
  for (const words of ['بغداد', 'عبور T0001 00:35:10', '⊘ لا نرى هناك']) assert.equal(directionOf(words), 'rtl', words);
});

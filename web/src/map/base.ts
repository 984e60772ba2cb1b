// Countries, governorates and places: the paper under the picture. Made by scripts/prepare-geo.mjs.
import { language } from '../i18n/index.js';
import { geoJsonOutline, middleOf, type Outline } from './outline.js';
import { eastOf, northOf } from './mercator.js';
import { font, type MapLabel, Order } from './mapLabel.js';
import type { Palette } from './palette.js';
import type { Pen } from './pen.js';
import type { MapSettings } from './settings.js';

export interface Place { name: string; ar?: string; at: [number, number]; population: number; country: string; rank: string }
interface Land { name: string; ar?: string; outline: Outline; middle: [number, number] }
interface GeoJson { features: { properties: Names | null; geometry: { type: string; coordinates: unknown } | null }[] }
/** Names as our own files have them, or as OpenStreetMap's do. */
type Names = Partial<Record<'name' | 'ar' | 'name:en' | 'name:ar', string>>;

/** The fewest people of a place that is shown at a resolution (metres a pixel). */
function smallestShown(resolution: number): number {
  if (resolution > 1500) return 700_000;
  if (resolution > 800) return 250_000;
  if (resolution > 300) return 60_000;
  return 0;
}

/** Districts are drawn from this resolution on inwards, metres a pixel, and named from half of it. */
const districtsFrom = 600;

export class BaseMap {
  places: Place[] = [];
  private countries: Land[] = [];
  private governorates: Land[] = [];
  private districts: Land[] = [];
  private districtsFrom: string | undefined;

  /** Calls back whenever a part has come: a map without names is still a map. */
  constructor(private readonly changed: () => void) {
    void this.load<GeoJson>('geo/countries.json', (json) => (this.countries = lands(json)));
    void this.load<GeoJson>('geo/governorates.json', (json) => (this.governorates = lands(json)));
    void this.load<Place[]>('geo/places.json', (json) => (this.places = json));
  }

  /** Districts from where whoever runs the system has them; once. */
  useDistricts(address: string | undefined): void {
    if (address === undefined || address === this.districtsFrom) return;
    this.districtsFrom = address;
    void this.load<GeoJson>(address, (json) => (this.districts = lands(json)));
  }

  /** Land, and over it the home territory: the very area whose border decides crossings. */
  paint(pen: Pen, palette: Palette, settings: MapSettings, home: readonly Outline[], overTiles: boolean): void {
    if (!overTiles) {
      pen.context.fillStyle = palette.sea;
      pen.context.fillRect(0, 0, pen.width, pen.height);
      for (const { outline } of this.countries) if (pen.sees(outline)) pen.fill(outline, palette.land);
      for (const outline of home) if (pen.sees(outline)) pen.fill(outline, palette.home);
    }
    if (settings.shown.governorates && pen.resolution < 2500) {
      for (const { outline } of this.governorates) if (pen.sees(outline)) pen.stroke(outline, palette.governorate, 1);
    }
    if (settings.shown.districts && pen.resolution < districtsFrom) {
      for (const { outline } of this.districts) if (pen.sees(outline)) pen.stroke(outline, palette.district, 1, [2, 3]);
    }
    for (const { outline } of this.countries) if (pen.sees(outline)) pen.stroke(outline, palette.border, 1);
    for (const outline of home) if (pen.sees(outline)) pen.stroke(outline, palette.homeBorder, 1.8);
  }

  labels(resolution: number, palette: Palette, settings: MapSettings): MapLabel[] {
    const labels: MapLabel[] = [];
    if (resolution > 400) for (const land of this.countries) labels.push(this.land(land, 14, palette.country, Order.Country));
    if (settings.shown.governorates && resolution < 700) {
      for (const land of this.governorates) labels.push(this.land(land, 11, palette.country, Order.Governorate));
    }
    if (settings.shown.districts && resolution < districtsFrom / 2) {
      for (const land of this.districts) labels.push(this.land(land, 10, palette.country, Order.Governorate));
    }
    if (settings.shown.places) {
      const least = smallestShown(resolution);
      for (const place of this.places) if (place.population >= least) labels.push(this.place(place, palette));
    }
    return labels;
  }

  private land(land: Land, size: number, colour: string, order: Order): MapLabel {
    const [own, other] = inBoth(land);
    return {
      at: land.middle, order, stand: 'on', gap: 0, opacity: 0.85,
      lines: [{ text: own, font: font(600, size), colour, high: size * 1.3 }, ...(other ? [{ text: other, font: font(400, size - 2), colour, high: size * 1.3 }] : [])],
      fewer: [{ text: own, font: font(600, size), colour, high: size * 1.3 }],
    };
  }

  private place(place: Place, palette: Palette): MapLabel {
    const [own, other] = inBoth(place);
    const large = place.population >= 700_000 || place.rank === 'PPLC';
    const size = place.rank === 'PPLC' ? 13 : large ? 12 : 11;
    const first = { text: own, font: font(place.rank === 'PPLC' ? 600 : 400, size), colour: palette.place, high: size * 1.25 };
    return {
      at: [eastOf(place.at[0]), northOf(place.at[1])], order: large ? Order.City : Order.Town, stand: 'around', gap: 5, key: `P${place.name}${place.at[0]}`,
      dot: large ? 2.6 : 1.9, colour: palette.place, fewer: [first],
      lines: other ? [first, { text: other, font: font(400, size - 1.5), colour: palette.place, high: size * 1.25 }] : [first],
    };
  }

  private async load<T>(address: string, take: (json: T) => void): Promise<void> {
    try {
      const answer = await fetch(address);
      if (!answer.ok) return;
      take((await answer.json()) as T);
      this.changed();
    } catch {
      // Without it the tracks still stand where they are.
    }
  }
}

function lands(json: GeoJson): Land[] {
  return json.features.flatMap(({ properties, geometry }) => {
    if (!geometry || !/Polygon$/.test(geometry.type)) return [];
    const outline = geoJsonOutline(geometry), ar = properties?.['name:ar'] ?? properties?.ar;
    return [{ name: properties?.['name:en'] ?? properties?.name ?? '', ...(ar === undefined ? {} : { ar }), outline, middle: middleOf(outline) }];
  });
}

/** The name in the reader's own language, then in the other. */
const inBoth = ({ name, ar }: { name: string; ar?: string }): [string, string | undefined] =>
  ar === undefined ? [name, undefined] : language() === 'ar' ? [ar, name] : [name, ar];

// Countries, governorates and places: the paper under the picture. Made by scripts/prepare-geo.mjs.
import GeoJSON from 'ol/format/GeoJSON';
import Feature from 'ol/Feature';
import Point from 'ol/geom/Point';
import VectorLayer from 'ol/layer/Vector';
import VectorSource from 'ol/source/Vector';
import { Circle, Fill, Stroke, Style, Text } from 'ol/style';
import { fromLonLat } from 'ol/proj';
import { language } from '../i18n/index.js';
import type { Palette } from './palette.js';

interface Place { name: string; ar?: string; at: [number, number]; population: number; country: string; rank: string }

/** The fewest people of a place that is shown at a resolution (metres a pixel). */
function smallestShown(resolution: number): number {
  if (resolution > 1500) return 700_000;
  if (resolution > 800) return 250_000;
  if (resolution > 300) return 60_000;
  return 0;
}

export class BaseMap {
  readonly layers: VectorLayer[];
  private palette: Palette;
  private readonly countries: VectorLayer;
  private readonly governorates: VectorLayer;
  private readonly places: VectorLayer;

  constructor(palette: Palette) {
    this.palette = palette;
    const land = (name: string) => new VectorSource({ url: `geo/${name}.json`, format: new GeoJSON() });
    this.countries = new VectorLayer({ source: land('countries'), style: (feature) => this.countryStyle(feature.get('name')) });
    this.governorates = new VectorLayer({
      source: land('governorates'), style: (feature, resolution) => this.governorateStyle(feature as Feature, resolution),
    });
    this.places = new VectorLayer({
      source: new VectorSource(), declutter: 'places',
      style: (feature, resolution) => this.placeStyle(feature.get('place') as Place, resolution),
    });
    this.layers = [this.countries, this.governorates, this.places];
    void this.loadPlaces();
  }

  use(palette: Palette): void {
    this.palette = palette;
    for (const layer of this.layers) layer.changed();
  }

  private async loadPlaces(): Promise<void> {
    const answer = await fetch('geo/places.json');
    if (!answer.ok) return; // A map without names is still a map.
    const places = (await answer.json()) as Place[];
    this.places.getSource()?.addFeatures(places.map((place) => {
      const feature = new Feature(new Point(fromLonLat(place.at)));
      feature.set('place', place);
      return feature;
    }));
  }

  private countryStyle(name: string): Style {
    const { land, home, border } = this.palette;
    return new Style({
      fill: new Fill({ color: name === 'Iraq' ? home : land }), stroke: new Stroke({ color: border, width: 1 }),
    });
  }

  private governorateStyle(feature: Feature, resolution: number): Style {
    const style = new Style({ stroke: new Stroke({ color: this.palette.governorate, width: 1 }) });
    if (resolution < 900) {
      style.setText(new Text({
        text: this.twoNames(feature.get('name'), feature.get('ar')), font: '500 11px "Noto Sans", "Noto Sans Arabic", sans-serif',
        fill: new Fill({ color: this.palette.governorate }), overflow: true,
      }));
    }
    return style;
  }

  private placeStyle(place: Place, resolution: number): Style | undefined {
    if (place.population < smallestShown(resolution)) return undefined;
    const capital = place.rank === 'PPLC';
    return new Style({
      zIndex: place.population,
      image: new Circle({ radius: capital ? 3.5 : 2.2, fill: new Fill({ color: this.palette.place }) }),
      text: new Text({
        text: this.twoNames(place.name, place.ar), offsetY: -13, textAlign: 'center',
        font: `${capital ? 600 : 400} ${capital ? 13 : 11}px "Noto Sans", "Noto Sans Arabic", sans-serif`,
        fill: new Fill({ color: this.palette.place }), stroke: new Stroke({ color: this.palette.placeHalo, width: 3 }),
      }),
    });
  }

  /** The name in both languages, the reader's own first. */
  private twoNames(english: string, arabic: string | undefined): string {
    if (!arabic) return english;
    return language() === 'ar' ? `${arabic}\n${english}` : `${english}\n${arabic}`;
  }
}

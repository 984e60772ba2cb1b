// Zones by alert, sensor coverage, sites, sirens and crossings: what the boards say, on the map.
import Feature from 'ol/Feature';
import Point from 'ol/geom/Point';
import VectorLayer from 'ol/layer/Vector';
import VectorSource from 'ol/source/Vector';
import { Fill, RegularShape, Stroke, Style, Text } from 'ol/style';
import { nameOf, t } from '../i18n/index.js';
import { clock, trackNumber } from '../format.js';
import type { Store } from '../model/store.js';
import type { AlertRow, AlertState, BorderCrossed, Sensor, Siren, SirenState, TrackDescription, Zone } from '../model/types.js';
import { alertShape, type Palette } from './palette.js';
import { areaToGeometry, circleAround, ellipseAround, toMap } from './geometry.js';
import { hatch } from './hatch.js';

const font = (weight: number, size: number) => `${weight} ${size}px "Noto Sans", "Noto Sans Arabic", sans-serif`;
/** Of more zones that are not seen the hatching speaks alone: words would cover the map. */
const mostLabels = 40;
const gravity: AlertState[] = ['Closed', 'Correction', 'AllClear', 'Watch', 'Warning'];

/** The gravest open alert of each zone. */
export function worstByZone(alerts: readonly AlertRow[]): Map<string, AlertRow> {
  const worst = new Map<string, AlertRow>();
  for (const alert of alerts) {
    if (alert.state === 'Closed') continue;
    const known = worst.get(alert.zone);
    if (!known || gravity.indexOf(alert.state) > gravity.indexOf(known.state)) worst.set(alert.zone, alert);
  }
  return worst;
}

export class Situation {
  readonly layers: VectorLayer[];
  readonly zones = layer(5);
  private readonly border = layer(3);
  private readonly coverage = layer(4);
  private readonly things = layer(6);
  private readonly crossings = layer(7);
  private readonly impacts = layer(8);
  private drawn: unknown[] = [];

  constructor(private readonly store: Store, private palette: Palette) {
    this.layers = [this.border, this.coverage, this.zones, this.things, this.crossings, this.impacts];
  }

  use(palette: Palette): void {
    this.palette = palette;
    this.drawn = [];
  }

  /** Draws again what changed. */
  update(): void {
    const { configuration, boards, show } = this.store;
    if (!configuration) return;
    const falling = this.falling();
    const now = [JSON.stringify(falling.map((track) => [track.id, track.impact])), configuration, boards.alerts, boards.coverage, boards.sensors, boards.sirens, boards.crossings, show.rings, document.documentElement.lang];
    if (now.length === this.drawn.length && now.every((value, i) => value === this.drawn[i])) return;
    this.drawn = now;
    const worst = worstByZone(boards.alerts ?? []);
    refill(this.border, configuration.borders.map((border) => this.borderFeature(areaToGeometry(border.home))));
    const unseen = new Set(this.store.unseen().map((row) => row.zone));
    refill(this.zones, configuration.zones.map((zone) => this.zoneFeature(zone, worst.get(zone.id), unseen.has(zone.id), unseen.size <= mostLabels)));
    refill(this.coverage, configuration.sensors.flatMap((sensor) => this.sensorFeatures(sensor)));
    refill(this.things, configuration.sirens.map((siren) => this.sirenFeature(siren)));
    refill(this.impacts, falling.map((track) => this.impactFeature(track)));
    refill(this.crossings, (boards.crossings ?? []).slice(-60).map((crossing) => this.crossingFeature(crossing)));
  }

  /** The tracks still in the picture that come down somewhere. */
  private falling(): TrackDescription[] {
    const alive = this.store.frame;
    return alive ? [...this.store.descriptions.values()].filter((track) => track.impact && alive.id.includes(track.id)) : [];
  }

  /** Where a falling track comes down with 95 %, and between when. */
  private impactFeature({ id, impact }: TrackDescription): Feature {
    if (!impact) return new Feature();
    const zone = this.store.configuration?.timeZone ?? 'UTC';
    const feature = new Feature(ellipseAround(impact, impact.semiMajorMetres, impact.semiMinorMetres, impact.bearingDegrees));
    feature.setStyle(new Style({
      fill: new Fill({ color: `${this.palette.crossing}26` }),
      stroke: new Stroke({ color: this.palette.crossing, width: 2, lineDash: [6, 4] }),
      text: new Text({
        text: `${trackNumber(id)} ${clock(Date.parse(impact.earliest), zone)}–${clock(Date.parse(impact.latest), zone)}`,
        overflow: true, offsetY: -14, font: font(700, 11),
        fill: new Fill({ color: this.palette.crossing }), stroke: new Stroke({ color: this.palette.halo, width: 3 }),
      }),
    }));
    return feature;
  }

  private borderFeature(geometry: ReturnType<typeof areaToGeometry>): Feature {
    const feature = new Feature(geometry);
    feature.setStyle(new Style({ stroke: new Stroke({ color: this.palette.homeBorder, width: 2 }) }));
    return feature;
  }

  /** A zone nobody watches over is hatched, whatever its alert: we do not see there. */
  private zoneFeature(zone: Zone, alert: AlertRow | undefined, unseen: boolean, inWords: boolean): Feature {
    const feature = new Feature(areaToGeometry(zone.area));
    const colour = alert ? this.palette.alert[alert.state] : unseen ? this.palette.lost : this.palette.zone;
    const state = alert ? `${alertShape[alert.state]} ${t(`alert.${alert.state}`)}` : unseen && inWords ? `⊘ ${t('coverage.unseen')}` : '';
    feature.set('zone', zone.id);
    const hatched = unseen ? [new Style({ zIndex: 5, fill: new Fill({ color: hatch(this.palette.lost) }) })] : [];
    feature.setStyle([...hatched, new Style({
      zIndex: alert ? gravity.indexOf(alert.state) : 0,
      fill: new Fill({ color: `${colour}${alert ? '4d' : '14'}` }),
      stroke: new Stroke({ color: colour, width: alert?.state === 'Warning' ? 3.5 : alert ? 2.5 : 1.2 }),
      text: new Text({
        // Neighbours' words stand apart: a warning's above its zone, the others' below.
        text: alert?.state === 'Warning' ? `${nameOf(zone)}\n${state}` : `${state}\n${nameOf(zone)}`.trim(), font: font(alert ? 700 : 500, alert ? 13 : 11),
        overflow: true, offsetY: alert?.state === 'Warning' ? -14 : 14, textBaseline: alert?.state === 'Warning' ? 'bottom' : 'top',
        fill: new Fill({ color: this.palette.zoneText }), stroke: new Stroke({ color: this.palette.halo, width: 3.5 }),
      }),
    })]);
    return feature;
  }

  /** A sensor that is not at work has its whole range hatched: we do not know what flies there. */
  private sensorFeatures(sensor: Sensor): Feature[] {
    const row = this.store.boards.sensors?.find((one) => one.id === sensor.id);
    const works = row?.state === 'Working';
    const known = row !== undefined;
    const mark = new Feature(new Point(toMap(sensor.position)));
    const colour = works || !known ? this.palette.ring : this.palette.lost;
    mark.setStyle(new Style({
      image: new RegularShape({ points: 3, radius: 6, fill: new Fill({ color: colour }), stroke: new Stroke({ color: this.palette.halo, width: 1 }) }),
      text: new Text({
        text: works || !known ? sensor.id : `${sensor.id} ${t(`sensor.${row.state}`)}`, offsetY: 14, font: font(works ? 500 : 700, 10),
        fill: new Fill({ color: colour }), stroke: new Stroke({ color: this.palette.halo, width: 3 }),
      }),
    }));
    if (works && !this.store.show.rings) return [mark];
    const ring = new Feature(circleAround(sensor.position, sensor.rangeMetres));
    ring.setStyle(works || !known
      ? new Style({ stroke: new Stroke({ color: `${this.palette.ring}80`, width: 1 }) })
      : new Style({ fill: new Fill({ color: hatch(this.palette.lost) }), stroke: new Stroke({ color: this.palette.lost, width: 2, lineDash: [10, 7] }) }));
    return [ring, mark];
  }

  private sirenFeature(siren: Siren): Feature {
    const state: SirenState = this.store.boards.sirens?.find((row) => row.id === siren.id)?.state ?? 'Unknown';
    const feature = new Feature(new Point(toMap(siren.position)));
    const sounding = state === 'Sounding';
    const bad = state === 'Failed' || state === 'LinkDown';
    const colour = sounding ? this.palette.alert.Warning : bad ? this.palette.lost : this.palette.zone;
    feature.setStyle([
      new Style({
        image: new RegularShape({
          points: 4, angle: Math.PI / 4, radius: sounding ? 8 : 4.5,
          fill: new Fill({ color: bad || state === 'Unknown' ? 'transparent' : colour }), stroke: new Stroke({ color: colour, width: 1.8 }),
        }),
      }),
      ...(bad ? [new Style({ image: new RegularShape({ points: 4, radius: 7, radius2: 0, stroke: new Stroke({ color: colour, width: 2 }) }) })] : []),
    ]);
    return feature;
  }

  private crossingFeature(crossing: BorderCrossed): Feature {
    const feature = new Feature(new Point(toMap(crossing.point)));
    const zone = this.store.configuration?.timeZone ?? 'UTC';
    feature.setStyle(new Style({
      image: new RegularShape({ points: 4, radius: 7, radius2: 0, angle: Math.PI / 4, stroke: new Stroke({ color: this.palette.crossing, width: 2 }) }),
      text: new Text({
        text: `${t('crossing')} ${clock(Date.parse(crossing.time), zone)}`, offsetY: -14, font: font(500, 10),
        fill: new Fill({ color: this.palette.crossing }), stroke: new Stroke({ color: this.palette.halo, width: 3 }),
      }),
    }));
    return feature;
  }
}

function layer(zIndex: number): VectorLayer {
  return new VectorLayer({ source: new VectorSource(), zIndex });
}

function refill(into: VectorLayer, features: Feature[]): void {
  const source = into.getSource();
  source?.clear(true);
  source?.addFeatures(features);
}

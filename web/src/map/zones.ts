// Zones with their state, sites and sirens: what the boards say of places.
import { nameOf, t } from '../i18n/index.js';
import type { AlertRow, AlertState, Configuration, SirenRow, Zone } from '../model/types.js';
import { font, type MapLabel, Order } from './mapLabel.js';
import { toMap } from './mercator.js';
import { areaOutline, type Outline } from './outline.js';
import { alertShape, type Palette } from './palette.js';
import { hatch, type Pen } from './pen.js';

const gravity: AlertState[] = ['Closed', 'Correction', 'AllClear', 'Watch', 'Warning'];
/** Of more zones that are not seen the hatching speaks alone: words would cover the map. */
const mostInWords = 40;
/** A quiet zone is named once it is so many pixels wide. */
const wideEnough = 46;

/** The gravest open alert of each zone. */
export function worstByZone(alerts: readonly AlertRow[]): Map<string, AlertState> {
  const worst = new Map<string, AlertState>();
  for (const { zone, state } of alerts) {
    const known = worst.get(zone);
    if (state !== 'Closed' && (!known || gravity.indexOf(state) > gravity.indexOf(known))) worst.set(zone, state);
  }
  return worst;
}

export interface ZoneShape { zone: Zone; outline: Outline; state: AlertState | undefined; unseen: boolean }

const outlines = new WeakMap<Zone, Outline>();

/** Each zone with its outline and state, the gravest last. */
export function zoneShapes(zones: readonly Zone[], worst: ReadonlyMap<string, AlertState>, unseen: ReadonlySet<string>): ZoneShape[] {
  const weight = (one: ZoneShape): number => (one.state ? gravity.indexOf(one.state) : -1);
  return zones.map((zone) => {
    let outline = outlines.get(zone);
    if (!outline) outlines.set(zone, (outline = areaOutline(zone.area)));
    return { zone, outline, state: worst.get(zone.id), unseen: unseen.has(zone.id) };
  }).sort((one, other) => weight(one) - weight(other));
}

/** Line and filling differ from state to state, so that no one needs the colour. */
export function paintZones(pen: Pen, palette: Palette, shapes: readonly ZoneShape[]): void {
  for (const { outline, state, unseen } of shapes) {
    if (!pen.sees(outline, 4)) continue;
    if (unseen) pen.fill(outline, hatch(palette.lost, '80', 7, -1));
    if (!state) {
      pen.stroke(outline, unseen ? palette.lost : `${palette.zone}90`, unseen ? 1.6 : 1, unseen ? [6, 4] : [1, 3]);
      continue;
    }
    const colour = palette.alert[state];
    pen.fill(outline, `${colour}${state === 'Warning' ? '50' : state === 'Watch' ? '30' : '18'}`);
    pen.stroke(outline, palette.halo, 5);
    if (state === 'Warning') pen.stroke(outline, colour, 3.4);
    else if (state === 'Watch') pen.stroke(outline, colour, 2.6, [9, 4]);
    else pen.stroke(outline, colour, 1.8, [2, 4]);
  }
}

export function zoneLabels(shapes: readonly ZoneShape[], palette: Palette, resolution: number): MapLabel[] {
  const inWords = shapes.filter((one) => one.unseen).length <= mostInWords;
  return shapes.flatMap(({ zone, outline, state, unseen }): MapLabel[] => {
    const [west, south, east, north] = outline.box;
    const [wide, high] = [(east - west) / resolution, (north - south) / resolution];
    const saysUnseen = unseen && inWords && !state;
    if (!state && !saysUnseen && (wide < wideEnough || wide > 900)) return [];
    const acts = state === 'Watch' || state === 'Warning';
    const name = { text: nameOf(zone), font: font(acts ? 700 : 400, acts ? 13 : 11), colour: acts ? palette.text : palette.dim, high: acts ? 17 : 15 };
    const word = state ? { text: `${alertShape[state]} ${t(`alert.${state}`)}`, font: font(700, acts ? 13 : 11), colour: palette.alert[state], high: acts ? 17 : 15 }
      : { text: `⊘ ${t('coverage.unseen')}`, font: font(700, 11), colour: palette.lost, high: 15 };
    const order = state === 'Warning' ? Order.Warning : state === 'Watch' ? Order.Watch : saysUnseen ? Order.Unseen : state ? Order.Ended : Order.Zone;
    const lines = state || saysUnseen ? [word, name] : [name];
    return [{
      at: [(west + east) / 2, (south + north) / 2], order, key: `Z${zone.id}`, lines, matters: acts, plate: acts, must: state === 'Warning', ...(lines.length > 1 ? { fewer: [word] } : {}),
      ...(wide > 150 ? { stand: 'on', gap: 0 } : { stand: 'around', gap: Math.min(60, Math.max(wide, high) / 2) + 5 }),
    }];
  });
}

/** Sites are small flags, sirens small squares: filled while they sound, crossed when they cannot. */
export function paintThings(pen: Pen, palette: Palette, configuration: Configuration, sirens: readonly SirenRow[] | undefined, show: { sites: boolean; sirens: boolean }): void {
  const { context } = pen;
  if (show.sirens && pen.resolution < 700) {
    for (const siren of configuration.sirens) {
      const state = sirens?.find((row) => row.id === siren.id)?.state ?? 'Unknown';
      const bad = state === 'Failed' || state === 'LinkDown';
      const [east, north] = toMap(siren.position);
      const [x, y, half] = [pen.x(east), pen.y(north), state === 'Sounding' ? 5 : 3.2];
      context.lineWidth = 1.5;
      context.strokeStyle = context.fillStyle = state === 'Sounding' ? palette.alert.Warning : bad ? palette.lost : palette.zone;
      context.beginPath();
      context.rect(x - half, y - half, half * 2, half * 2);
      if (!bad && state !== 'Unknown') context.fill();
      if (bad) {
        context.moveTo(x - 6, y - 6);
        context.lineTo(x + 6, y + 6);
        context.moveTo(x + 6, y - 6);
        context.lineTo(x - 6, y + 6);
      }
      context.stroke();
    }
  }
  if (!show.sites) return;
  for (const site of configuration.sites) {
    const [east, north] = toMap(site.position);
    const [x, y] = [pen.x(east), pen.y(north)];
    context.lineWidth = 1.6;
    context.strokeStyle = context.fillStyle = palette.dim;
    context.beginPath();
    context.moveTo(x, y);
    context.lineTo(x, y - 12);
    context.stroke();
    context.fillRect(x, y - 12, 9, 6);
  }
}

export function siteLabels(configuration: Configuration, palette: Palette, resolution: number): MapLabel[] {
  if (resolution > 1200) return [];
  return configuration.sites.map((site) => ({
    at: toMap(site.position), order: Order.Site, key: `S${site.id}`, stand: 'around', gap: 14,
    lines: [{ text: nameOf(site), font: font(400, 11), colour: palette.dim, high: 15 }],
  }));
}

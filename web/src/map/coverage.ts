// What the sensors see at a chosen height, and above all what they do not.
import { t } from '../i18n/index.js';
import type { Sensor, SensorRow } from '../model/types.js';
import { destination, reachAt } from './geodesy.js';
import { font, type MapLabel, Order } from './mapLabel.js';
import { toMap } from './mercator.js';
import { circleAround, type Outline } from './outline.js';
import type { Palette } from './palette.js';
import { hatch, type Pen } from './pen.js';
import type { MapSettings } from './settings.js';

export interface SensorSight { sensor: Sensor; works: boolean; lost: boolean; row: SensorRow | undefined; reach: Outline | null }

/** How far every sensor sees at a height, and whether it does now. */
export function sights(sensors: readonly Sensor[], rows: readonly SensorRow[] | undefined, heightMetres: number): SensorSight[] {
  return sensors.map((sensor) => {
    const row = rows?.find((one) => one.id === sensor.id);
    const metres = reachAt(sensor, heightMetres);
    return {
      sensor, row, works: row?.state === 'Working', lost: row !== undefined && row.state !== 'Working',
      reach: metres === null ? null : circleAround(sensor.position, metres),
    };
  });
}

/** Hatches all that no working sensor sees, and in red what a lost one would. Its edge is a thin line. */
export class CoveragePainter {
  private readonly scratch = new OffscreenCanvas(1, 1);

  paint(pen: Pen, palette: Palette, seen: readonly SensorSight[], home: readonly Outline[]): void {
    const works = seen.flatMap((one) => (one.works && one.reach ? [one.reach] : []));
    const lost = seen.flatMap((one) => (one.lost && one.reach ? [one.reach] : []));
    this.outside(pen, works, (context, on) => {
      context.fillStyle = hatch(palette.unseen, '24', 11);
      context.fillRect(0, 0, on.width, on.height);
      for (const outline of home) if (on.sees(outline)) on.fill(outline, hatch(palette.unseen, '48', 11));
      for (const reach of lost) if (on.sees(reach)) on.fill(reach, hatch(palette.lost, '90', 9, -1));
      // Half of each line lies within a circle and is taken away: what is left is the edge of all together.
      for (const reach of works) if (on.sees(reach, 4)) on.stroke(reach, `${palette.ring}c0`, 2.4);
    });
    for (const reach of lost) if (pen.sees(reach, 4)) pen.stroke(reach, palette.lost, 1.6, [8, 6]);
  }

  /** Paints on a sheet of its own, takes away what is seen, and lays the rest down. */
  private outside(pen: Pen, seen: readonly Outline[], paint: (context: OffscreenCanvasRenderingContext2D, on: Pen) => void): void {
    const into = pen.context as OffscreenCanvasRenderingContext2D;
    const { scratch } = this;
    if (scratch.width !== into.canvas.width || scratch.height !== into.canvas.height) {
      scratch.width = into.canvas.width;
      scratch.height = into.canvas.height;
    }
    const context = scratch.getContext('2d');
    if (!context) return;
    context.globalCompositeOperation = 'source-over';
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.clearRect(0, 0, scratch.width, scratch.height);
    context.setTransform(into.getTransform());
    const on = pen.on(context);
    paint(context, on);
    context.globalCompositeOperation = 'destination-out';
    for (const reach of seen) if (on.sees(reach)) on.fill(reach, '#000');
    into.save();
    into.setTransform(1, 0, 0, 1, 0, 0);
    into.drawImage(scratch, 0, 0);
    into.restore();
  }
}

/** Circles of so many kilometres around each sensor, out to its range. */
export function paintRings(pen: Pen, palette: Palette, sensors: readonly Sensor[]): void {
  for (const sensor of sensors) {
    for (const metres of ringsOf(sensor)) {
      const ring = circleAround(sensor.position, metres);
      if (pen.sees(ring)) pen.stroke(ring, `${palette.ring}${metres === sensor.rangeMetres ? 'b0' : '60'}`, 1, metres === sensor.rangeMetres ? [] : [2, 4]);
    }
  }
}

function ringsOf({ rangeMetres }: Sensor): number[] {
  const step = rangeMetres > 250_000 ? 100_000 : rangeMetres > 60_000 ? 50_000 : rangeMetres > 12_000 ? 10_000 : 2_000;
  return [...Array.from({ length: Math.min(10, Math.ceil(rangeMetres / step) - 1) }, (_, k) => (k + 1) * step), rangeMetres];
}

export function sensorLabels(seen: readonly SensorSight[], palette: Palette, settings: MapSettings): MapLabel[] {
  return seen.flatMap(({ sensor, lost, row }) => {
    const colour = lost ? palette.lost : palette.ring;
    const first = { text: lost ? `⊘ ${sensor.id}` : sensor.id, font: font(lost ? 700 : 400, lost ? 12 : 11), colour, high: 15 };
    const mark: MapLabel = {
      at: toMap(sensor.position), order: lost ? Order.Lost : Order.Sensor, stand: 'around', gap: 9, key: `R${sensor.id}`, fewer: [first],
      lines: lost && row ? [first, { text: t(`sensor.${row.state}`), font: font(700, 12), colour, high: 15 }] : [first],
    };
    const rings = settings.shown.rings ? ringsOf(sensor).map((metres): MapLabel => ({
      at: toMap(destination(sensor.position, 0, metres)), order: Order.Ring, stand: 'on', gap: 0,
      lines: [{ text: `${Math.round(metres / 1000)} km`, font: font(400, 10), colour: palette.ring, high: 13 }],
    })) : [];
    return [mark, ...rings];
  });
}

/** A triangle where a sensor stands; crossed out when it does not work. */
export function paintSensors(pen: Pen, palette: Palette, seen: readonly SensorSight[]): void {
  const { context } = pen;
  for (const { sensor, lost } of seen) {
    const [east, north] = toMap(sensor.position);
    const [x, y] = [pen.x(east), pen.y(north)];
    context.beginPath();
    context.moveTo(x, y - 6);
    context.lineTo(x + 5.5, y + 4.5);
    context.lineTo(x - 5.5, y + 4.5);
    context.closePath();
    context.lineWidth = 3;
    context.strokeStyle = palette.halo;
    context.stroke();
    context.fillStyle = lost ? palette.halo : palette.ring;
    context.fill();
    context.lineWidth = 1.6;
    context.strokeStyle = lost ? palette.lost : palette.ring;
    context.stroke();
    if (!lost) continue;
    context.beginPath();
    context.moveTo(x - 8, y + 7);
    context.lineTo(x + 8, y - 8);
    context.stroke();
  }
}

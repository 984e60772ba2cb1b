// What a person chose to see on the map; kept in this browser, so that the next shift finds it again.
import { allPass, type TrackFilter } from './filter.js';

export type LabelDepth = 'auto' | 'full' | 'short' | 'none';
export type Layer =
  | 'coverage' | 'rings' | 'zones' | 'sites' | 'sirens' | 'governorates' | 'districts' | 'places' | 'crossings'
  | 'trails' | 'ellipses' | 'exposure' | 'tiles' | 'wms';
export type Drawer = 'layers' | 'filter' | 'tracks';

export const layers: Layer[] = [
  'zones', 'coverage', 'rings', 'sites', 'sirens', 'governorates', 'places', 'crossings', 'exposure', 'trails', 'ellipses',
];
export const depths: LabelDepth[] = ['auto', 'full', 'short', 'none'];
/** Minutes that the line ahead of a track may be long. */
export const vectorChoices = [0, 1, 2, 5, 10];
/** How large labels are written, for a screen that is read from afar. */
export const sizeChoices = [1, 1.3, 1.7];
/** Heights above ground at which coverage may be looked at, metres. */
export const heightChoices = [50, 100, 150, 300, 500, 1000, 2000, 3000, 5000, 8000, 12000];

const key = 'nadhir.map';

export class MapSettings {
  readonly shown: Record<Layer, boolean> = {
    coverage: true, rings: false, zones: true, sites: true, sirens: true, governorates: true, districts: true, places: true, crossings: true,
    trails: true, ellipses: false, exposure: true, tiles: true, wms: true,
  };
  labels: LabelDepth = 'auto';
  vectorMinutes = 1;
  coverageHeight = 1000;
  labelSize = 1;
  /** Keys without Ctrl or Alt do something: can be switched off, for those who speak to their computer (WCAG 2.1.4). */
  singleKeys = true;

  // What follows is of the moment and not kept: a filter that outlives its reason hides what the next shift must see.
  filter: TrackFilter = allPass();
  follow: number | null = null;
  isolate: number | null = null;
  drawer: Drawer | null = null;

  constructor(private readonly kept: Pick<Storage, 'getItem' | 'setItem'> | null = null) {
    const saved = this.read();
    for (const layer of Object.keys(this.shown) as Layer[]) {
      const on = (saved['shown'] as Record<string, unknown> | undefined)?.[layer];
      if (typeof on === 'boolean') this.shown[layer] = on;
    }
    if (depths.includes(saved['labels'] as LabelDepth)) this.labels = saved['labels'] as LabelDepth;
    if (vectorChoices.includes(saved['vectorMinutes'] as number)) this.vectorMinutes = saved['vectorMinutes'] as number;
    if (heightChoices.includes(saved['coverageHeight'] as number)) this.coverageHeight = saved['coverageHeight'] as number;
    if (sizeChoices.includes(saved['labelSize'] as number)) this.labelSize = saved['labelSize'] as number;
    if (typeof saved['singleKeys'] === 'boolean') this.singleKeys = saved['singleKeys'];
  }

  save(): void {
    const { shown, labels, vectorMinutes, coverageHeight, labelSize, singleKeys } = this;
    try {
      this.kept?.setItem(key, JSON.stringify({ shown, labels, vectorMinutes, coverageHeight, labelSize, singleKeys }));
    } catch {
      // A full or forbidden store: the choice holds for this window.
    }
  }

  private read(): Record<string, unknown> {
    try {
      const saved: unknown = JSON.parse(this.kept?.getItem(key) ?? '{}');
      return saved && typeof saved === 'object' ? (saved as Record<string, unknown>) : {};
    } catch {
      return {};
    }
  }
}

/** The next of some choices, round in a circle. */
export function next<T>(choices: readonly T[], now: T, step = 1): T {
  const at = choices.indexOf(now);
  return choices[(at + step + choices.length) % choices.length] ?? now;
}

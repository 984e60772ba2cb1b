// Draws a vector tile in the map's own colours. Names of layers are those of the two common schemes, Protomaps and OpenMapTiles;
// names of places are left to our own map, which has them in both languages.
import type { Palette } from '../palette.js';
import { decodeTile, type TileFeature, type TileLayer } from './mvt.js';

const tileSize = 512;

export async function paintTile(bytes: ArrayBuffer, palette: Palette): Promise<ImageBitmap> {
  const canvas = new OffscreenCanvas(tileSize, tileSize);
  const context = canvas.getContext('2d');
  const layers = new Map(decodeTile(new Uint8Array(bytes)).map((layer) => [layer.name, layer]));
  if (context) {
    const ground = layers.has('earth');
    context.fillStyle = ground ? palette.sea : palette.home;
    context.fillRect(0, 0, tileSize, tileSize);
    fill(context, layers.get('earth'), palette.home);
    for (const name of ['landcover', 'landuse', 'park']) fill(context, layers.get(name), `${palette.governorate}40`);
    fill(context, layers.get('water'), palette.sea);
    for (const name of ['waterway', 'water']) stroke(context, layers.get(name), palette.sea, () => 1.2);
    for (const name of ['buildings', 'building']) fill(context, layers.get(name), `${palette.governorate}b0`);
    for (const name of ['roads', 'transportation']) stroke(context, layers.get(name), palette.border, roadWidth);
    for (const name of ['boundaries', 'boundary']) stroke(context, layers.get(name), palette.border, () => 1);
  }
  return createImageBitmap(canvas);
}

function roadWidth({ tags }: TileFeature): number {
  const kind = String(tags['kind'] ?? tags['class'] ?? '');
  return /highway|motorway|trunk/.test(kind) ? 2 : /major|primary|secondary/.test(kind) ? 1.3 : 0.6;
}

function fill(context: OffscreenCanvasRenderingContext2D, layer: TileLayer | undefined, colour: string): void {
  if (!layer) return;
  context.beginPath();
  for (const feature of layer.features) if (feature.kind === 'polygon') trace(context, feature, layer.extent, true);
  context.fillStyle = colour;
  context.fill('evenodd');
}

function stroke(context: OffscreenCanvasRenderingContext2D, layer: TileLayer | undefined, colour: string, width: (feature: TileFeature) => number): void {
  if (!layer) return;
  const widths = new Map<number, TileFeature[]>();
  for (const feature of layer.features) {
    if (feature.kind !== 'line') continue;
    const wide = width(feature);
    widths.set(wide, [...(widths.get(wide) ?? []), feature]);
  }
  context.strokeStyle = colour;
  for (const [wide, features] of widths) {
    context.beginPath();
    for (const feature of features) trace(context, feature, layer.extent, false);
    context.lineWidth = wide;
    context.stroke();
  }
}

function trace(context: OffscreenCanvasRenderingContext2D, { paths }: TileFeature, extent: number, close: boolean): void {
  const scale = tileSize / extent;
  for (const path of paths) {
    for (let i = 0; i < path.length; i += 2) {
      const [x, y] = [(path[i] ?? 0) * scale, (path[i + 1] ?? 0) * scale];
      if (i === 0) context.moveTo(x, y);
      else context.lineTo(x, y);
    }
    if (close) context.closePath();
  }
}

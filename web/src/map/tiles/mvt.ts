// Decodes Mapbox Vector Tiles 2.1 (protocol buffers): layers of features whose geometry is drawn with a moving pen.

export interface TileFeature { kind: 'point' | 'line' | 'polygon'; tags: Record<string, string | number | boolean>; paths: Int32Array[] }
export interface TileLayer { name: string; extent: number; features: TileFeature[] }

const kinds = ['point', 'point', 'line', 'polygon'] as const;
/** A damaged tile may claim anything: more points than these in one feature are not believed. */
const mostPoints = 500_000;

/** Reads a message field by field; ends early where the bytes end. */
class Fields {
  private at = 0;
  constructor(private readonly bytes: Uint8Array) {}

  /** Visits each field with its number and what it holds: a number, or the bytes of a string or message. */
  each(visit: (field: number, value: number, bytes: Uint8Array) => void): void {
    const empty = new Uint8Array(0);
    while (this.at < this.bytes.length) {
      const key = this.varint();
      const [field, wire] = [key >>> 3, key & 7];
      if (wire === 0) visit(field, this.varint(), empty);
      else if (wire === 2) visit(field, 0, this.take(this.varint()));
      else if (wire === 5 || wire === 1) {
        const part = this.take(wire === 5 ? 4 : 8);
        if (part.length < (wire === 5 ? 4 : 8)) return;
        const view = new DataView(part.buffer, part.byteOffset, part.length);
        visit(field, wire === 5 ? view.getFloat32(0, true) : view.getFloat64(0, true), empty);
      } else return;
    }
  }

  numbers(): number[] {
    const numbers: number[] = [];
    while (this.at < this.bytes.length) numbers.push(this.varint());
    return numbers;
  }

  private take(length: number): Uint8Array {
    const part = this.bytes.subarray(this.at, this.at + length);
    this.at += length;
    return part;
  }

  private varint(): number {
    let [value, scale] = [0, 1];
    for (let k = 0; k < 10; k++) {
      const byte = this.bytes[this.at++] ?? 0;
      value += (byte & 127) * scale;
      if (byte < 128) break;
      scale *= 128;
    }
    return value;
  }
}

const text = new TextDecoder();
const zigzag = (value: number): number => (value % 2 === 0 ? value / 2 : -(value + 1) / 2);

export function decodeTile(bytes: Uint8Array): TileLayer[] {
  const layers: TileLayer[] = [];
  new Fields(bytes).each((field, _, layer) => {
    if (field === 3) layers.push(layerOf(layer));
  });
  return layers;
}

function layerOf(bytes: Uint8Array): TileLayer {
  const layer: TileLayer = { name: '', extent: 4096, features: [] };
  const [keys, values, features]: [string[], (string | number | boolean)[], Uint8Array[]] = [[], [], []];
  new Fields(bytes).each((field, number, part) => {
    if (field === 1) layer.name = text.decode(part);
    else if (field === 2) features.push(part);
    else if (field === 3) keys.push(text.decode(part));
    else if (field === 4) values.push(valueOf(part));
    else if (field === 5) layer.extent = number || 4096;
  });
  for (const part of features) layer.features.push(featureOf(part, keys, values));
  return layer;
}

function valueOf(bytes: Uint8Array): string | number | boolean {
  let value: string | number | boolean = '';
  new Fields(bytes).each((field, number, part) => {
    value = field === 1 ? text.decode(part) : field === 6 ? zigzag(number) : field === 7 ? number === 1 : number;
  });
  return value;
}

function featureOf(bytes: Uint8Array, keys: string[], values: (string | number | boolean)[]): TileFeature {
  const feature: TileFeature = { kind: 'point', tags: {}, paths: [] };
  new Fields(bytes).each((field, number, part) => {
    if (field === 3) feature.kind = kinds[number] ?? 'point';
    else if (field === 4) feature.paths = pathsOf(new Fields(part).numbers());
    else if (field === 2) {
      const pairs = new Fields(part).numbers();
      for (let i = 0; i + 1 < pairs.length; i += 2) feature.tags[keys[pairs[i] ?? 0] ?? ''] = values[pairs[i + 1] ?? 0] ?? '';
    }
  });
  return feature;
}

/** 1 begins a path, 2 goes on, 7 closes; each with how often, and steps from the last point. */
function pathsOf(orders: number[]): Int32Array[] {
  const paths: number[][] = [];
  let [x, y, points] = [0, 0, 0];
  for (let i = 0; i < orders.length;) {
    const [command, count] = [(orders[i] ?? 0) & 7, (orders[i] ?? 0) >>> 3];
    i++;
    if (command === 7) continue;
    if (command !== 1 && command !== 2) break;
    for (let k = 0; k < count && i + 1 < orders.length && points < mostPoints; k++, i += 2, points++) {
      x += zigzag(orders[i] ?? 0);
      y += zigzag(orders[i + 1] ?? 0);
      if (command === 1) paths.push([x, y]);
      else paths.at(-1)?.push(x, y);
    }
  }
  return paths.map((path) => Int32Array.from(path));
}

// A PMTiles archive (version 3) of one vector tile, made for tests: land, water and a road across the whole world.

const varint = (value) => {
  const bytes = [];
  for (; value > 127; value = Math.floor(value / 128)) bytes.push((value % 128) | 128);
  return [...bytes, value];
};
const field = (number, bytes) => [...varint(number * 8 + 2), ...varint(bytes.length), ...bytes];
const count = (number, value) => [...varint(number * 8), ...varint(value)];
const text = (words) => [...Buffer.from(words)];
const zigzag = (value) => (value < 0 ? -value * 2 - 1 : value * 2);

/** Points from the tile's corner; drawn with a pen that moves, and closed where it is an area. */
function path(points, closed) {
  let [x, y] = [0, 0];
  const steps = points.map(([toX, toY]) => {
    const step = [...varint(zigzag(toX - x)), ...varint(zigzag(toY - y))];
    [x, y] = [toX, toY];
    return step;
  });
  return [...varint(9), ...steps[0], ...varint(((points.length - 1) << 3) | 2), ...steps.slice(1).flat(), ...(closed ? varint(15) : [])];
}

function layer(name, kind, points) {
  const feature = [...field(2, [0, 0]), ...count(3, kind), ...field(4, path(points, kind === 3))];
  return field(3, [...count(15, 2), ...field(1, text(name)), ...field(2, feature), ...field(3, text('kind')), ...field(4, field(1, text('highway'))), ...count(5, 4096)]);
}

export function vectorTile() {
  const box = (from, to) => [[from, from], [to, from], [to, to], [from, to]];
  return Uint8Array.from([...layer('earth', 3, box(0, 4096)), ...layer('water', 3, box(2600, 2640)), ...layer('roads', 2, [[0, 1700], [4096, 1700]])]);
}

/** The whole archive: header, directory, an empty description, the tile. Nothing is compressed. */
export function pmtilesArchive(tile = vectorTile()) {
  // One entry: tile 0 runs once, so long, and begins at offset 0 (told as one more).
  const directory = Uint8Array.from([...varint(1), ...varint(0), ...varint(1), ...varint(tile.length), ...varint(1)]);
  const description = Buffer.from('{}');
  const header = Buffer.alloc(127);
  header.write('PMTiles');
  header[7] = 3;
  const at = [127, 127 + directory.length, 127 + directory.length + description.length];
  [at[0], directory.length, at[1], description.length, 0, 0, at[2], tile.length, 1, 1, 1].forEach((value, i) => header.writeBigUInt64LE(BigInt(value), 8 + i * 8));
  header[96] = 1; // clustered
  header[97] = 1; // directories are not compressed
  header[98] = 1; // nor tiles
  header[99] = 1; // vectors
  header[100] = 0;
  header[101] = 0;
  [-180, -85, 180, 85].forEach((degrees, i) => header.writeInt32LE(degrees * 1e7, 102 + i * 4));
  return Buffer.concat([header, directory, description, tile]);
}

// Draws the icons of the public's page: a warning triangle with its mark, white on dark. Written as PNG by hand, so that
// nothing but Node is needed.
import { mkdirSync, writeFileSync } from 'node:fs';
import { deflateSync } from 'node:zlib';

const folder = new URL('../public/zone/', import.meta.url);
mkdirSync(folder, { recursive: true });
for (const size of [192, 512]) writeFileSync(new URL(`icon-${size}.png`, folder), png(size));

/** Colour at a place of the unit square. */
function colourAt(x, y) {
  const inTriangle = (grow) => y < 0.8 + grow && Math.abs(x - 0.5) * 1.75 < y - 0.16 + 2 * grow;
  const inMark = (Math.abs(x - 0.5) < 0.045 && y > 0.4 && y < 0.62) || Math.hypot(x - 0.5, y - 0.7) < 0.05;
  if (inMark) return [196, 0, 15];
  if (inTriangle(0)) return [255, 255, 255];
  return inTriangle(0.05) ? [196, 0, 15] : [16, 22, 29];
}

function png(size) {
  const rows = Buffer.alloc(size * (1 + size * 3));
  const parts = 3;
  for (let row = 0; row < size; row++) {
    for (let column = 0; column < size; column++) {
      const sum = [0, 0, 0];
      for (let i = 0; i < parts * parts; i++) {
        const colour = colourAt((column + ((i % parts) + 0.5) / parts) / size, (row + (Math.floor(i / parts) + 0.5) / parts) / size);
        colour.forEach((value, k) => { sum[k] += value / (parts * parts); });
      }
      sum.forEach((value, k) => { rows[row * (1 + size * 3) + 1 + column * 3 + k] = Math.round(value); });
    }
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(size, 0);
  header.writeUInt32BE(size, 4);
  header.set([8, 2, 0, 0, 0], 8);
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', header), chunk('IDAT', deflateSync(rows, { level: 9 })), chunk('IEND', Buffer.alloc(0)),
  ]);
}

function chunk(type, content) {
  const typed = Buffer.concat([Buffer.from(type, 'latin1'), content]);
  const length = Buffer.alloc(4), sum = Buffer.alloc(4);
  length.writeUInt32BE(content.length);
  sum.writeUInt32BE(crc(typed));
  return Buffer.concat([length, typed, sum]);
}

/** CRC-32 as in ISO 3309, which PNG uses. */
function crc(bytes) {
  let value = 0xffffffff;
  for (const byte of bytes) {
    value ^= byte;
    for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
  }
  return (value ^ 0xffffffff) >>> 0;
}

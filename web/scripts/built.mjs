// The files of the built console, without their packed copies.
import { existsSync, readdirSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

export const dist = fileURLToPath(new URL('../dist/', import.meta.url));

/** Every file: its path, its name below dist, its size as built and as it travels (Brotli where there is a copy). */
export function built() {
  return readdirSync(dist, { recursive: true, encoding: 'utf8' }).sort()
    .map((name) => ({ name, path: `${dist}${name}` }))
    .filter(({ name, path }) => statSync(path).isFile() && !/\.(?:br|gz)$/.test(name))
    .map((file) => ({ ...file, bytes: statSync(file.path).size, sent: sentOf(file.path, '.br'), gzip: sentOf(file.path, '.gz') }));
}

const sentOf = (path, packed) => statSync(existsSync(path + packed) ? path + packed : path).size;

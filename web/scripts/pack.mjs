// Lays a Brotli and a gzip copy beside each built file that gets smaller by it: the server sends them as they are. Brotli
// needs HTTPS or the machine itself; elsewhere browsers ask for gzip.
import { readFileSync, writeFileSync } from 'node:fs';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { built } from './built.mjs';

for (const { path } of built()) {
  if (!/\.(?:js|css|html|json|svg)$/.test(path)) continue;
  const whole = readFileSync(path);
  writeFileSync(`${path}.br`, brotliCompressSync(whole, { params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: whole.length } }));
  writeFileSync(`${path}.gz`, gzipSync(whole, { level: 9 }));
}

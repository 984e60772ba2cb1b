// What the built pages weigh on the wire, and whether that is within what we allow ourselves. Exit 1 when it is not.
//
//   node scripts/size.mjs     after npm run build
import { existsSync, readFileSync } from 'node:fs';
import { built, dist } from './built.mjs';

/** All there is but the map's data: every page, language, font and icon, packed with Brotli. */
const budget = 400_000;

if (!existsSync(`${dist}index.html.br`)) {
  console.error('size: the console is not built; npm run build');
  process.exit(1);
}
const files = built();
const isMap = (file) => file.name.startsWith('geo/');
const sum = (some, as = 'sent') => some.reduce((all, file) => all + file[as], 0);
const kilobytes = (bytes) => `${(bytes / 1000).toFixed(1).padStart(7)} kB`;

for (const file of [...files].sort((one, other) => other.sent - one.sent)) console.log(`${kilobytes(file.sent)}  of ${kilobytes(file.bytes)}  ${file.name}`);

const page = files.filter((file) => !isMap(file));
const index = readFileSync(`${dist}index.html`, 'utf8');
/** What the console asks for before anyone does anything, but the language and fonts, which depend on who reads. */
const first = page.filter((file) => file.name === 'index.html' || index.includes(file.name) || /^assets\/main-.*\.(?:js|css)$/.test(file.name));
const fonts = page.filter((file) => file.name.endsWith('.woff2'));
console.log(`\nfirst load     ${kilobytes(sum(first))} (${first.length} files), and a language and its fonts`);
console.log(`fonts          ${kilobytes(sum(fonts))} (${fonts.length} files, each fetched when a letter of it is shown)`);
console.log(`map data       ${kilobytes(sum(files.filter(isMap)))}`);
console.log(`all but map    ${kilobytes(sum(page))}; with gzip ${kilobytes(sum(page, 'gzip'))}; allowed ${kilobytes(budget)}`);
process.exit(sum(page) <= budget ? 0 : 1);

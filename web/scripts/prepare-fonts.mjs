// Cuts the console's fonts down to what it says: the letters of the languages people here write, and every sign that the
// sources, the languages' files or the map's names use. Writes web/fonts/*.woff2 and fonts.css; a sign that no font has
// stops the build, because a state must be told by its shape on a machine without fonts of its own too.
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import fontverter from 'fontverter';
import { Blob as FontFile, Face } from 'harfbuzzjs';
import subset from 'subset-font';

const web = new URL('../', import.meta.url);
const require = createRequire(import.meta.url);
const out = new URL('fonts/', web);

/** Latin of English and of transliteration. */
const latin = between([0x20, 0x7e], [0xa0, 0x17f], [0x18f], [0x259], [0x2b0, 0x2c7], [0x300, 0x304], [0x30c], [0x323], [0x327], [0x331],
  [0x1e0c, 0x1e0d], [0x1e24, 0x1e2b], [0x1e62, 0x1e63], [0x1e6c, 0x1e6d], [0x1e92, 0x1e96], [0x2010, 0x2027], [0x2030, 0x203a], [0x2066, 0x2069], [0x20ac], [0x2122], [0x2212]);
/** Arabic, Persian, Kurdish, Pashto and Urdu: joined letters have to come from one font. */
const arabic = between([0x20], [0x60c], [0x61b], [0x61f], [0x621, 0x63a], [0x640, 0x655], [0x660, 0x66c], [0x670, 0x671], [0x679], [0x67c], [0x67e],
  [0x681], [0x685, 0x686], [0x688, 0x689], [0x691], [0x693], [0x695, 0x696], [0x698], [0x69a], [0x6a4], [0x6a9], [0x6ab], [0x6af], [0x6b5], [0x6ba],
  [0x6bc], [0x6be], [0x6c0, 0x6c3], [0x6c6, 0x6c8], [0x6ca, 0x6d0], [0x6d2, 0x6d5], [0x6f0, 0x6f9], [0x200c, 0x200f]);
/** Nothing to draw: they steer direction, joining and lines. */
const unseen = new Set(between([0x00, 0x1f], [0x7f, 0x9f], [0xad], [0x200b, 0x200f], [0x2028, 0x202e], [0x2060, 0x2069], [0xfeff]));

rmSync(out, { recursive: true, force: true });
mkdirSync(out, { recursive: true });

const said = new Set([...textsOf('src', '.ts'), ...textsOf('.', '.html'), ...textsOf('public/geo', '.json')].flatMap((text) => [...text].map((letter) => letter.codePointAt(0))));
const signs = [...said].filter((letter) => letter > 0x7f && !unseen.has(letter) && !isArabic(letter));
const left = new Set(signs);
let sheet = '/* Made by scripts/prepare-fonts.mjs. Noto, SIL Open Font License 1.1. */\n';

// The first that has a sign gives it. Bold where words are bold; signs have one weight.
for (const weight of [400, 700]) {
  await cut('Noto Sans', `latin-${weight}`, weight, 'noto-sans/files/noto-sans-latin-@', [...latin, ...signs]);
  await cut('Noto Sans', `latin-ext-${weight}`, weight, 'noto-sans/files/noto-sans-latin-ext-@', [...latin, ...signs], `noto-sans/files/noto-sans-latin-${weight}`);
  await cut('Noto Sans Arabic', `arabic-${weight}`, weight, 'noto-sans-arabic/files/noto-sans-arabic-arabic-@', arabic);
}
await cut('Noto Sans', 'greek', '400 700', 'noto-sans/files/noto-sans-greek-400', [...left]);
for (const [name, file] of [
  ['shapes', 'noto-sans-symbols-2/files/noto-sans-symbols-2-symbols-400'], ['signs', 'noto-sans-symbols/files/noto-sans-symbols-symbols-400'],
  ['maths', 'noto-sans-math/files/noto-sans-math-latin-400'],
]) await cut('Noto Sans', name, '400 700', file, [...left]);

if (left.size > 0) {
  console.error(`prepare-fonts: no font has ${[...left].map((letter) => `${String.fromCodePoint(letter)} (U+${hex(letter)})`).join(', ')}`);
  process.exit(1);
}
writeFileSync(new URL('fonts.css', out), sheet);

/** Writes the wanted part of a font and the rule by which a browser fetches it. What another file gives already is left out. */
async function cut(family, name, weight, file, wanted, before) {
  const has = await covered(`${file.replace('@', String(weight))}`), given = before ? await covered(before) : new Set();
  const letters = [...new Set(wanted)].filter((letter) => has.has(letter) && !given.has(letter)).sort((one, other) => one - other);
  for (const letter of letters) left.delete(letter);
  if (letters.length === 0) return;
  const font = await subset(fontFile(file.replace('@', String(weight))), String.fromCodePoint(...letters), { targetFormat: 'woff2', noHinting: true });
  writeFileSync(new URL(`${name}.woff2`, out), font);
  sheet += `@font-face {\n  font-family: '${family}'; font-style: normal; font-weight: ${weight}; font-display: swap;\n`
    + `  src: url(./${name}.woff2) format('woff2');\n  unicode-range: ${ranges(letters)};\n}\n`;
}

function fontFile(file) {
  return readFileSync(require.resolve(`@fontsource/${file}-normal.woff2`));
}

async function covered(file) {
  const bytes = await fontverter.convert(fontFile(file), 'sfnt');
  return new Set(new Face(new FontFile(Uint8Array.from(bytes).buffer)).collectUnicodes());
}

function textsOf(folder, extension) {
  const root = new URL(`${folder}/`, web);
  return readdirSync(root, { recursive: folder === 'src', encoding: 'utf8' }).filter((path) => path.endsWith(extension)).map((path) => readFileSync(new URL(path, root), 'utf8'));
}

function between(...spans) {
  return spans.flatMap(([from, to = from]) => Array.from({ length: to - from + 1 }, (_, i) => from + i));
}

function isArabic(letter) {
  return letter >= 0x600 && letter <= 0x6ff;
}

function hex(letter) {
  return letter.toString(16).toUpperCase();
}

function ranges(letters) {
  const spans = [];
  for (const letter of letters) {
    const last = spans.at(-1);
    if (last && last[1] === letter - 1) last[1] = letter;
    else spans.push([letter, letter]);
  }
  return spans.map(([from, to]) => (from === to ? `U+${hex(from)}` : `U+${hex(from)}-${hex(to)}`)).join(', ');
}


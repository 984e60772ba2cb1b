import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { test } from 'node:test';
import { sayCause } from '../src/i18n/cause.js';
import { counted, name, nameOf, setLanguage, t } from '../src/i18n/index.js';
import type { Forms, Language } from '../src/i18n/language.js';
import english from '../src/languages/en.js';

/** Every file in the folder is a language. */
const folder = new URL('../src/languages/', import.meta.url);
const languages = new Map<string, Language>();
for (const file of readdirSync(folder).filter((one) => one.endsWith('.js')).sort()) {
  languages.set(file.slice(0, -3), ((await import(new URL(file, folder).href)) as { default: Language }).default);
}
const translations = [...languages].filter(([tag]) => tag !== 'en');
const speak = (tag: string): void => setLanguage(tag, languages.get(tag)!);

/** Names that are the same in every language: of protocols, data sets and units. */
const names = /\b(?:CAP|JSON|MQTT|TAK|TLS|SHA-256|Natural Earth|GeoNames|CC BY|Nadhir|Mode S|S|3\/A|km|m|LIVE|MHz|PMTiles|WMS|UTC|TIS-B|EEMUA|ESC|Esc|Enter|Ctrl|Shift|Alt)\b/g;

const texts = (language: Language): [string, string][] => Object.entries(language.words)
  .flatMap(([key, words]: [string, string | Forms]): [string, string][] =>
    typeof words === 'string' ? [[key, words]] : Object.entries(words).map(([form, text]) => [`${key} (${form})`, text]));
const blanks = (text: string): string[] => [...text.matchAll(/\{(\w+)\}/g)].map((match) => match[1] ?? '').sort();

test('there are English and Arabic', () => assert.deepEqual([...languages.keys()].filter((tag) => tag === 'en' || tag === 'ar').sort(), ['ar', 'en']));

for (const [tag, language] of languages) {
  test(`${tag}: has every word of the console and no other`, () =>
    assert.deepEqual(Object.keys(language.words).sort(), Object.keys(english.words).sort()));

  test(`${tag}: no word is empty, and digits are Latin`, () => {
    for (const [key, text] of texts(language)) {
      assert.ok(text.trim().length > 0, key);
      assert.doesNotMatch(text.replace(/[0-9]/g, ''), /\p{Nd}/u, key);
    }
  });

  test(`${tag}: what is counted has the forms its numbers ask for`, () => {
    const wanted = new Intl.PluralRules(tag).resolvedOptions().pluralCategories.sort();
    for (const [key, words] of Object.entries(language.words) as [string, string | Forms][]) {
      if (typeof words !== 'string') assert.deepEqual(Object.keys(words).sort(), wanted, key);
    }
  });
}

for (const [tag, language] of translations) {
  test(`${tag}: has the blanks of the English words`, () => {
    for (const [key, words] of Object.entries(english.words) as [keyof Language['words'], string | Forms][]) {
      const said = language.words[key];
      if (typeof words === 'string') assert.deepEqual(blanks(said as string), blanks(words), key);
      else for (const form of Object.values(said as Forms)) assert.ok(blanks(form).every((blank) => blanks(words.other).includes(blank)), key);
    }
  });

  test(`${tag}: nothing is left in English`, () => {
    const script = new Intl.Locale(tag).maximize().script ?? 'Latn';
    for (const [key, text] of texts(language)) {
      const said = text.replace(/\{\w+\}/g, '').replace(names, '');
      if (script === 'Latn') {
        // Short words may be the same in two languages; a sentence may not.
        const original = english.words[key as keyof typeof english.words];
        if (/\p{L} \p{L}/u.test(said)) assert.notEqual(text, original, key);
      } else {
        assert.doesNotMatch(said, /\p{Script=Latin}/u, key);
        if (/\p{L}/u.test(said)) assert.match(text, new RegExp(`\\p{Script=${script}}`, 'u'), key);
      }
    }
  });
}

test('every state has its words in both worlds and every language', () => {
  for (const tag of languages.keys()) {
    speak(tag);
    for (const state of ['Watch', 'Warning', 'AllClear', 'Closed', 'Correction']) assert.notEqual(name('alert', state), state);
    for (const order of ['acknowledge', 'release', 'update', 'allClear', 'correct', 'phase', 'testSiren', 'callOffDrill'] as const) {
      assert.notEqual(t(`confirm.${order}.live`), t(`confirm.${order}.exercise`), `${order} reads the same live and in exercise`);
    }
  }
});

test('no two states of a thing have the same word', () => {
  const families = ['alert', 'kind', 'siren', 'sensor', 'clock', 'measure', 'readiness', 'directive', 'drill', 'identity', 'status', 'class', 'claim', 'statement', 'incursion'];
  for (const [tag, language] of languages) {
    for (const family of families) {
      // States are named as the server names them: with a capital letter, or a number.
      const said = Object.entries(language.words).filter(([key]) => new RegExp(`^${family}\\.[A-Z0-9]\\w*$`).test(key));
      assert.ok(said.length > 1, `${family} has states`);
      assert.equal(new Set(said.map(([, word]) => word)).size, said.length, `${tag}: ${family}`);
    }
  }
});

test('a number has the form its language gives it', () => {
  speak('en');
  assert.deepEqual([1, 2].map((count) => counted('alert.trackCount', count)), ['1 track', '\u20662\u2069 tracks']);
  speak('ar');
  assert.deepEqual([1, 2, 3, 11, 100].map((count) => counted('alert.trackCount', count)),
    ['مسار واحد', 'مساران', '\u20663\u2069 مسارات', '\u206611\u2069 مسارًا', '\u2066100\u2069 مسار']);
});

test('no line ends within an id that a sentence names, and words of people are left as they are', () => {
  speak('ar');
  const said = sayCause({ code: 'RadarContradicts', figures: ['SIM-1 SIM-4', '12 km'] });
  assert.ok(said.includes('\u2068SIM-\u20601 SIM-\u20604\u2069'), said);
  speak('en');
  assert.ok(sayCause({ code: 'RadarContradicts', figures: ['a non-cooperative source', '3'] }).includes('\u2068a non-cooperative source\u2069'));
});

test('a value the console does not know is shown as it came', () => assert.equal(name('siren', 'Levitating'), 'Levitating'));

test('a thing is named in the language shown, else as configured', () => {
  const zone = { id: 'Z', name: 'Baghdad', names: { ar: 'بغداد' } };
  speak('ar');
  assert.equal(nameOf(zone), 'بغداد');
  assert.equal(nameOf({ id: 'Z', name: 'Baghdad' }), 'Baghdad');
  speak('en');
  assert.equal(nameOf(zone), 'Baghdad');
  assert.equal(nameOf(undefined, 'Z-9'), 'Z-9');
});

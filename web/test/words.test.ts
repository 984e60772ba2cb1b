import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ar } from '../src/i18n/ar.js';
import { en } from '../src/i18n/en.js';
import { name, nameOf, setLanguage, t } from '../src/i18n/index.js';

const blanks = (text: string): string[] => [...text.matchAll(/\{(\w+)\}/g)].map((match) => match[1] ?? '').sort();

test('both languages have the same words', () => assert.deepEqual(Object.keys(ar).sort(), Object.keys(en).sort()));

test('no word is empty', () => {
  for (const [key, text] of [...Object.entries(en), ...Object.entries(ar)]) assert.ok(text.trim().length > 0, key);
});

test('a translation has the blanks of the original', () => {
  for (const [key, text] of Object.entries(en)) assert.deepEqual(blanks(ar[key as keyof typeof en]), blanks(text), key);
});

test('Arabic is written in Arabic letters and Latin digits', () => {
  for (const [key, text] of Object.entries(ar)) {
    if (key !== 'language.other') assert.match(text, /[\u0600-\u06ff]/, key);
    assert.doesNotMatch(text, /[\u0660-\u0669\u06f0-\u06f9]/, key);
  }
});

test('every state has its words in both worlds and languages', () => {
  for (const language of ['en', 'ar'] as const) {
    setLanguage(language);
    for (const state of ['Watch', 'Warning', 'AllClear', 'Closed', 'Correction']) assert.notEqual(name('alert', state), state);
    for (const order of ['acknowledge', 'release', 'allClear', 'correct', 'phase', 'testSiren', 'callOffDrill'] as const) {
      assert.notEqual(t(`confirm.${order}.live`), t(`confirm.${order}.exercise`), `${order} reads the same live and in exercise`);
    }
  }
  setLanguage('en');
});

test('a value the console does not know is shown as it came', () => assert.equal(name('siren', 'Levitating'), 'Levitating'));

test('a thing is named in the language shown, else as configured', () => {
  const zone = { id: 'Z', name: 'Baghdad', names: { ar: 'بغداد' } };
  setLanguage('ar');
  assert.equal(nameOf(zone), 'بغداد');
  assert.equal(nameOf({ id: 'Z', name: 'Baghdad' }), 'Baghdad');
  setLanguage('en');
  assert.equal(nameOf(zone), 'Baghdad');
  assert.equal(nameOf(undefined, 'Z-9'), 'Z-9');
});

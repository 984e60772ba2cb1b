import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import english from '../src/languages/en.js';

// Whatever a person reads stands in the languages' files. Sources are read as text: these tests run in build-test.
const sources = new URL('../../src/', import.meta.url);
const files = readdirSync(sources, { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.ts') && !path.startsWith('languages')).sort()
  .map((path) => ({ path, source: readFileSync(new URL(path, sources), 'utf8') }))
  .map((file) => ({ ...file, ...taken(file.source) }));

interface Taken {
  /** Quoted strings. */
  strings: string[];
  /** Templates by their tag, what is filled in marked by U+0000. */
  templates: { tag: string; text: string }[];
}

/** The strings and templates of a source; comments and regular expressions are passed over. */
function taken(source: string): Taken {
  const found: Taken = { strings: [], templates: [] };
  let i = 0;
  const code = (end: string): void => {
    let depth = 0, before = '';
    while (i < source.length) {
      const letter = source[i]!, two = source.slice(i, i + 2);
      if (letter === end && depth === 0) return;
      if (two === '//') i = after('\n');
      else if (two === '/*') i = after('*/');
      else if (letter === '/' && /[(,=:[!&|?{};\n]|^$|return/.test(before)) i += regularExpression(source.slice(i));
      else if (letter === "'" || letter === '"') found.strings.push(quoted(letter));
      else if (letter === '`') template(/(\w+)$/.exec(source.slice(0, i))?.[1] ?? '');
      else {
        if (letter === '{') depth++;
        if (letter === '}') depth--;
        if (!/\s/.test(letter)) before = /\w/.test(letter) ? before.replace(/\W/g, '') + letter : letter;
        i++;
        continue;
      }
      before = '"';
    }
  };
  const after = (mark: string): number => (source.indexOf(mark, i + 2) + 1 || source.length + 1) - 1 + mark.length;
  const quoted = (mark: string): string => {
    const start = ++i;
    while (source[i] !== mark) i += source[i] === '\\' ? 2 : 1;
    return source.slice(start, i++);
  };
  const template = (tag: string): void => {
    let text = '';
    for (i++; source[i] !== '`';) {
      if (source.startsWith('${', i)) {
        i += 2;
        code('}');
        i++;
        text += '\u0000';
      } else text += source[i] === '\\' ? source.slice(i, (i += 2)) : source[i++];
    }
    i++;
    found.templates.push({ tag, text });
  };
  code('');
  return found;
}

function regularExpression(rest: string): number {
  return /^\/(?:\\.|\[(?:\\.|[^\]\\])*\]|[^/\\\n])+\/\w*/.exec(rest)?.[0].length ?? 1;
}

/** The name of the system, units and directions of a compass as position() writes them. */
const same = /^(?:Nadhir|نذير|km|km\/h|m|s|NM|ft|UTC)$/;
const wordsIn = (text: string): string[] => (text.match(/\p{L}{2,}/gu) ?? []).filter((word) => !same.test(word));

test('the scanner sees strings, templates and what stands in them, and no comment', () => {
  const seen = taken("a = 'it\\'s'; // 'no'\nb = html`<p title=${t('x')}>Hi ${c ? html`<b>there</b>` : ''}</p>`; /* \"no\" */ d = /'/g;");
  assert.deepEqual(seen.strings, ["it\\'s", 'x', '']);
  assert.deepEqual(seen.templates.map((one) => one.text), ['<b>there</b>', '<p title=\u0000>Hi \u0000</p>']);
});

test('no word that a person reads stands in a template', () => {
  for (const { path, templates } of files) {
    for (const { tag, text } of templates) {
      if (tag !== 'html' && tag !== 'svg') continue;
      const attributes = [...text.matchAll(/\s(?:title|aria-label|aria-description|placeholder|alt|label)="([^"]*)"/g)].map((match) => match[1] ?? '');
      const shown = text.replace(/<style>[^]*?<\/style>/g, '').replace(/<[^>]*>/g, ' ');
      assert.deepEqual(wordsIn([shown, ...attributes].join(' ')), [], `${path}: ${text.trim().slice(0, 200)}`);
    }
  }
});

test('no sentence stands between quotes, but what an error says to whoever reads the console of the browser', () => {
  for (const { path, strings, templates } of files) {
    const said = [...strings, ...templates.filter((one) => one.tag === '').map((one) => one.text)];
    for (const text of said) assert.doesNotMatch(text.replace(/Noto Sans(?: Arabic)?/g, ''), /\p{Lu}\p{Ll}+ \p{L}{2,}/u, path);
  }
});

test('every word is said somewhere', () => {
  const strings = files.flatMap((file) => file.strings), whole = new Set(strings);
  const patterns = files.flatMap((file) => file.templates).filter((one) => one.tag === '' && /^[\w.-]+\.\u0000/.test(one.text))
    .map((one) => new RegExp(`^${one.text.split('\u0000').map((part) => part.replace(/\W/g, '\\$&')).join('.+')}$`));
  // The report's choices are given by their first word.
  const prefixes = ['what.', 'distance.'].concat(files.flatMap((file) => [...file.source.matchAll(/\bname\(\s*'([\w.]+)'/g)].map((match) => `${match[1]}.`)));
  const silent = Object.keys(english.words).filter((key) => !(whole.has(key) || patterns.some((one) => one.test(key)) || prefixes.some((one) => key.startsWith(one))));
  assert.deepEqual(silent, []);
});

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { after, test } from 'node:test';
import type { Forms } from '../src/i18n/language.js';
import english from '../src/languages/en.js';

// A third language is one file: English with marks on it, dropped into a copy of the sources, which then is built.
const web = fileURLToPath(new URL('../../', import.meta.url));
const copy = mkdtempSync(join(tmpdir(), 'nadhir-language-'));
for (const part of ['src', 'fonts', 'index.html', 'report.html', 'tsconfig.json', 'vite.config.ts', 'package.json']) cpSync(join(web, part), join(copy, part), { recursive: true });
symlinkSync(join(web, 'node_modules'), join(copy, 'node_modules'));
after(() => rmSync(copy, { recursive: true }));

const file = join(copy, 'src', 'languages', 'en-XA.ts');
const run = (...command: string[]): { code: number | null; said: string } => {
  const { status, stdout, stderr } = spawnSync('npx', ['--no-install', ...command], { cwd: copy, encoding: 'utf8' });
  return { code: status, said: stdout + stderr };
};
const marked = (words: string | Forms): string | Forms => typeof words === 'string' ? `⟦${words}⟧`
  : Object.fromEntries(Object.entries(words).map(([form, text]) => [form, `⟦${text}⟧`])) as unknown as Forms;
const write = (words: Record<string, string | Forms>): void => writeFileSync(file,
  `import type { Language } from '../i18n/language.js';\nexport default { direction: 'ltr', words: ${JSON.stringify(words)} } as const satisfies Language;\n`);
const whole = Object.fromEntries(Object.entries(english.words).map(([key, words]) => [key, marked(words)]));

test('a language with a word too few does not compile, nor one with a word too many', () => {
  const { loading: _, ...tooFew } = whole;
  write(tooFew);
  const few = run('tsc', '--noEmit');
  assert.notEqual(few.code, 0);
  assert.match(few.said, /'?loading'? is missing/);
  write({ ...whole, 'no.such.word': 'x' });
  const many = run('tsc', '--noEmit');
  assert.notEqual(many.code, 0);
  assert.match(many.said, /no\.such\.word/);
});

test('a third language is one file, and no page loads a language it does not show', () => {
  write(whole);
  const compiled = run('tsc', '--noEmit');
  assert.equal(compiled.code, 0, compiled.said);
  const built = run('vite', 'build', '--logLevel', 'error');
  assert.equal(built.code, 0, built.said);
  const assets = join(copy, 'dist', 'assets');
  const scripts = readdirSync(assets).filter((name) => name.endsWith('.js')).map((name) => ({ name, text: readFileSync(join(assets, name), 'utf8') }));
  for (const mark of ['⟦Loading…⟧', 'Loading…', 'جارٍ التحميل…']) {
    const holders = scripts.filter((one) => one.text.includes(`\`${mark}\``) || one.text.includes(`"${mark}"`) || one.text.includes(`'${mark}'`));
    assert.equal(holders.length, 1, `${mark} stands in ${holders.map((one) => one.name).join(', ') || 'no file'}`);
    for (const page of ['index.html', 'report.html']) {
      assert.ok(!readFileSync(join(copy, 'dist', page), 'utf8').includes(holders[0]!.name), `${page} asks for ${holders[0]!.name} whatever is chosen`);
    }
  }
});

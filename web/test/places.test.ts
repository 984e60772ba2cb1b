import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';

// What the map shows, as it was prepared for this build (scripts/prepare-geo.mjs).
const prepared = (name: string): unknown => JSON.parse(readFileSync(new URL(`../../public/geo/${name}.json`, import.meta.url), 'utf8'));
interface Named { name: string; ar?: string }
const shown: [string, Named[]][] = [
  ['places', prepared('places') as Named[]],
  ...['countries', 'governorates'].map((name): [string, Named[]] =>
    [name, (prepared(name) as { features: { properties: Named }[] }).features.map((one) => one.properties)]),
];

for (const [what, all] of shown) {
  test(`of the ${what} on the map each has a name in Latin and one in Arabic letters`, () => {
    assert.ok(all.length > 10, `${all.length} ${what}`);
    for (const { name, ar } of all) {
      assert.match(name, /^[\p{Script=Latin}\p{M}'’‘\-. ]+$/u, name);
      assert.match(ar ?? '', /^[\p{Script=Arabic}\p{M}() ]+$/u, `${name} has no Arabic name`);
    }
  });
}

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { test } from 'node:test';

const web = fileURLToPath(new URL('../../', import.meta.url));

test('the whole console weighs no more than it may', { skip: existsSync(`${web}dist/index.html`) ? false : 'the console is not built (npm run build)' }, (context) => {
  const { status, stdout, stderr } = spawnSync('node', ['scripts/size.mjs'], { cwd: web, encoding: 'utf8' });
  for (const line of stdout.split('\n').slice(-6)) context.diagnostic(line);
  assert.equal(status, 0, stdout + stderr);
});

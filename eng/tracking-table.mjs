// Runs the tracker over the bench's scenarios, and prints the table of docs/tracking.md.
//
//   node eng/tracking-table.mjs [--scenarios a,b,c,d,dd,e,w] [--seeds 1-10 | 101,102] [--out DIR] [--shared DIR]
//                               [--program FILE] [--json] [--verbose]
//
// The scenarios come from gen_scenarios.py of the tracking bench: in DIR of --shared, or of NADHIR_SHARED, or in a folder
// `tracking` there. --out keeps what is generated and uses it again. Without --seeds each scenario has its published ones.
// Runs go one after the other: speed wants a quiet core. Ends with exit code 1 when a run fails.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, openSync, closeSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const published = { a: '1-10', b: '1-3', c: '1-3', d: '1-3', dd: '1-3', e: '1-3', w: '1-20' };

const has = (name) => process.argv.includes(`--${name}`);
const option = (name, fallback) => {
  const at = process.argv.indexOf(`--${name}`);
  return at < 0 ? fallback : process.argv[at + 1];
};
const die = (why) => {
  console.error(`tracking-table: ${why}`);
  process.exit(2);
};
const numbers = (text) => text.split(',').flatMap((part) => {
  const [first, last] = part.split('-').map(Number);
  const count = (last ?? first) - first + 1;
  if (!(count > 0 && count <= 10000)) die(`--seeds: '${part}' is no seed and no range of seeds`);
  return Array.from({ length: count }, (_, i) => first + i);
});

const scenarios = option('scenarios', Object.keys(published).join(',')).split(',');
for (const name of scenarios) if (!(name in published)) die(`no scenario '${name}' is known`);
const program = option('program', join(root, 'nadhir'));
const shared = option('shared', process.env.NADHIR_SHARED ?? '');
const generator = [join(shared, 'gen_scenarios.py'), join(shared, 'tracking', 'gen_scenarios.py')].find(existsSync);
const kept = option('out', null);
const folder = kept ?? mkdtempSync(join(tmpdir(), 'nadhir-tracking-'));
mkdirSync(folder, { recursive: true });
process.on('exit', () => { if (!kept) rmSync(folder, { recursive: true, force: true }); });
const verbose = has('verbose');

function run(file, args, input = 'ignore', output = 'pipe') {
  const done = spawnSync(file, args, { stdio: [input, output, 'pipe'], maxBuffer: 1 << 30, encoding: 'utf8' });
  if (done.error) die(`${file}: ${done.error.message}`);
  if (done.status !== 0) throw new Error(`${file} ${args[0]} ended with ${done.status}: ${done.stderr.trim()}`);
  return done;
}

function number(text, pattern) {
  const found = pattern.exec(text);
  if (!found) throw new Error(`track --timing did not tell ${pattern}`);
  return Number(found[1]);
}

function measure(name, seed) {
  const scene = join(folder, `${name}-s${seed}`), tracks = join(scene, 'tracks.jsonl');
  if (!existsSync(join(scene, 'meta.json'))) {
    if (!generator) die('no gen_scenarios.py; name its folder by --shared or NADHIR_SHARED');
    run('python3', [generator, '--out', folder, '--scenario', name, '--seeds', String(seed)]);
  }

  const detections = openSync(join(scene, 'detections.jsonl'), 'r'), output = openSync(tracks, 'w');
  let told;
  try {
    told = run(program, ['track', '--timing', '--scenario', join(scene, 'meta.json')], detections, output).stderr;
  } finally {
    closeSync(detections);
    closeSync(output);
  }

  const score = JSON.parse(run(program, ['score', scene, tracks, '--json']).stdout);
  const row = {
    name, seed, ...score, rate: number(told, /: (\d+) a second/), p50: number(told, /([\d.]+) ms \(p50\)/),
    p99: number(told, /([\d.]+) ms \(p99\)/), worst: number(told, /([\d.]+) ms \(max\)/),
    bytes: number(told, /([\d.]+) bytes allocated a detection/),
  };
  if (verbose) console.error(`${name} ${seed}: GOSPA ${score.gospa_mean.toFixed(3)}, ${row.rate} det/s`);
  return row;
}

const columns = [
  ['GOSPA', (r) => r.gospa_mean, 'scene'],
  ['localisation part', (r) => r.loc_part, 'scene'],
  ['horizontal RMSE, m', (r) => r.rmse_h, 'scene'],
  ['missed a time', (r) => r.missed_per_time, 2],
  ['false a time', (r) => r.false_per_time, 2],
  ['ID switches', (r) => r.id_switches, 1],
  ['latency, s', (r) => r.latency_mean, 1],
  ['ANEES', (r) => r.anees, 2],
  ['completeness', (r) => r.siap_completeness, 3],
  ['det/s', (r) => r.rate, 'thousands'],
  ['p99 scan, ms', (r) => r.p99, 2],
  ['bytes a detection', (r) => r.bytes, 0],
];

// A measure that no run gives (ANEES without covariances) is a dash, never a nought.
function mean(rows, pick, form) {
  const values = rows.map(pick).filter((v) => typeof v === 'number');
  if (values.length === 0) return '–';
  const value = values.reduce((sum, v) => sum + v, 0) / values.length;
  if (form === 'thousands') return `${(value / 1000).toFixed(0)}k`;
  return value.toFixed(form === 'scene' ? (value < 20 ? 2 : 0) : form);
}

const results = [], problems = [];
const title = ['', 'seeds', ...columns.map(([heading]) => heading)];
const lines = [`| ${title.join(' | ')} |`.replace('|  |', '| |'), `|${title.map(() => '---').join('|')}|`];
for (const name of scenarios) {
  const asked = option('seeds', published[name]), rows = [];
  for (const seed of numbers(asked)) {
    try {
      rows.push(measure(name, seed));
    } catch (fault) {
      problems.push(`${name} ${seed}: ${fault.message}`);
    }
  }

  results.push(...rows);
  lines.push(`| ${[name, asked, ...columns.map(([, pick, form]) => mean(rows, pick, form))].join(' | ')} |`);
}

if (has('json')) for (const row of results) console.log(JSON.stringify(row));
else console.log(lines.join('\n'));
if (kept) writeFileSync(join(folder, 'results.jsonl'), results.map((row) => `${JSON.stringify(row)}\n`).join(''));
for (const problem of problems) console.error(`NOT RUN  ${problem}`);
process.exitCode = problems.length ? 1 : 0;

// Runs the acceptance scenario over variants and seeds, and prints the table of docs/scenario-babil-2024.md.
//
//   node eng/scenario-table.mjs [--seeds 1..5] [--variants 0,45,…] [--recon-minutes N] [--keep DIR] [--without SIM-1]
//
// Each run is `./nadhir run`; every figure comes from `./nadhir report --json` held against the truth of the simulation
// (truth.json, which the watch never sees). Ends with exit code 1 when an expectation does not hold.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const option = (name, fallback) => {
  const at = process.argv.indexOf(`--${name}`);
  return at < 0 ? fallback : process.argv[at + 1];
};
const [firstSeed, lastSeed] = option('seeds', '1..5').split('..').map(Number);
const variants = option('variants', '0,45,90,135,180,225,270,315').split(',').map(Number);
const reconMinutes = option('recon-minutes', null);
const without = option('without', null);
const folder = option('keep', null) ?? mkdtempSync(join(tmpdir(), 'nadhir-table-'));
const anchor = Date.parse('2024-07-29T21:45:00Z');
// When the Warning of a zone is due, seconds from the anchor.
const warned = { 'Z-JURF': [-350, -325], 'Z-MUSAYYIB': [-410, -270] }, forbidden = ['Z-ASAD'];

const nadhir = (...args) => execFileSync(join(root, 'nadhir'), args, { maxBuffer: 1 << 30, stdio: ['ignore', 'pipe', 'inherit'] }).toString();
const seconds = (time) => (Date.parse(time) - anchor) / 1000;
const median = (values) => [...values].sort((a, b) => a - b)[Math.floor((values.length - 1) / 2)];
const range = (values, digits = 0) => values.length === 0 ? '–'
  : `${median(values).toFixed(digits)} (${Math.min(...values).toFixed(digits)} … ${Math.max(...values).toFixed(digits)})`;

const problems = [];
const rows = variants.map((variant) => {
  const runs = [];
  for (let seed = firstSeed; seed <= lastSeed; seed++) {
    const out = join(folder, `v${variant}-s${seed}`);
    const args = ['run', 'babil-2024', '--variant', String(variant), '--seed', String(seed), '--out', out];
    if (reconMinutes) args.push('--recon-minutes', reconMinutes);
    if (without) args.push('--without', without);
    nadhir(...args);
    runs.push(judge(variant, seed, JSON.parse(nadhir('report', out, '--json')), JSON.parse(readFileSync(join(out, 'truth.json'), 'utf8'))));
    if (!option('keep', null)) rmSync(out, { recursive: true });
  }
  return { variant, runs };
});

function judge(variant, seed, report, truth) {
  const fail = (what) => problems.push(`variant ${variant}, seed ${seed}: ${what}`);
  const of = (track) => report.tracks.find((t) => t.id === track);
  // The jets are the non-cooperative tracks that crossed; no other movement without a transponder crosses.
  const crossings = report.crossings.filter((c) => of(c.track).identity === 'NonCooperative');
  const inbound = crossings.filter((c) => c.direction === 'Inbound'), outbound = crossings.filter((c) => c.direction === 'Outbound');
  if (inbound.length !== 2) fail(`${inbound.length} inbound crossings`);
  if (outbound.length !== 2) fail(`${outbound.length} outbound crossings`);
  const parallel = report.tracks.filter((t) => t.evidence.some((e) => e.includes('NDX900'))).map((t) => t.id);
  if (parallel.length === 0) fail('the flight along the border was never seen');
  const parallelCrossings = report.crossings.filter((c) => parallel.includes(c.track)).length;
  if (parallelCrossings > 0) fail(`${parallelCrossings} crossings of the flight along the border`);
  const jets = [...new Set(inbound.map((c) => c.track))].map(of);
  for (const jet of jets)
    if (jet.authorisation || jet.evidence.some((e) => /hostile|enemy/i.test(e))) fail(`track ${jet.id} is ${JSON.stringify(jet)}`);
  const confirm = Math.min(...jets.map((t) => seconds(t.confirmedAt))) - truth.firstVisibilitySeconds;
  if (confirm > 50) fail(`confirmed ${confirm.toFixed(1)} s after first visibility`);
  const recon = report.tracks.filter((t) => t.authorisation === 'AUTH-001');
  if (recon.length < 2) fail(`${recon.length} tracks are Authorised(AUTH-001)`);
  const reconSquawk = report.tracks.filter((t) => t.evidence.some((e) => /Mode 3\/A 430[12]/.test(e)) && t.authorisation !== 'AUTH-001');
  if (reconSquawk.length > 0) fail(`${reconSquawk.length} tracks with the pair's codes are not authorised`);
  const civilUnknown = report.tracks.filter((t) => t.evidence.some((e) => e.includes('NDX')) && t.identity !== 'Authorised').length;
  if (civilUnknown > 0) fail(`${civilUnknown} flights on a plan are not authorised`);

  const state = (zone, wanted) => report.alerts.filter((a) => a.zone === zone && a.state === wanted);
  for (const [zone, [earliest, latest]] of Object.entries(warned)) {
    const at = seconds(state(zone, 'Warning')[0]?.time);
    if (Number.isNaN(at)) fail(`${zone} was not warned`);
    else if (at < earliest || at > latest) fail(`${zone} was warned at ${at.toFixed(0)} s, due ${earliest} to ${latest} s`);
    if (state(zone, 'AllClear').length === 0) fail(`${zone} got no all-clear`);
  }
  for (const zone of forbidden) if (state(zone, 'Warning').length > 0) fail(`${zone} was warned`);
  const watches = report.alerts.filter((a) => a.state === 'Watch').map((a) => a.zone);
  const eta = state('Z-JURF', 'Watch').length ? -seconds(state('Z-JURF', 'Watch')[0].time) / truth.physicalLeadSeconds : 0;
  const lastOut = Math.max(...outbound.map((c) => seconds(c.decidedAt)));
  const crossingDelay = inbound.concat(outbound).map((c) => {
    const true_ = truth.jetCrossings.filter((t) => t.direction === c.direction);
    return Math.min(...true_.map((t) => Math.abs(seconds(c.time) - t.seconds)));
  });
  const inInterval = inbound.concat(outbound).filter((c) => truth.jetCrossings.some((t) => t.direction === c.direction
    && seconds(c.interval.earliest) <= t.seconds && t.seconds <= seconds(c.interval.latest))).length;
  return {
    confirm, inbound: inbound.length, outbound: outbound.length, parallelCrossings, recon: recon.length, eta,
    warnJurf: seconds(state('Z-JURF', 'Warning')[0]?.time), warnMusayyib: seconds(state('Z-MUSAYYIB', 'Warning')[0]?.time),
    baghdad: state('Z-BAGHDAD', 'Warning').length > 0, asadWatch: watches.includes('Z-ASAD'),
    allClear: seconds(state('Z-JURF', 'AllClear')[0]?.time) - lastOut, crossingError: Math.max(...crossingDelay), inInterval,
    tracks: report.tracks.length, nonCooperative: report.tracks.filter((t) => t.identity === 'NonCooperative').length,
    root: report.root,
  };
}

console.log(`| azimuth | confirmed after first visibility, s | crossings in / out | of the flight along the border | crossing time error, s (worst) | η of the Watch | Warning Z-JURF, s | Warning Z-MUSAYYIB, s | Z-BAGHDAD warned | Z-ASAD Warning / Watch | all-clear after the last exit, s | AUTH-001 |`);
console.log(`|---|---|---|---|---|---|---|---|---|---|---|---|`);
for (const { variant, runs } of rows) {
  const all = (pick) => runs.map(pick);
  console.log(`| ${variant}° | ${range(all((r) => r.confirm), 1)} | ${runs.every((r) => r.inbound === 2 && r.outbound === 2) ? '2 / 2' : all((r) => `${r.inbound}/${r.outbound}`).join(' ')} | ${all((r) => r.parallelCrossings).reduce((a, b) => a + b)} | ${Math.max(...all((r) => r.crossingError)).toFixed(1)} | ${range(all((r) => r.eta), 3)} | ${range(all((r) => r.warnJurf))} | ${range(all((r) => r.warnMusayyib))} | ${runs.filter((r) => r.baghdad).length} of ${runs.length} | 0 / ${runs.filter((r) => r.asadWatch).length} of ${runs.length} | ${range(all((r) => r.allClear))} | ${runs.every((r) => r.recon >= 2) ? 'both' : all((r) => r.recon).join(' ')} |`);
}
const etas = rows.flatMap((row) => row.runs.map((r) => r.eta));
console.log(`\n${etas.length} runs; median η ${median(etas).toFixed(3)}, lowest ${Math.min(...etas).toFixed(3)}; true crossing time inside the stated interval in ${rows.flatMap((r) => r.runs).reduce((a, r) => a + r.inInterval, 0)} of ${rows.flatMap((r) => r.runs).reduce((a, r) => a + r.inbound + r.outbound, 0)} crossings.`);
if (median(etas) < 0.95) problems.push(`median lead fraction ${median(etas).toFixed(3)}`);
for (const problem of problems) console.log(`NOT MET  ${problem}`);
if (!option('keep', null)) rmSync(folder, { recursive: true, force: true });
process.exitCode = problems.length ? 1 : 0;

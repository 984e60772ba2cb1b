import { watchList } from './list.js';
import { offerPush } from './push.js';
import { facts, language, showState, showTime } from './show.js';
import { Knowledge, type ZoneState } from './state.js';

// The page of a zone, once there is a script: it listens, asks now and then where it cannot listen, and says how old its
// knowledge is by a clock of its own. It speaks to nobody but the server it came from.

const zone = facts['zone'];
const api = `/api/zones/${encodeURIComponent(zone ?? '')}`;
const beat = Number(facts['heartbeat']) || 3000;
const knowledge = new Knowledge(beat, Number(facts['unknownAfter']) || 300_000);
const keepKey = `nadhir.zone.${zone}`;
const root = document.documentElement;
/** When the page was kept by the service worker, if it is not fresh. */
const keptAt = root.dataset['kept'] ? Number(root.dataset['kept']) : null;
let state: ZoneState | null = null;
let shownOffline = keptAt;
let stream: EventSource | null = null;
let polling = 0;

root.dataset['script'] = '';
if ('serviceWorker' in navigator) navigator.serviceWorker.register('/zone/worker.js', { scope: '/zone/' }).catch(() => undefined);
if (zone === undefined) watchList();
else start();

function start(): void {
  if (keptAt === null) knowledge.hear(performance.now(), Number(facts['at']), Number(facts['asof']));
  else resume(keptAt);
  listen();
  setInterval(tick, 250);
  // A phone that slept shows the age of what it knows at once, and asks anew.
  document.addEventListener('visibilitychange', () => {
    tick();
    if (document.visibilityState === 'visible') void ask();
  });
  window.addEventListener('online', () => void ask());
  void ask();
  offerPush(zone!);
}

/** From what was kept: its age is by the phone's date, the only clock there is between two visits. */
function resume(kept: number): void {
  try {
    const last = JSON.parse(localStorage.getItem(keepKey) ?? 'null') as { state: ZoneState; at: number; heard: number } | null;
    if (!last) return;
    const age = Math.max(0, Date.now() - last.heard);
    knowledge.hear(performance.now(), last.at, last.at, age);
    shownOffline = Math.max(kept, last.heard);
    take(last.state, false);
  } catch {
    return;
  }
}

function take(next: ZoneState, fresh: boolean): void {
  state = next;
  showState(next);
  if (fresh) {
    shownOffline = null;
    keep();
  }
  tick();
}

function keep(): void {
  const at = knowledge.time(performance.now());
  if (!state || at === null) return;
  try {
    localStorage.setItem(keepKey, JSON.stringify({ state, at, heard: Date.now() }));
  } catch {
    return; // A full phone keeps nothing; the page works all the same.
  }
}

function listen(): void {
  stream?.close();
  stream = new EventSource(`${api}/events`);
  stream.addEventListener('state', (event) => take(JSON.parse(event.data as string) as ZoneState, true));
  stream.addEventListener('heartbeat', (event) => {
    const said = JSON.parse(event.data as string) as { at: string; asOf: string };
    knowledge.hear(performance.now(), Date.parse(said.at), Date.parse(said.asOf));
    stopAsking();
    keep();
  });
  stream.onerror = () => {
    startAsking();
    // Refused, as when there is no place left: the browser does not try again by itself.
    if (stream?.readyState === EventSource.CLOSED) setTimeout(listen, 20_000 + Math.random() * 20_000);
  };
}

function startAsking(): void {
  if (polling !== 0) return;
  polling = window.setInterval(() => void ask(), 4000 + Math.random() * 1000);
}

function stopAsking(): void {
  clearInterval(polling);
  polling = 0;
}

/** Asks for the state: a proxy or delivery network may answer, and then says how old its answer is. */
async function ask(): Promise<void> {
  const asked = performance.now();
  try {
    const answer = await fetch(api, { signal: AbortSignal.timeout(8000) });
    if (!answer.ok) return;
    const said = (await answer.json()) as ZoneState & { at: string; asOf: string };
    const age = (Number(answer.headers.get('Age')) || 0) * 1000 + (performance.now() - asked);
    // An answer that was kept must not undo what the stream has said since.
    if ((knowledge.time(performance.now()) ?? 0) - age > Date.parse(said.at) + 2 * beat) return;
    if (polling === 0 && state !== null && keptAt === null && knowledge.link(performance.now()) === 'live') return;
    knowledge.hear(performance.now(), Date.parse(said.at), Date.parse(said.asOf), age);
    take(said, true);
  } catch {
    tick();
  }
}

function tick(): void {
  // Words of a link that is gone are put back once it is there again.
  const wasUnknown = root.dataset['link'] === 'unknown';
  showTime(state, knowledge, performance.now(), shownOffline);
  if (wasUnknown && root.dataset['link'] !== 'unknown' && state) showState(state);
  root.lang = language;
}

import '../../fonts/fonts.css';
import '../styles/report.css';
import { html, nothing, render, type TemplateResult } from 'lit';
import { span } from '../format.js';
import { refusal } from '../i18n/cause.js';
import { nameOf, t, type Key } from '../i18n/index.js';
import { chosenLanguage, useLanguage } from '../i18n/load.js';
import { languageSwitch } from '../i18n/switch.js';
import type { Cause, Configuration } from '../model/types.js';
import { aroundOf, keepAround, keptAround, type Around } from './around.js';
import { ReportQueue, type Sent } from './queue.js';
import { distances, empty, kinds, missing, placeOf, points, type Draft, type Place, type Point } from './report.js';

/** How often the server is asked, and after how long without its answer the page says so. */
const [askEvery, silenceShown] = [10_000, 15_000];

// A phone is one person's: name and token stay on it, unlike at a shared console.
const host = document.getElementById('report')!;
const kept = (name: string): string => localStorage.getItem(`nadhir.observer.${name}`) ?? '';
const keep = (name: string, value: string): void => localStorage.setItem(`nadhir.observer.${name}`, value);

let draft: Draft = empty(null);
let by = kept('by');
let seenAt = 0;
let asked = false;
let full = false;
let locating: 'no' | 'yes' | 'failed' = 'no';
let around: Around | null = keptAround(localStorage);
/** When the server last answered; 0 before it has. */
let heard = 0;
const opened = Date.now();

const queue = new ReportQueue(localStorage, send, () => Date.now(), draw);
await useLanguage(chosenLanguage());
draw();
locate();
void lookAround();
void queue.flush();
void keepPage();
window.addEventListener('online', () => {
  void lookAround();
  void queue.flush();
});
// A connection may come back without a word; a short try now and then finds it.
setInterval(() => {
  if (queue.waiting.length > 0) void queue.flush();
  if (Date.now() - heard > askEvery) void lookAround();
  draw();
}, 3000);

function authorization(): Record<string, string> {
  const token = kept('token');
  return token ? { Authorization: `Bearer ${token}` } : {};
}

/** Has the service worker keep this page and what it is made of, so that it opens without a connection. */
async function keepPage(): Promise<void> {
  if (!('serviceWorker' in navigator)) return;
  try {
    await navigator.serviceWorker.register('report-worker.js', { scope: 'report' });
    const { active } = await navigator.serviceWorker.ready;
    const files = performance.getEntriesByType('resource').map((file) => file.name).filter((url) => url.includes('/assets/'));
    active?.postMessage([location.href, ...files]);
  } catch {
    // Without one the page works as long as it stays open.
  }
}

/** Asks whether the server is there, in which world it is, and which places it knows. */
async function lookAround(): Promise<void> {
  try {
    const answer = await fetch('api/configuration', { headers: authorization(), cache: 'no-store', signal: AbortSignal.timeout(10_000) });
    if (!answer.ok) return;
    const configuration = (await answer.json()) as Configuration;
    heard = Date.now();
    keepAround(localStorage, around = aroundOf(configuration));
    if (!configuration.observer && !configuration.operator) queue.needsSignIn = true;
  } catch {
    return;
  } finally {
    draw();
  }
}

async function send(command: Record<string, unknown>): Promise<Sent> {
  try {
    const answer = await fetch('api/commands', {
      method: 'POST', headers: { ...authorization(), 'Content-Type': 'application/json' }, body: JSON.stringify(command),
      signal: AbortSignal.timeout(10_000),
    });
    if (answer.status < 500) heard = Date.now();
    if (answer.ok) return { as: 'done' };
    if (answer.status === 401) return { as: 'signIn' };
    if (answer.status !== 400 && answer.status !== 409) return { as: 'later' };
    const problem = (await answer.json().catch(() => ({}))) as { title?: string; detail?: string; cause?: Cause };
    return problem.cause?.code === 'Overloaded' ? { as: 'later' } : { as: 'refused', reason: refusal(problem, answer.status) };
  } catch {
    return { as: 'later' };
  }
}

function locate(): void {
  if (!('geolocation' in navigator)) {
    locating = 'failed';
    return;
  }
  locating = 'yes';
  navigator.geolocation.getCurrentPosition(
    ({ coords }) => {
      locating = 'no';
      usePlace({ latitudeDegrees: coords.latitude, longitudeDegrees: coords.longitude, sigmaMetres: Math.max(5, coords.accuracy / 2), label: 'phone' });
    },
    () => {
      locating = 'failed';
      draw();
    },
    { enableHighAccuracy: true, timeout: 15_000, maximumAge: 60_000 },
  );
}

function usePlace(place: Place | null): void {
  draft = { ...draft, place };
  draw();
}

function change(next: Partial<Draft>): void {
  // The time is that of the first touch: it is when the person saw it, not when the form was finished.
  if (seenAt === 0) seenAt = Date.now();
  draft = { ...draft, ...next };
  draw();
}

function submit(): void {
  asked = true;
  if (missing(draft, by) === null) {
    full = !queue.add({ id: newId(), seenAt: seenAt || Date.now(), by: by.trim(), draft });
    if (!full) {
      draft = empty(draft.place);
      seenAt = 0;
      asked = false;
      window.scrollTo({ top: 0 });
      void queue.flush();
    }
  }
  draw();
}

/** 128 random bits; randomUUID is not there on pages without TLS. */
function newId(): string {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

function draw(): void {
  document.title = t('report.title');
  document.body.classList.toggle('exercise', around?.exercise === true);
  render(page(), host);
}

function page(): TemplateResult {
  const lacks = missing(draft, by);
  return html`
    ${around?.exercise ? html`<p class="drill">${t('exercise')}</p>` : nothing}
    <header><h1>${t('report.title')}</h1>${languageSwitch(draw)}</header>
    ${status()}
    ${queue.needsSignIn ? signIn() : nothing}
    ${choices('report.what', 'what', kinds, draft.what, (what) => change({ what }))}
    ${compass('report.direction', 'direction', draft.direction, (direction) => change({ direction, degrees: null }))}
    <label>${t('report.degrees')}<input id="degrees" type="number" inputmode="numeric" min="0" max="360" .value=${draft.degrees === null ? '' : String(draft.degrees)}
      @change=${(event: Event) => change({ degrees: degreesIn(event) })} /></label>
    ${choices('report.distance', 'distance', distances, draft.distance, (distance) => change({ distance }))}
    <fieldset><legend>${t('report.count')}</legend><div class="counter">
      <button id="fewer" aria-label=${t('report.fewer')} @click=${() => change({ count: Math.max(1, draft.count - 1) })}>−</button>
      <output id="count"><bdi>${draft.count}</bdi></output>
      <button id="more" aria-label=${t('report.more')} @click=${() => change({ count: Math.min(100, draft.count + 1) })}>+</button>
    </div></fieldset>
    <details><summary>${t('report.moving')}${draft.moving ? html` — ${t(`point.${draft.moving}`)}` : nothing}</summary>
      ${compass('report.moving', 'moving', draft.moving, (moving) => change({ moving }))}</details>
    ${placeForm()}
    <label>${t('report.text')}<textarea id="text" maxlength="500" dir="auto" rows="2" .value=${draft.text}
      @change=${(event: Event) => change({ text: (event.target as HTMLTextAreaElement).value })}></textarea></label>
    <label>${t('report.by')}<input id="by" maxlength="120" dir="auto" autocomplete="name" .value=${by} @change=${nameGiven} /></label>
    ${asked && lacks ? html`<p class="fault" role="alert">${t(`report.missing.${lacks}`)}</p>` : nothing}
    ${full ? html`<p class="fault" role="alert">${t('report.full')}</p>` : nothing}
    <button id="send" class="send" @click=${submit}>${t('report.send')}</button>`;
}

/** Says plainly whether the reports have arrived or wait. */
function status(): TemplateResult {
  const waiting = queue.waiting.length, last = queue.outcomes[0];
  const silent = Date.now() - (heard || opened);
  return html`<section id="status" role="status">
    ${silent > silenceShown ? html`<p class="offline">⊘ ${t(heard ? 'report.offline' : 'report.offlineSince', { age: `\u2066${span(silent / 1000)}\u2069` })}</p>` : nothing}
    ${waiting > 0 ? html`<p class="waits">… ${t('report.waits', { count: waiting })}</p>` : nothing}
    ${last?.state === 'arrived' ? html`<p class="arrived">✓ ${t('report.arrived')}</p>` : nothing}
    ${last?.state === 'refused' ? html`<p class="fault">✗ ${t('report.refused', { reason: last.reason })}</p>` : nothing}
  </section>`;
}

function signIn(): TemplateResult {
  return html`<form class="sign-in" @submit=${(event: SubmitEvent) => {
    event.preventDefault();
    keep('token', new FormData(event.target as HTMLFormElement).get('token') as string);
    queue.needsSignIn = false;
    void lookAround();
    void queue.flush();
  }}><label>${t('report.token')}<input id="token" name="token" type="password" required autocomplete="current-password" /></label>
    <button>${t('bar.signIn')}</button></form>`;
}

function choices<T extends string>(legend: Key, prefix: 'what' | 'distance', all: readonly T[], chosen: T | null, choose: (one: T) => void): TemplateResult {
  return html`<fieldset><legend>${t(legend)}</legend><div class="choices">${all.map((one) => html`
    <button id=${`${prefix}-${one}`} aria-pressed=${one === chosen} @click=${() => choose(one)}>${t(`${prefix}.${one}` as Key)}</button>`)}</div></fieldset>`;
}

/** All sixteen points on a rose: north is up in every language. */
function compass(legend: Key, prefix: string, chosen: Point | null, choose: (point: Point) => void): TemplateResult {
  return html`<fieldset><legend>${t(legend)}</legend><div class="rose" dir="ltr">${points.map((point, i) => {
    const angle = (i * Math.PI) / 8, reach = i % 2 === 0 ? 41 : 44;
    const style = `left:${50 + reach * Math.sin(angle)}%;top:${50 - reach * Math.cos(angle)}%`;
    return html`<button id=${`${prefix}-${point}`} class=${i % 2 === 0 ? 'main' : 'between'} style=${style} aria-pressed=${point === chosen}
      aria-label=${t(`point.${point}`)} @click=${() => choose(point)}>${i % 2 === 0 ? t(`point.${point}`) : '•'}</button>`;
  })}<span class="chosen">${chosen ? t(`point.${chosen}`) : '?'}</span></div></fieldset>`;
}

function placeForm(): TemplateResult {
  const place = draft.place;
  const places = around?.places ?? [];
  return html`<fieldset><legend>${t('report.place')}</legend>
    <p id="place">${place ? html`<bdi dir="ltr">${place.latitudeDegrees.toFixed(4)}, ${place.longitudeDegrees.toFixed(4)} ±${Math.round(place.sigmaMetres)} m</bdi>`
      : t(locating === 'yes' ? 'report.locating' : 'report.noPlace')}</p>
    <button id="locate" @click=${() => { locate(); draw(); }}>${t('report.locate')}</button>
    <label>${t('report.pick')}<select id="pick" @change=${(event: Event) => {
      const one = places[Number((event.target as HTMLSelectElement).value)];
      if (one) usePlace({ ...one.at, sigmaMetres: one.sigmaMetres, label: one.id });
    }}><option value="">—</option>${places.map((one, i) => html`<option value=${i}>${nameOf(one)}</option>`)}</select></label>
    <label>${t('report.coordinates')}<input id="coordinates" dir="ltr" inputmode="decimal" placeholder="33.3128, 44.3615" @change=${(event: Event) => {
      const at = placeOf((event.target as HTMLInputElement).value);
      if (at) usePlace({ ...at, sigmaMetres: 50, label: 'typed' });
    }} /></label></fieldset>`;
}

function degreesIn(event: Event): number | null {
  const { value } = event.target as HTMLInputElement;
  const degrees = Number(value);
  return value.trim() === '' || !(degrees >= 0 && degrees <= 360) ? null : Math.round(degrees);
}

function nameGiven(event: Event): void {
  by = (event.target as HTMLInputElement).value;
  keep('by', by);
  draw();
}

import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { clock, clockInterval, interval, percent, trackNumber } from '../format.js';
import { counted, name, nameOf, t, type Key } from '../i18n/index.js';
import { alertShape } from '../map/palette.js';
import type { Actions } from '../actions.js';
import { calledFor, isActive, releaseOf, sirensOf, toldOf, whyOf, type Told } from '../model/alert.js';
import type { Store } from '../model/store.js';
import type { AlertRow } from '../model/types.js';
import { badge, filled, isolated, loading, ltr, none, timeOf, words } from './parts.js';

const order = { Warning: 0, Watch: 1, AllClear: 2, Correction: 3, Closed: 4 } as const;
/** Of the zones that are not seen so many are named beside the alerts; the coverage board names all. */
const named = 4;

/** The alerts, gravest first. Always on the screen. */
export function alertsPanel(store: Store, actions: Actions): TemplateResult {
  const alerts = store.boards.alerts;
  const exercise = store.configuration?.exercise ?? false;
  const sorted = alerts && [...alerts].filter((alert) => alert.state !== 'Closed')
    .sort((one, other) => order[one.state] - order[other.state] || other.since.localeCompare(one.since));
  return html`
    <section class="alerts" aria-labelledby="alerts-title">
      <h2 id="alerts-title">${t('panel.alerts')} ${sorted ? html`<span class="count">${ltr(sorted.length)}</span>` : nothing}
        ${store.operator && store.configuration ? html`<button id="raise" class="end ${exercise ? 'exercise' : ''}" @click=${() => actions.raise()}>${t(exercise ? 'raise.open.exercise' : 'raise.open.live')}</button>` : nothing}</h2>
      <div class="scroll" role="log" aria-live="assertive" aria-relevant="additions">
        ${unseen(store)}${drills(store)}
        ${!sorted ? loading() : sorted.length > 0 ? repeat(sorted, (alert) => alert.id, (alert) => card(store, actions, alert)) : calm(store)}
      </div>
    </section>`;
}

function calm(store: Store): TemplateResult {
  return html`${none(store, 'none.alerts')}${store.coverageLost() ? html`<p class="note bad">⚠ ${t('blind')}</p>` : nothing}`;
}

/** Where no alert can come from: that nothing is shown there says nothing. */
function unseen(store: Store): TemplateResult | typeof nothing {
  const zones = store.unseen().filter((row) => row.state === 'Blind');
  if (zones.length === 0) return nothing;
  return html`<p class="note bad" id="unseen">⊘ ${t('coverage.blindZones')}: ${zones.slice(0, named).map((row, i) =>
    html`${i > 0 ? t('list.comma') : nothing}${words(nameOf(store.zone(row.zone), row.zone))}`)}${zones.length > named ? html` ${ltr(`+${zones.length - named}`)}` : nothing}</p>`;
}

/** A drill that runs now: whoever asks about it must be answered. */
function drills(store: Store): TemplateResult[] {
  const zone = store.configuration?.timeZone ?? 'UTC';
  return (store.boards.drills ?? []).filter((drill) => drill.state === 'Running').map((drill) =>
    html`<p class="note drill-runs">▶ ${t('drill.Running')}: ${words(drill.id)} · ${filled('drill.until', 'time', clock(Date.parse(drill.to), zone).slice(0, 5))}</p>`);
}

function card(store: Store, actions: Actions, alert: AlertRow): TemplateResult {
  return html`
    <article class="card alert ${alert.state}" data-alert=${alert.id}>
      <header>
        ${badge(alert.state, alertShape[alert.state], t(`alert.${alert.state}`))}
        <button class="plain place" @click=${() => actions.showZone(alert.zone)} title=${t('alert.show')}>${words(nameOf(store.zone(alert.zone), alert.zone))}</button>
      </header>
      <div class="figures">
        <span>${name('kind', alert.kind)}</span>
        ${arrival(store, alert)}
        <span>${t('since')} ${timeOf(store, alert.since)}</span>
      </div>
      <p class="reason">${reason(store, alert)}</p>
      ${people(store, alert)}
      ${isActive(alert) && alert.tracks.length > 0 ? html`<p class="tracks">${t('alert.tracks')}: ${alert.tracks.map((id) => html`
        <button class="plain chip" @click=${() => actions.showTrack(id)}>${ltr(trackNumber(id))}</button>`)}</p>` : nothing}
      ${alert.acknowledgedBy.length > 0 ? html`<p class="small">✓ ${t('alert.acknowledgedBy')} ${listed(alert.acknowledgedBy)}</p>` : nothing}
      ${outlets(store, alert)}
      ${store.operator && isActive(alert) ? buttons(actions, alert) : nothing}
    </article>`;
}

/** "2 tracks, probability 97%, arrival 21:40:10–21:41:05, seen by R1 R3": from the figures, in the language shown. */
function reason(store: Store, alert: AlertRow): unknown {
  const why = whyOf(alert);
  if (why === 'unseen') return t('alert.unseen');
  if (why === 'raised') return nothing;
  if (why === 'over') return alert.remark ? html`${t('confirm.reason')}: ${words(alert.remark)}` : nothing;
  if (why === 'passed') {
    return t(alert.state === 'Watch' ? 'alert.passedWatch' : store.configuration?.warning.allClearByPerson === false ? 'alert.passedRule' : 'alert.passed');
  }
  const zone = store.configuration?.timeZone ?? 'UTC';
  const parts: unknown[] = [
    counted('alert.trackCount', alert.tracks.length),
    html`${t('alert.probability')} <b>${ltr(percent(alert.probability))}</b>`,
  ];
  if (alert.arrival) {
    parts.push(filled('alert.arrivalAt', 'interval', clockInterval(Date.parse(alert.arrival.earliest), Date.parse(alert.arrival.latest), zone)));
  }
  parts.push(alert.seenBy.length > 0 ? filled(alert.seenBy.length === 1 ? 'alert.seenByOne' : 'alert.seenBy', 'sensors', alert.seenBy.join(' ')) : t('alert.seenByNone'));
  return parts.map((part, i) => html`${i > 0 ? t('list.comma') : nothing}${part}`);
}

/** Who raised and released it, and who is waited for. */
function people(store: Store, alert: AlertRow): unknown {
  const called = calledFor(alert, store.configuration);
  const two = releaseOf(store.configuration, store.zone(alert.zone), alert.kind) === 'TwoPersons';
  const waits: Key = !two ? 'alert.awaitsRelease' : alert.released.length > 0 ? 'alert.awaitsSecond' : 'alert.awaitsTwo';
  return html`
    ${alert.raisedBy ? html`<p class="small">${t('alert.raisedBy')} ${words(alert.raisedBy)}${alert.remark ? html`: ${words(alert.remark)}` : nothing}</p>` : nothing}
    ${alert.released.length > 0 ? html`<p class="small">✓ ${t('alert.releasedBy')} ${listed(alert.released)}</p>`
      : alert.state === 'Warning' && !alert.raisedBy ? html`<p class="small">${t('alert.releasedByRule')}</p>` : nothing}
    ${alert.awaitsRelease ? html`<p class="awaits">⚑ ${t(waits)}</p>` : nothing}
    ${alert.awaitsAllClear && whyOf(alert) !== 'passed' ? html`<p class="awaits">⚑ ${t('alert.awaitsAllClear')}</p>` : nothing}
    ${called.length > 0 ? html`<p class="awaits">☎ ${t('alert.escalated')} ${listed(called)}</p>` : nothing}`;
}

/** "Sent: CAP ✓, sirens 18 of 20, civil-protection ✗": of the newest message, who has confirmed it. */
function outlets(store: Store, alert: AlertRow): TemplateResult | typeof nothing {
  const told = toldOf(alert);
  const sirens = sirensOf(alert, store.boards.sirens);
  if (alert.messages.length === 0 && !sirens) return nothing;
  return html`<p class="small outlets">${t('alert.sent')}: ${sirens ? html`<span class="told ${sirens.done < sirens.all ? 'waits' : 'confirmed'}">${t('alert.sirens', {
    done: isolated(sirens.done), all: isolated(sirens.all) })}</span> ` : nothing}${told.length > 0 ? told.map(toldMark) : t('alert.sentNone')}</p>`;
}

const marks = { confirmed: '✓', failed: '✗', waits: '…' } as const;

/** "cap-webhook:civil-protection" as "CAP webhook civil-protection", with the words of the language for its first part. */
export function outletName(outlet: string): unknown {
  const [kind = '', ...rest] = outlet.split(':');
  return html`${name('outlet', kind)}${rest.length > 0 ? html` ${ltr(rest.join(':'))}` : nothing}`;
}

function toldMark(one: Told): TemplateResult {
  return html`<span class="told ${one.state}" title=${one.detail}>${outletName(one.outlet)} ${marks[one.state]}${one.state === 'failed'
    ? html` ${t('alert.sentFailed')}: ${words(one.detail)}` : one.state === 'waits' ? html` ${t('alert.sentWaits')}` : nothing}</span> `;
}

const listed = (people: readonly string[]): unknown => people.map((one, i) => html`${i > 0 ? t('list.comma') : nothing}${words(one)}`);

function arrival(store: Store, alert: AlertRow): TemplateResult | typeof nothing {
  if (!alert.arrival || !isActive(alert)) return nothing;
  const [earliest, latest, now] = [Date.parse(alert.arrival.earliest), Date.parse(alert.arrival.latest), store.now()];
  return latest <= now
    ? html`<span class="arrival">${t('alert.arrivalNow')}</span>`
    : html`<span class="arrival">${t('alert.arrival')} <b>${ltr(interval(earliest, latest, now))}</b></span>`;
}

function buttons(actions: Actions, alert: AlertRow): TemplateResult {
  return html`
    <footer>
      ${alert.awaitsRelease ? html`<button class="danger" @click=${() => actions.ask({ kind: 'release', alert })}>${t('do.release')}</button>` : nothing}
      <button @click=${() => actions.ask({ kind: 'acknowledge', alert })}>${t('do.acknowledge')}</button>
      <button class=${alert.awaitsAllClear ? 'good' : 'quiet'} @click=${() => actions.ask({ kind: 'allClear', alert })}>${t('do.allClear')}</button>
      <button class="quiet" @click=${() => actions.ask({ kind: 'correct', alert })}>${t('do.correct')}</button>
    </footer>`;
}

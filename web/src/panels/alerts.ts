import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { interval, percent, trackNumber } from '../format.js';
import { name, nameOf, t } from '../i18n/index.js';
import { alertShape } from '../map/palette.js';
import type { Actions } from '../actions.js';
import type { Store } from '../model/store.js';
import type { AlertRow } from '../model/types.js';
import { badge, loading, ltr, none, timeOf, words } from './parts.js';

const order = { Warning: 0, Watch: 1, AllClear: 2, Correction: 3, Closed: 4 } as const;

/** The alerts, gravest first. Always on the screen. */
export function alertsPanel(store: Store, actions: Actions): TemplateResult {
  const alerts = store.boards.alerts;
  const sorted = alerts && [...alerts].filter((alert) => alert.state !== 'Closed')
    .sort((one, other) => order[one.state] - order[other.state] || other.since.localeCompare(one.since));
  return html`
    <section class="alerts" aria-labelledby="alerts-title">
      <h2 id="alerts-title">${t('panel.alerts')} ${sorted ? html`<span class="count">${ltr(sorted.length)}</span>` : nothing}</h2>
      <div class="scroll" role="log" aria-live="assertive" aria-relevant="additions">
        ${!sorted ? loading() : sorted.length > 0 ? repeat(sorted, (alert) => alert.id, (alert) => card(store, actions, alert)) : calm(store)}
      </div>
    </section>`;
}

function calm(store: Store): TemplateResult {
  return html`${none(store, 'none.alerts')}${store.coverageLost() ? html`<p class="note bad">⚠ ${t('blind')}</p>` : nothing}`;
}

function card(store: Store, actions: Actions, alert: AlertRow): TemplateResult {
  const zone = store.configuration?.zones.find((one) => one.id === alert.zone);
  return html`
    <article class="card alert ${alert.state}" data-alert=${alert.id}>
      <header>
        ${badge(alert.state, alertShape[alert.state], t(`alert.${alert.state}`))}
        <button class="plain place" @click=${() => actions.showZone(alert.zone)} title=${t('alert.show')}>${words(nameOf(zone, alert.zone))}</button>
      </header>
      <div class="figures">
        <span>${name('kind', alert.kind)}</span>
        ${arrival(store, alert)}
        <span>${t('alert.probability')} <b>${ltr(percent(alert.probability))}</b></span>
        <span>${t('since')} ${timeOf(store, alert.since)}</span>
      </div>
      <p class="reason"><bdi dir="auto" lang="en">${alert.reason}</bdi></p>
      ${alert.tracks.length > 0 ? html`<p class="tracks">${t('alert.tracks')}: ${alert.tracks.map((id) => html`
        <button class="plain chip" @click=${() => actions.showTrack(id)}>${ltr(trackNumber(id))}</button>`)}</p>` : nothing}
      ${alert.awaitsRelease ? html`<p class="awaits">⚑ ${t('alert.awaitsRelease')}</p>` : nothing}
      ${alert.awaitsAllClear ? html`<p class="awaits">⚑ ${t('alert.awaitsAllClear')}</p>` : nothing}
      ${alert.acknowledgedBy.length > 0 ? html`<p class="small">✓ ${t('alert.acknowledgedBy')} ${words(alert.acknowledgedBy.join(', '))}</p>` : nothing}
      ${store.operator ? buttons(actions, alert) : nothing}
    </article>`;
}

function arrival(store: Store, alert: AlertRow): TemplateResult | typeof nothing {
  if (!alert.arrival || (alert.state !== 'Warning' && alert.state !== 'Watch')) return nothing;
  const [earliest, latest, now] = [Date.parse(alert.arrival.earliest), Date.parse(alert.arrival.latest), store.now()];
  return latest <= now
    ? html`<span class="arrival">${t('alert.arrivalNow')}</span>`
    : html`<span class="arrival">${t('alert.arrival')} <b>${ltr(interval(earliest, latest, now))}</b></span>`;
}

function buttons(actions: Actions, alert: AlertRow): TemplateResult {
  const open = alert.state === 'Watch' || alert.state === 'Warning';
  return html`
    <footer>
      ${alert.awaitsRelease ? html`<button class="danger" @click=${() => actions.ask({ kind: 'release', alert })}>${t('do.release')}</button>` : nothing}
      ${alert.awaitsAllClear ? html`<button class="good" @click=${() => actions.ask({ kind: 'allClear', alert })}>${t('do.allClear')}</button>` : nothing}
      ${open ? html`<button @click=${() => actions.ask({ kind: 'acknowledge', alert })}>${t('do.acknowledge')}</button>` : nothing}
      ${open ? html`<button class="quiet" @click=${() => actions.ask({ kind: 'correct', alert })}>${t('do.correct')}</button>` : nothing}
    </footer>`;
}

import { html, nothing, type TemplateResult } from 'lit';
import { clockInterval, interval, percent, span, trackNumber } from '../format.js';
import { sayCause } from '../i18n/cause.js';
import { counted, name, nameOf, t, type Key } from '../i18n/index.js';
import { alertShape } from '../map/palette.js';
import type { Actions } from '../actions.js';
import { calledFor, isActive, releaseOf, sirensOf, toldOf, whyOf, type Told } from '../model/alert.js';
import { freshnessOf } from '../model/urgency.js';
import type { Store } from '../model/store.js';
import type { AlertRow } from '../model/types.js';
import { updateForm } from './alertForms.js';
import { told } from './because.js';
import { ageOf, badge, filled, filledWith, ids, isolated, ltr, timeOf, words } from './parts.js';

/** Of the sensors that see its tracks a card names so many; unfolded, all. */
const named = 3;

/** One alert: what, where, when it arrives, why, who was told, and what can be done. */
export function alertCard(store: Store, actions: Actions, alert: AlertRow): TemplateResult {
  return html`
    <article class="card alert ${alert.state}" data-alert=${alert.id} aria-label="${t(`alert.${alert.state}`)} ${nameOf(store.zone(alert.zone), alert.zone)}">
      <header>
        ${badge(alert.state, alertShape[alert.state], t(`alert.${alert.state}`))}
        <button class="plain place" @click=${() => actions.showZone(alert.zone)} title=${t('alert.show')}>${words(nameOf(store.zone(alert.zone), alert.zone))}</button>
      </header>
      ${freshness(store, alert)}
      ${arrival(store, alert)}
      <p class="reason">${name('kind', alert.kind)}${behind(reason(store, alert))}</p>
      ${asked(store, alert)}
      ${orders(store, actions, alert)}
      ${fold(store, actions, alert)}
    </article>`;
}

/** In one line how many were told, and when last; opened, who did what, which outlet and siren has it, and the other orders. */
function fold(store: Store, actions: Actions, alert: AlertRow): TemplateResult {
  return html`
    <details class="more">
      <summary>${toldInBrief(store, alert)} <span class="end">${t('alert.more')}</span></summary>
      <p class="figures"><span>${t('since')} ${timeOf(store, alert.since)}</span>
        ${alert.messages.length > 0 ? html`<span>${t('alert.told')} ${ageOf(store, alert.updated)}</span>` : nothing}
        ${isActive(alert) && alert.tracks.length > 0 ? html`<span>${t('alert.tracks')}: ${alert.tracks.map((id) => html`
          <button class="plain chip" @click=${() => actions.showTrack(id)}>${ltr(trackNumber(id))}</button>`)}</span>` : nothing}</p>
      ${alert.seenBy.length > named ? html`<p class="small">${filledWith('alert.seenBy', 'sensors', ids(alert.seenBy))}</p>` : nothing}
      ${people(store, alert)}
      ${outlets(store, alert)}
      ${otherOrders(store, actions, alert)}
    </details>`;
}

/** "Sirens 18 of 20 · told 2 of 3 ✗ failed 1 · 0:21 ago": what is missing is never folded away. */
function toldInBrief(store: Store, alert: AlertRow): unknown {
  const sirens = sirensOf(alert, store.boards.sirens);
  const answers = toldOf(alert);
  const failed = answers.filter((one) => one.state === 'failed').length;
  const done = answers.filter((one) => one.state === 'confirmed').length;
  const parts: unknown[] = [];
  if (sirens) parts.push(sirenCount(sirens));
  if (alert.messages.length > 0) {
    parts.push(html`<span class="told ${failed > 0 ? 'failed' : done < answers.length || answers.length === 0 ? 'waits' : 'confirmed'}">${answers.length === 0 ? t('alert.sentNone')
      : t('alert.toldOf', { done: isolated(done), all: isolated(answers.length) })}${failed > 0 ? html` ✗ ${t('alert.sentFailed')} ${ltr(failed)}` : nothing}</span>`);
    parts.push(html`<span title=${t('alert.told')}>${ageOf(store, alert.updated)}</span>`);
  }
  if (parts.length === 0) parts.push(html`${t('since')} ${timeOf(store, alert.since)}`);
  return html`<span>${parts.map((part, i) => html`${i > 0 ? ' · ' : nothing}${part}`)}</span>`;
}

const sirenCount = ({ done, all }: { done: number; all: number }): TemplateResult =>
  html`<span class="told ${done < all ? 'waits' : 'confirmed'}">${t('alert.sirens', { done: isolated(done), all: isolated(all) })}</span>`;

/** New, not answered yet, or resting on what nobody sees any more. */
function freshness(store: Store, alert: AlertRow): TemplateResult | typeof nothing {
  const state = freshnessOf(alert, store.now());
  if (state === 'known') return nothing;
  const age = span((store.now() - Date.parse(alert.since)) / 1000);
  const mark = { new: '★', unanswered: '⚑', stale: '⊘' }[state];
  return html`<span class="fresh ${state}"><span aria-hidden="true">${mark}</span> ${t(`fresh.${state}`)}${state === 'stale' ? nothing : html` ${ltr(age)}`}</span>`;
}

const behind = (said: unknown): unknown => (said === nothing ? nothing : html` · ${said}`);

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
  parts.push(alert.seenBy.length > 0 ? filledWith(alert.seenBy.length === 1 ? 'alert.seenByOne' : 'alert.seenBy', 'sensors', html`${ids(alert.seenBy.slice(0, named))}${alert.seenBy.length > named ? html` ${ltr(`+${alert.seenBy.length - named}`)}` : nothing}`) : t('alert.seenByNone'));
  return parts.map((part, i) => html`${i > 0 ? t('list.comma') : nothing}${part}`);
}

/** Who raised it and why, who is waited for, and who was called: what asks for somebody is always in sight. */
function asked(store: Store, alert: AlertRow): unknown {
  const called = calledFor(alert, store.configuration);
  const two = releaseOf(store.configuration, store.zone(alert.zone), alert.kind) === 'TwoPersons';
  const waits: Key = !two ? 'alert.awaitsRelease' : alert.released.length > 0 ? 'alert.awaitsSecond' : 'alert.awaitsTwo';
  return html`
    ${alert.raisedBy ? html`<p class="small">${t('alert.raisedBy')} ${words(alert.raisedBy)}${alert.remark ? html`: ${words(alert.remark)}` : nothing}</p>` : nothing}
    ${alert.awaitsRelease ? html`<p class="awaits">⚑ ${t(waits)}</p>` : nothing}
    ${alert.awaitsAllClear && whyOf(alert) !== 'passed' ? html`<p class="awaits">⚑ ${t('alert.awaitsAllClear')}</p>` : nothing}
    ${called.length > 0 ? html`<p class="awaits">☎ ${t('alert.escalated')} ${listed(called)}</p>` : nothing}`;
}

/** Who released, updated and acknowledged it. */
function people(store: Store, alert: AlertRow): unknown {
  return html`
    ${alert.released.length > 0 ? html`<p class="small">✓ ${t('alert.releasedBy')} ${listed(alert.released)}</p>`
      : alert.state === 'Warning' && !alert.raisedBy ? html`<p class="small">${t('alert.releasedByRule')}</p>` : nothing}
    ${alert.updatedBy ? html`<p class="small" data-added>✎ ${added(store, alert, alert.updatedBy)}</p>` : nothing}
    ${alert.acknowledgedBy.length > 0 ? html`<p class="small">✓ ${t('alert.acknowledgedBy')} ${listed(alert.acknowledgedBy)}</p>` : nothing}`;
}

/** "Updated by the duty officer: in force until 21:45 at least. Keep roads clear …" */
function added(store: Store, alert: AlertRow, by: string): TemplateResult {
  return html`${t('alert.updatedBy')} ${words(by)}${alert.keptUntil ? html`${t('list.comma')}${t('alert.keptUntil')} ${timeOf(store, alert.keptUntil)}` : nothing}${alert.advice
    ? html`: ${words(name('advice', alert.advice))}` : nothing}`;
}

/** "Sent: CAP ✓, sirens 18 of 20, civil-protection ✗": of the newest message, who has confirmed it. */
function outlets(store: Store, alert: AlertRow): TemplateResult | typeof nothing {
  const answers = toldOf(alert);
  const sirens = sirensOf(alert, store.boards.sirens);
  if (alert.messages.length === 0 && !sirens) return nothing;
  return html`<p class="small outlets">${t('alert.sent')}: ${sirens ? html`${sirenCount(sirens)} ` : nothing}${answers.length > 0 ? answers.map(toldMark) : t('alert.sentNone')}</p>`;
}

const marks = { confirmed: '✓', failed: '✗', waits: '…' } as const;

/** "cap-webhook:civil-protection" as "CAP webhook civil-protection", with the words of the language for its first part. */
export function outletName(outlet: string): unknown {
  const [kind = '', ...rest] = outlet.split(':');
  return html`${name('outlet', kind)}${rest.length > 0 ? html` ${ltr(rest.join(':'))}` : nothing}`;
}

function toldMark(one: Told): TemplateResult {
  return html`<span class="told ${one.state}" title=${one.cause ? sayCause(one.cause) : one.detail}>${outletName(one.outlet)} ${marks[one.state]}${one.state === 'failed'
    ? html` ${t('alert.sentFailed')}: ${told(one.cause, one.detail)}` : one.state === 'waits' ? html` ${t('alert.sentWaits')}` : nothing}</span> `;
}

const listed = (people: readonly string[]): unknown => people.map((one, i) => html`${i > 0 ? t('list.comma') : nothing}${words(one)}`);

/** The interval of arrival as it counts down, by the server's clock. */
function arrival(store: Store, alert: AlertRow): TemplateResult | typeof nothing {
  if (!alert.arrival || !isActive(alert)) return nothing;
  const [earliest, latest, now] = [Date.parse(alert.arrival.earliest), Date.parse(alert.arrival.latest), store.now()];
  return latest <= now
    ? html`<p class="arrival past">${t('alert.arrivalNow')}</p>`
    : html`<p class="arrival">${t('alert.arrival')} <b role="timer" aria-live="off">${ltr(interval(earliest, latest, now))}</b></p>`;
}

/** What the alert waits for, in one line: to be released, ended, acknowledged or raised. */
function orders(store: Store, actions: Actions, alert: AlertRow): TemplateResult | typeof nothing {
  if (!store.operator || !isActive(alert)) return nothing;
  return html`
    <footer>
      ${alert.awaitsRelease ? html`<button class="danger" data-do="release" @click=${() => actions.ask({ kind: 'release', alert })}>${t('do.release')}</button>` : nothing}
      <button data-do="acknowledge" @click=${() => actions.ask({ kind: 'acknowledge', alert })}>${t('do.acknowledge')}</button>
      ${endsInSight(alert) ? allClear(actions, alert) : nothing}
      ${alert.state === 'Watch' && !alert.awaitsRelease ? html`<button class="quiet" data-do="escalate" @click=${() => actions.raise({ zone: alert.zone, kind: alert.kind })}>${t('do.escalate')}</button>` : nothing}
    </footer>`;
}

/** A Warning that is out or a risk that has passed has its end in the first line of orders. */
const endsInSight = (alert: AlertRow): boolean => alert.awaitsAllClear || (alert.state === 'Warning' && !alert.awaitsRelease);

const allClear = (actions: Actions, alert: AlertRow): TemplateResult =>
  html`<button class=${alert.awaitsAllClear ? 'good' : 'quiet'} data-do="allClear" @click=${() => actions.ask({ kind: 'allClear', alert })}>${t('do.allClear')}</button>`;

function otherOrders(store: Store, actions: Actions, alert: AlertRow): TemplateResult {
  return html`
    <div class="acts">
      ${store.operator && isActive(alert) ? html`
        <button class="quiet" data-do="update" @click=${() => actions.fill(updateForm(store, alert))}>${t('do.update')}</button>
        ${endsInSight(alert) ? nothing : allClear(actions, alert)}
        <button class="quiet" data-do="correct" @click=${() => actions.ask({ kind: 'correct', alert })}>${t('do.correct')}</button>` : nothing}
      <button class="quiet" data-do="history" @click=${() => actions.showHistory(alert.zone)}>${t('do.history')}</button>
    </div>`;
}

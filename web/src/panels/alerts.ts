import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { clock } from '../format.js';
import { counted, nameOf, t } from '../i18n/index.js';
import { alertShape } from '../map/palette.js';
import type { Actions } from '../actions.js';
import type { LoadGauge } from '../alarm/gauge.js';
import { inOrder, urgencies, warningsOf, type Urgency } from '../model/urgency.js';
import type { Store } from '../model/store.js';
import type { AlertRow } from '../model/types.js';
import type { Ear } from '../sound/ear.js';
import { glance } from '../alarm/glance.js';
import { soundStrip } from '../sound/strip.js';
import { alertCard } from './alertCard.js';
import { asOf, filled, loading, ltr, none, words } from './parts.js';
import { lossNotes } from './losses.js';

/** Of the zones that are not seen so many are named beside the alerts; the coverage board names all. */
const named = 4;
const shapes = { warning: alertShape.Warning, watch: alertShape.Watch, over: alertShape.AllClear } as const;
const looks = { warning: 'Warning', watch: 'Watch', over: 'AllClear' } as const;

/** The alerts by urgency: Warnings, Watches and what is over, each list apart. Always on the screen. */
export function alertsPanel(store: Store, actions: Actions, ear: Ear, load: LoadGauge): TemplateResult {
  const alerts = store.boards.alerts;
  const exercise = store.configuration?.exercise ?? false;
  const lists = alerts && inOrder(alerts);
  const count = lists ? urgencies.reduce((sum, one) => sum + lists[one].length, 0) : 0;
  return html`
    <section class="alerts" aria-labelledby="alerts-title">
      <h2 id="alerts-title">${t('panel.alerts')} ${lists ? html`<span class="count">${ltr(count)}</span>` : nothing}<small class="as-of">${asOf(store)}</small>
        ${store.operator && store.configuration ? html`<button id="raise" class="end ${exercise ? 'exercise' : ''}" @click=${() => actions.raise()}>${t(exercise ? 'raise.open.exercise' : 'raise.open.live')}</button>` : nothing}</h2>
      ${soundStrip(store, actions, ear)}
      ${lists ? glance(store, [...lists.warning, ...lists.watch]) : nothing}
      <div class="scroll" role="log" aria-live="assertive" aria-relevant="additions" tabindex="0" aria-labelledby="alerts-title">
        ${unseen(store)}${lossNotes(store, actions)}${drills(store)}
        ${!lists ? loading() : count > 0 ? urgencies.map((urgency) => section(store, actions, urgency, lists[urgency])) : calm(store)}
        ${load.template()}
      </div>
    </section>`;
}

/** One list under a heading of its own; nothing where there is none of its kind. */
function section(store: Store, actions: Actions, urgency: Urgency, alerts: AlertRow[]): TemplateResult | typeof nothing {
  if (alerts.length === 0) return nothing;
  const { inForce, waiting } = urgency === 'warning' ? warningsOf(alerts) : { inForce: alerts.length, waiting: 0 };
  return html`<section class="urgency ${looks[urgency]}" aria-labelledby="urgency-${urgency}">
    <h3 id="urgency-${urgency}"><span aria-hidden="true">${shapes[urgency]}</span> ${t(`urgency.${urgency}`)} <span class="count">${ltr(inForce)}</span>${waiting > 0 ? html` <span class="awaits">⚑ ${counted('urgency.waiting', waiting)}</span>` : nothing}</h3>
    ${repeat(alerts, (alert) => alert.id, (alert) => alertCard(store, actions, alert))}
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

import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { span } from '../format.js';
import { name, nameOf, t, type Key } from '../i18n/index.js';
import type { Actions } from '../actions.js';
import { calledAt, ladderOf } from '../model/posture.js';
import type { Store } from '../model/store.js';
import type { MeasureRow, MeasureState, ReadinessRow, SiteRow } from '../model/types.js';
import { orderForm, readinessForm, stepForm, threatForm } from './orders.js';
import { why } from './because.js';
import { ageOf, badge, filled, loading, none, timeOf, withheldNote, words } from './parts.js';

/** Sites with what is expected and, apart from it, their phase; the measures taken and the reported readiness. */
export function sitesPanel(store: Store, actions: Actions): TemplateResult {
  const sites = store.boards.sites;
  if (!sites) return loading();
  return html`${sites.length === 0 ? none(store, 'none.sites') : repeat(sites, (site) => site.id, (site) => card(store, actions, site))}${withheldNote(store)}`;
}

function card(store: Store, actions: Actions, site: SiteRow): TemplateResult {
  const configured = store.configuration?.sites.find((one) => one.id === site.id);
  const ladder = ladderOf(store.configuration, site.id);
  const rank = Math.max(0, ladder?.phases.indexOf(site.phase) ?? 0);
  return html`
    <article class="card">
      <header>
        <span class="phase p${Math.min(4, rank)}">${t('site.phase')} ${words(calledAt(store.configuration, site.id, site.phase))}</span>
        <strong>${words(nameOf(configured, site.id))}</strong>
        ${store.operator ? html`<button class="quiet end" @click=${() => actions.ask({ kind: 'phase', site })}>${t('do.phase')}</button>` : nothing}
      </header>
      <p class="small">${t('since')} ${timeOf(store, site.since)} · ${t('site.by')} ${site.cause ? name('by', site.by) : words(site.by)}${why(store, site.cause, site.reason)}${lasting(store, site)}</p>
      ${(ladder?.threatLevels.length ?? 0) > 0 || site.threat ? threat(store, actions, site) : nothing}
      <h4>${t('site.measures')}${store.operator ? html` <button class="quiet" @click=${() => actions.fill(orderForm(store, site))}>${t('do.order')}</button>` : nothing}</h4>
      ${site.measures.length === 0 ? html`<p class="small">${t('none.measures')}</p>` : html`<ul>${site.measures.map((row) => measure(store, actions, site, row))}</ul>`}
      <h4>${t('site.readiness')}${store.operator ? html` <button class="quiet" @click=${() => actions.fill(readinessForm(store, site))}>${t('do.readiness')}</button>` : nothing}</h4>
      ${site.readiness.length === 0 ? html`<p class="small">${t('none.readiness')}</p>` : html`<ul>${site.readiness.map((row) => readiness(store, row))}</ul>`}
    </article>`;
}

/** How long the phase can still be kept up. */
function lasting(store: Store, site: SiteRow): TemplateResult | typeof nothing {
  if (!site.sustainableUntil) return nothing;
  if (site.standing === 'Exceeded') return html` · <span class="told failed">⚠ ${t('site.exceeded')}</span>`;
  return html` · <span class=${site.standing === 'Ending' ? 'told waits' : ''}>${site.standing === 'Ending' ? '⚠ ' : ''}${filled('site.lasts', 'time', until(store, site.sustainableUntil))}</span>`;
}

/** What is expected: a word of people, apart from what is done. */
function threat(store: Store, actions: Actions, site: SiteRow): TemplateResult {
  const expected = site.threat;
  return html`<p class="small">${t('site.threat')}: ${!expected ? t('site.noThreat') : html`<strong>${words(calledAt(store.configuration, site.id, expected.level))}</strong>
    ${expected.expired ? html`<span class="chip bad">${t('site.threatExpired')}</span>` : filled('site.threatUntil', 'time', until(store, expected.validUntil))}
    · ${words(expected.source)} · ${words(expected.reason)} · ${t('site.by')} ${words(expected.by)}${expected.restricted ? html` · ${t('site.restricted')}` : nothing}`}
    ${store.operator ? html`<button class="quiet" @click=${() => actions.fill(threatForm(store, site))}>${t('do.threat')}</button>` : nothing}</p>`;
}

const shapes: Record<MeasureState, string> = { Ordered: '…', UnderWay: '◔', Reported: '…', Done: '◕', Checked: '✓', Ended: '○' };

function measure(store: Store, actions: Actions, site: SiteRow, row: MeasureRow): TemplateResult {
  return html`<li data-measure=${row.kind}>${words(calledAt(store.configuration, site.id, row.kind))} ${badge('plain', shapes[row.state] ?? '?', name('measure', row.state))} ${time(store, row)}
    ${row.escalated > 0 ? html`<span class="chip">${filled('measure.called', 'count', String(row.escalated))}</span>` : nothing}
    ${row.state === 'Done' && row.checkRole ? html`<small>${t('measure.awaitsCheck')} ${words(row.checkRole)} · </small>` : row.role ? html`<small>${words(row.role)} · </small>` : nothing}
    ${row.note ? html`<small>${words(row.note)} · </small>` : nothing} ${source(store, row)}
    ${store.operator ? html`<button class="quiet" @click=${() => actions.fill(stepForm(store, site, row))}>${t('do.step')}</button>` : nothing}</li>`;
}

/** What is left of its time, or how long it is overdue. */
function time(store: Store, row: MeasureRow): TemplateResult | typeof nothing {
  const check = row.state === 'Done';
  if (row.overdueSince) {
    const late = span((store.now() - Date.parse(row.overdueSince)) / 1000);
    return html`<span class="chip bad">${filled(check ? 'measure.checkOverdue' : 'measure.overdue', 'time', late)}</span>`;
  }
  const due = check ? row.checkDue : row.state === 'Ordered' || row.state === 'UnderWay' ? row.due : undefined;
  const word: Key = check ? 'measure.checkDue' : 'measure.due';
  return due ? html`<span class="chip">${filled(word, 'time', until(store, due))}</span>` : nothing;
}

function readiness(store: Store, row: ReadinessRow): TemplateResult {
  const shape = { Unknown: '?', Active: '●', Standby: '◐', Inactive: '○' }[row.status] ?? '?';
  return html`<li>${words(row.system)} ${badge('plain', shape, name('readiness', row.status))}
    ${row.stale ? html`<span class="chip bad">${t('readiness.stale')} ${name('readiness', row.reported)}${row.asOf ? html` ${ageOf(store, row.asOf)}` : nothing}</span>` : nothing} ${source(store, row)}</li>`;
}

/** Who said so, when it was, and how sure: a report is not a fact. */
function source(store: Store, row: MeasureRow | ReadinessRow): TemplateResult {
  return html`<small>${t('site.reported')} ${t('site.by')} ${words(row.by)} ${ageOf(store, row.at)}${row.reportedWhen
    ? html` · ${words(row.reportedWhen)}` : nothing}${row.confidence ? html` · ${t('site.confidence')} ${words(row.confidence)}` : nothing}${row.restricted
    ? html` · ${t('site.restricted')}` : nothing}</small>`;
}

const until = (store: Store, iso: string): string => span((Date.parse(iso) - store.now()) / 1000);

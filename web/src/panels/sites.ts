import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { name, nameOf, t } from '../i18n/index.js';
import type { Actions } from '../actions.js';
import type { Store } from '../model/store.js';
import type { MeasureRow, ReadinessRow, SiteRow } from '../model/types.js';
import { ageOf, badge, loading, none, timeOf, withheldNote, words } from './parts.js';

/** Sites with their phase, the measures taken and the reported readiness. */
export function sitesPanel(store: Store, actions: Actions): TemplateResult {
  const sites = store.boards.sites;
  if (!sites) return loading();
  return html`${sites.length === 0 ? none(store, 'none.sites') : repeat(sites, (site) => site.id, (site) => card(store, actions, site))}${withheldNote(store)}`;
}

function card(store: Store, actions: Actions, site: SiteRow): TemplateResult {
  const configured = store.configuration?.sites.find((one) => one.id === site.id);
  const ladder = store.configuration?.ladder.phases ?? [];
  const rank = Math.max(0, ladder.indexOf(site.phase));
  return html`
    <article class="card">
      <header>
        <span class="phase p${Math.min(4, rank)}">${t('site.phase')} <bdi dir="ltr">${site.phase}</bdi></span>
        <strong>${words(nameOf(configured, site.id))}</strong>
        ${store.operator ? html`<button class="quiet end" @click=${() => actions.ask({ kind: 'phase', site })}>${t('do.phase')}</button>` : nothing}
      </header>
      <p class="small">${t('since')} ${timeOf(store, site.since)} · ${t('site.by')} ${words(site.by)}${site.reason ? html` · <bdi dir="auto">${site.reason}</bdi>` : nothing}</p>
      <h4>${t('site.measures')}</h4>
      ${site.measures.length === 0 ? html`<p class="small">${t('none.measures')}</p>` : html`<ul>${site.measures.map((row) => measure(store, row))}</ul>`}
      <h4>${t('site.readiness')}</h4>
      ${site.readiness.length === 0 ? html`<p class="small">${t('none.readiness')}</p>` : html`<ul>${site.readiness.map((row) => readiness(store, row))}</ul>`}
    </article>`;
}

function measure(store: Store, row: MeasureRow): TemplateResult {
  return html`<li>${words(row.kind)} ${badge('plain', row.state === 'Done' ? '✓' : row.state === 'Ended' ? '○' : '…', name('measure', row.state))} ${source(store, row)}</li>`;
}

function readiness(store: Store, row: ReadinessRow): TemplateResult {
  const shape = { Unknown: '?', Active: '●', Standby: '◐', Inactive: '○' }[row.status] ?? '?';
  return html`<li>${words(row.system)} ${badge('plain', shape, name('readiness', row.status))} ${source(store, row)}</li>`;
}

/** Who said so, when it was, and how sure: a report is not a fact. */
function source(store: Store, row: MeasureRow | ReadinessRow): TemplateResult {
  return html`<small>${t('site.reported')} ${t('site.by')} ${words(row.by)} ${ageOf(store, row.at)}${row.reportedWhen
    ? html` · ${words(row.reportedWhen)}` : nothing}${row.confidence ? html` · ${t('site.confidence')} ${words(row.confidence)}` : nothing}${row.restricted
    ? html` · 🔒 ${t('site.restricted')}` : nothing}</small>`;
}

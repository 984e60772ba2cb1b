import { html, nothing, type TemplateResult } from 'lit';
import { nameOf, t } from '../i18n/index.js';
import type { Store } from '../model/store.js';
import type { IncidentRow } from '../model/types.js';
import { accountPanels, claimItem } from './account.js';
import { loading, ltr, none, timeOf, withheldNote, words } from './parts.js';

/** Incidents with every claim as it was made, and what else was said and filed. */
export function incidentsPanel(store: Store): TemplateResult {
  const { incidents } = store.boards;
  return html`
    ${!incidents ? loading() : incidents.length === 0 ? none(store, 'none.incidents') : incidents.map((incident) => card(store, incident))}
    ${accountPanels(store)}${withheldNote(store)}`;
}

function card(store: Store, incident: IncidentRow): TemplateResult {
  const zone = store.configuration?.zones.find((one) => one.id === incident.zone);
  return html`
    <article class="card">
      <header><strong>${words(incident.title)}</strong></header>
      <p class="small">${ltr(incident.id)} · ${words(nameOf(zone, incident.zone))} · ${timeOf(store, incident.openedAt)}</p>
      ${incident.casualties ? html`<p><span class="chip">${ltr(incident.casualties.status)}</span>
        ${t('incident.killed')} ${ltr(incident.casualties.killed ?? '?')} · ${t('incident.injured')} ${ltr(incident.casualties.injured ?? '?')}
        <small>${words(incident.casualties.attribution)} (${ltr(incident.casualties.claim)}) · ${t('incident.tellings')} ${ltr(incident.casualties.revisions.length)}</small></p>` : nothing}
      <h4>${t('incident.claims')}</h4>
      ${incident.claims.length === 0 ? html`<p class="small">${t('incident.noClaims')}</p>` : html`<ol>${incident.claims.map((claim) => claimItem(store, claim))}</ol>`}
    </article>`;
}

/** The latest entries of the log, newest first. */
export function logPanel(store: Store): TemplateResult {
  const log = store.boards.log;
  if (!log) return loading();
  if (log.length === 0) return html`${none(store, 'none.log')}${withheldNote(store)}`;
  return html`${[...log].reverse().map((row) => html`
    <div class="row"><span class="grow"><small>${timeOf(store, row.at)} · ${ltr(row.kind)} · ${words(row.by)}</small><span class="line">${words(row.text)}</span></span></div>`)}${withheldNote(store)}`;
}


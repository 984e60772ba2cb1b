import { html, nothing, type TemplateResult } from 'lit';
import { nameOf, t } from '../i18n/index.js';
import type { Store } from '../model/store.js';
import type { ClaimRow, IncidentRow } from '../model/types.js';
import { loading, ltr, none, timeOf, withheldNote, words } from './parts.js';

/** Incidents with every claim as it was made, and the statements. */
export function incidentsPanel(store: Store): TemplateResult {
  const { incidents, statements } = store.boards;
  return html`
    ${!incidents ? loading() : incidents.length === 0 ? none(store, 'none.incidents') : incidents.map((incident) => card(store, incident))}
    <h3>${t('incident.statements')}</h3>
    ${!statements ? loading() : statements.length === 0 ? none(store, 'none.statements') : statements.map((statement) => html`
      <div class="row"><span class="grow"><strong>${words(statement.speaker)}</strong> <small>${timeOf(store, statement.at)} · ${ltr(statement.claims.join(', '))}</small></span></div>`)}`;
}

function card(store: Store, incident: IncidentRow): TemplateResult {
  const zone = store.configuration?.zones.find((one) => one.id === incident.zone);
  return html`
    <article class="card">
      <header><strong>${words(incident.title)}</strong></header>
      <p class="small">${ltr(incident.id)} · ${words(nameOf(zone, incident.zone))} · ${timeOf(store, incident.openedAt)}</p>
      <h4>${t('incident.claims')}</h4>
      ${incident.claims.length === 0 ? html`<p class="small">${t('incident.noClaims')}</p>` : html`<ol>${incident.claims.map((claim) => claimItem(store, claim))}</ol>`}
    </article>`;
}

function claimItem(store: Store, claim: ClaimRow): TemplateResult {
  return html`<li>
    <q>${words(claim.text)}</q>
    ${claim.killed === undefined ? nothing : html`<span class="chip">${t('incident.killed')} ${ltr(claim.killed)}</span>`}
    ${claim.injured === undefined ? nothing : html`<span class="chip">${t('incident.injured')} ${ltr(claim.injured)}</span>`}
    <small class="line">${words(claim.attribution)} · ${timeOf(store, claim.at)} · ${claim.grading ? ltr(claim.grading) : t('incident.ungraded')}</small></li>`;
}

/** The latest entries of the log, newest first. */
export function logPanel(store: Store): TemplateResult {
  const log = store.boards.log;
  if (!log) return loading();
  if (log.length === 0) return html`${none(store, 'none.log')}${withheldNote(store)}`;
  return html`${[...log].reverse().map((row) => html`
    <div class="row"><span class="grow"><small>${timeOf(store, row.at)} · ${ltr(row.kind)} · ${words(row.by)}</small><span class="line">${words(row.text)}</span></span></div>`)}${withheldNote(store)}`;
}


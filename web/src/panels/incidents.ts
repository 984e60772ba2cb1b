import { html, nothing, type TemplateResult } from 'lit';
import { name, nameOf, t } from '../i18n/index.js';
import type { Actions } from '../actions.js';
import type { Store } from '../model/store.js';
import type { IncidentRow } from '../model/types.js';
import { claimForm, incidentForm } from './claimForms.js';
import { claimItem, claimSummary } from './claims.js';
import { dossierSheet } from './dossier.js';
import { loading, ltr, none, timeOf, withheldNote, words } from './parts.js';

/** Incidents with every claim as it was made, and the claims of none. */
export function incidentsPanel(store: Store, actions: Actions): TemplateResult {
  const { incidents, claims } = store.boards;
  return html`
    ${store.operator ? html`<p class="acts"><button class="quiet" data-do="open-incident" @click=${() => actions.fill(incidentForm(store))}>${t('do.openIncident')}</button>
      <button class="quiet" @click=${() => actions.fill(claimForm())}>${t('do.claim')}</button></p>` : nothing}
    ${!incidents ? loading() : incidents.length === 0 ? none(store, 'none.incidents') : incidents.map((incident) => card(store, actions, incident))}
    <h3>${t('account.claims')}</h3>
    ${!claims ? loading() : claims.length === 0 ? none(store, 'none.claims')
      : html`${claimSummary(claims)}<ol class="claims">${claims.map((claim) => claimItem(store, actions, claim))}</ol>`}
    ${withheldNote(store)}`;
}

function card(store: Store, actions: Actions, incident: IncidentRow): TemplateResult {
  const zone = store.configuration?.zones.find((one) => one.id === incident.zone);
  return html`
    <article class="card" data-incident=${incident.id}>
      <header><strong>${words(incident.title)}</strong></header>
      <p class="small">${ltr(incident.id)} · ${words(nameOf(zone, incident.zone))} · ${timeOf(store, incident.openedAt)}</p>
      ${incident.casualties ? html`<p><span class="chip">${name('casualties', incident.casualties.status)}</span>
        ${t('incident.killed')} ${ltr(incident.casualties.killed ?? '?')} · ${t('incident.injured')} ${ltr(incident.casualties.injured ?? '?')}
        <small>${words(incident.casualties.attribution)} (${ltr(incident.casualties.claim)}) · ${t('incident.tellings')} ${ltr(incident.casualties.revisions.length)}</small></p>` : nothing}
      ${store.operator ? html`<p class="acts"><button class="quiet" data-do="claim" @click=${() => actions.fill(claimForm(incident))}>${t('do.claim')}</button>
        <button class="quiet" data-do="dossier" @click=${() => actions.open(dossierSheet(incident))}>${t('do.dossier')}</button></p>` : nothing}
      <h4>${t('incident.claims')}</h4>${claimSummary(incident.claims)}
      ${incident.claims.length === 0 ? html`<p class="small">${t('incident.noClaims')}</p>`
        : html`<ol class="claims">${incident.claims.map((claim) => claimItem(store, actions, claim))}</ol>`}
    </article>`;
}

import { html, nothing, type TemplateResult } from 'lit';
import { trackNumber } from '../format.js';
import { sayAll } from '../i18n/cause.js';
import { name, t } from '../i18n/index.js';
import type { Actions } from '../actions.js';
import type { Store } from '../model/store.js';
import type { AuthorisationVersion, DocumentRow, MandateVersion, PaperBoard } from '../model/types.js';
import { authorisationForm, documentForm, mandateForm } from './paperForms.js';
import { dayOf, isolated, loading, ltr, none, timeOf, withheldNote, words } from './parts.js';

/** So many findings of flights are listed, the newest first. */
const mostFindings = 40;

/** Agreements and permissions on file, how flights compare with them, and the documents that claims are taken from. */
export function papersPanel(store: Store, actions: Actions): TemplateResult {
  const { papers, documents } = store.boards;
  if (!store.operator) return html`<p class="empty">${t('papers.restricted')}</p>${withheldNote(store)}`;
  if (!papers || !documents) return loading();
  return html`
    <p class="acts"><button class="quiet" @click=${() => actions.fill(authorisationForm(store))}>${t('do.authorisation')}</button>
      <button class="quiet" @click=${() => actions.fill(mandateForm())}>${t('do.mandate')}</button>
      <button class="quiet" @click=${() => actions.fill(documentForm())}>${t('do.document')}</button></p>
    <h3>${t('papers.authorisations')}</h3>
    ${papers.authorisations.length === 0 ? none(store, 'none.authorisations') : newest(papers.authorisations, (one) => one.authorisation.id).map((one) => authorisation(store, actions, one))}
    <h3>${t('papers.mandates')}</h3>
    ${papers.mandates.length === 0 ? none(store, 'none.mandates') : newest(papers.mandates, (one) => one.mandate.id).map((one) => mandate(store, one))}
    <h3>${t('papers.findings')}</h3>${findings(store, actions, papers)}
    <h3>${t('papers.documents')}</h3>
    ${documents.length === 0 ? none(store, 'none.documents') : documents.map((one) => document(store, one))}`;
}

/** The latest version of each, with how many there have been. */
export function newest<T extends { version: number }>(versions: readonly T[], id: (one: T) => string): T[] {
  const latest = new Map<string, T>();
  for (const one of versions) if (one.version >= (latest.get(id(one))?.version ?? 0)) latest.set(id(one), one);
  return [...latest.values()];
}

function authorisation(store: Store, actions: Actions, { authorisation: paper, version, recordedAt, by, reason }: AuthorisationVersion): TemplateResult {
  const now = store.now();
  const holds = Date.parse(paper.validFrom) <= now && now <= Date.parse(paper.validTo);
  return html`<article class="card"><header><strong>${ltr(paper.id)}</strong> ${words(paper.holder)} <span class="chip ${holds ? '' : 'bad'}">${t(holds ? 'papers.holds' : 'papers.holdsNot')}</span></header>
    <p class="small">${dayOf(store, paper.validFrom)} – ${dayOf(store, paper.validTo)}${paper.activity ? html` · ${words(paper.activity)}` : nothing}${paper.basis ? html` · ${words(paper.basis)}` : nothing}${paper.mandate
      ? html` · ${ltr(paper.mandate)}` : nothing}</p>
    <p class="small">${ltr([...paper.mode3A, ...paper.addresses, ...paper.callsigns].join(' '))}</p>
    <p class="small">${t('papers.version')} ${ltr(version)} · ${timeOf(store, recordedAt)}${by ? html` · ${t('site.by')} ${words(by)}: ${words(reason)}` : nothing}
      <button class="quiet" @click=${() => actions.fill(authorisationForm(store, paper))}>${t('do.newVersion')}</button></p></article>`;
}

function mandate(store: Store, { mandate: paper, version, recordedAt, by, validFrom, validTo, source }: MandateVersion): TemplateResult {
  return html`<article class="card"><header><strong>${ltr(paper.id)}</strong> ${paper.termsKnown ? nothing : html`<span class="chip">${t('papers.termsUnknown')}</span>`}</header>
    <p>${words(paper.text)}</p><p class="small">${words(paper.statedBy)}${validFrom || validTo ? html` · ${validFrom ? dayOf(store, validFrom) : '…'} – ${validTo ? dayOf(store, validTo) : '…'}` : nothing}${source
      ? html` · ${ltr(source)}` : nothing} · ${t('papers.version')} ${ltr(version)} · ${timeOf(store, recordedAt)}${by ? html` · ${t('site.by')} ${words(by)}` : nothing}</p></article>`;
}

function findings(store: Store, actions: Actions, papers: PaperBoard): TemplateResult {
  const rows = [...papers.conformity].reverse();
  if (rows.length === 0) return none(store, 'none.findings');
  const more = rows.length - mostFindings + papers.forgotten;
  return html`${rows.slice(0, mostFindings).map((row) => html`<div class="row"><button class="plain chip" @click=${() => actions.showTrack(row.track)}>${ltr(trackNumber(row.track))}</button>
    <span class="grow">${name('finding', row.finding)} <small class="line">${row.causes && row.causes.length > 0 ? sayAll(row.causes) : words(row.words)} · ${timeOf(store, row.at)}</small></span></div>`)}${more > 0
    ? html`<p class="note">${t('history.more', { count: isolated(more) })}</p>` : nothing}`;
}

function document(store: Store, row: DocumentRow): TemplateResult {
  return html`<div class="row"><span class="grow"><strong>${words(row.title)}</strong> <small>${ltr(row.id)}</small>
    <small class="line">${words(row.publisher)} · ${words(row.obtained)} · ${t('site.by')} ${words(row.by)} ${timeOf(store, row.at)}</small>
    <small class="line">${ltr(`SHA-256 ${row.sha256.slice(0, 16)}…`)} · ${row.characters > 0 ? t('papers.characters', { count: isolated(row.characters) }) : t('papers.hashOnly')}</small></span></div>`;
}

import { html, nothing, type TemplateResult } from 'lit';
import { name, t, type Key } from '../i18n/index.js';
import type { Actions } from '../actions.js';
import type { Store } from '../model/store.js';
import type { StatementRow } from '../model/types.js';
import type { CommandForm } from './commandForm.js';
import { apart, filled, loading, ltr, none, timeOf, withheldNote, words } from './parts.js';
import { statementSheet } from './statementSheet.js';

/** Statements: those of others as published, and ours on their way from draft to publication. */
export function statementsPanel(store: Store, actions: Actions): TemplateResult {
  const { statements } = store.boards;
  if (!statements) return loading();
  return html`
    ${store.operator ? html`<p class="acts"><button class="quiet" data-do="draft" @click=${() => actions.open(statementSheet(store))}>${t('do.draft')}</button>
      <button class="quiet" @click=${() => actions.fill(recordForm(store))}>${t('do.recordStatement')}</button></p>` : nothing}
    ${statements.length === 0 ? none(store, 'none.statements') : statements.map((row) => card(store, actions, row))}${withheldNote(store)}`;
}

function card(store: Store, actions: Actions, row: StatementRow): TemplateResult {
  const embargoed = row.embargo !== undefined && Date.parse(row.embargo) > store.now();
  return html`<article class="card" data-statement=${row.id}>
    <header><strong>${words(row.speaker)}</strong> <span class="chip">${name('statement', row.state)}</span> <small>${ltr(`${row.id} v${row.version}`)} · ${timeOf(store, row.at)}</small></header>
    ${row.sentences.length === 0 ? html`<p class="small">${ltr(row.claims.join(', '))}</p>` : html`<ol>${row.sentences.map((sentence) => html`<li>${words(sentence.text)}
      <small class="line">${sentence.linked ? html`↳ ${ltr([...sentence.claims, ...sentence.evidence].join(', '))}` : sentence.position
        ? html`<span class="chip">${t('account.position')}</span>` : html`<span class="chip bad">✕ ${t('account.unlinked')}</span>`}</small></li>`)}</ol>`}
    ${embargoed && row.embargo ? html`<p class="small">${t('account.embargo')} ${timeOf(store, row.embargo)}</p>` : nothing}
    ${row.correctionReason ? html`<p class="small">${t('account.corrects')} ${ltr(row.version - 1)}: ${words(row.correctionReason)}</p>` : nothing}
    <p class="small">${row.draftedBy.length > 0 ? html`${t('statement.by')} ${words(row.draftedBy.join(', '))}` : nothing}${row.approved
      ? html` · ${t('statement.approvedBy')} ${words(row.approved.by)}` : nothing}${row.published
      ? html` · ${t('statement.publishedBy')} ${words(row.published.by)} ${timeOf(store, row.published.at)}` : nothing}</p>
    ${row.earlier.map((one) => html`<details><summary class="small">${filled('statement.version', 'number', String(one.version))}</summary><ol>${one.sentences.map((sentence) => html`<li>${words(sentence.text)}</li>`)}</ol></details>`)}
    ${row.unlinked > 0 && row.state !== 'Recorded' ? html`<p class="small told failed">✕ ${filled('statement.unlinked', 'number', String(row.unlinked))}</p>` : nothing}
    ${store.operator && row.state !== 'Recorded' ? html`<p class="acts">
      ${row.state === 'Draft' ? html`<button class="quiet" data-do="approve" @click=${() => actions.fill(stepForm('statement.approve', 'do.approve', 'form.approveNote', row))}>${t('do.approve')}</button>` : nothing}
      ${row.state === 'Approved' ? html`<button class="quiet" data-do="publish" @click=${() => actions.fill(stepForm('statement.publish', 'do.publish', 'form.publishNote', row))}>${t('do.publish')}</button>` : nothing}
      <button class="quiet" data-do="rewrite" @click=${() => actions.open(statementSheet(store, row))}>${t(row.state === 'Published' ? 'do.correctStatement' : 'do.rewrite')}</button></p>` : nothing}
  </article>`;
}

const stepForm = (type: string, title: Key, note: Key, row: StatementRow): CommandForm => ({
  title, subject: `${row.id}, ${row.speaker}`, note, fields: [], command: () => ({ type, statement: row.id }),
});

const recordForm = (store: Store): CommandForm => ({
  title: 'do.recordStatement', subject: '',
  fields: [
    { name: 'id', label: 'form.id', kind: 'text', required: true }, { name: 'speaker', label: 'form.speaker', kind: 'text', required: true },
    { name: 'claims', label: 'form.claims', kind: 'many', options: store.allClaims().map((claim) => ({ value: claim.id, word: `${claim.id}: ${claim.text}` })) },
    { name: 'incident', label: 'form.incident', kind: 'select', options: [{ value: '', word: '—' }, ...(store.boards.incidents ?? []).map((one) => ({ value: one.id, word: apart(one.title) }))] },
  ],
  command: (form) => ({
    type: 'statement.record', statement: form.text('id'), speaker: form.text('speaker'), claims: form.many('claims'),
    ...(form.text('incident') === '' ? {} : { incident: form.text('incident') }),
  }),
});

import { html, nothing, type TemplateResult } from 'lit';
import { name, t } from '../i18n/index.js';
import type { Actions } from '../actions.js';
import type { Store } from '../model/store.js';
import type { CaseRow } from '../model/types.js';
import { caseForm, deadlineForm, itemForm, metForm } from './caseForms.js';
import { caseSheet } from './caseSheet.js';
import { ageOf, dayOf, filled, loading, ltr, none, timeOf, withheldNote, words } from './parts.js';

/** Case files from outside: deadlines and counts. What is in one is shown once the look is on record. */
export function casesPanel(store: Store, actions: Actions): TemplateResult {
  const { cases } = store.boards;
  if (!store.operator) return html`<p class="empty">${t('cases.restricted')}</p>${withheldNote(store)}`;
  if (!cases) return loading();
  return html`<p class="acts"><button class="quiet" data-do="open-case" @click=${() => actions.fill(caseForm(store))}>${t('do.openCase')}</button></p>
    ${cases.length === 0 ? none(store, 'none.cases') : cases.map((row) => card(store, actions, row))}`;
}

export const caseOverdue = (row: CaseRow): boolean => row.deadlines.some((each) => each.overdue);

function card(store: Store, actions: Actions, row: CaseRow): TemplateResult {
  return html`<article class="card" data-case=${row.id}>
    <header><strong>${words(row.title)}</strong> <span class="chip">${name('case', row.track)}</span> <small>${ltr(row.id)}${row.incident ? html` · ${ltr(row.incident)}` : nothing}</small></header>
    <p class="small">${t('cases.opened')} ${dayOf(store, row.openedAt)} · ${t('site.by')} ${words(row.by)}</p>
    ${row.deadlines.length === 0 ? html`<p class="small">${t('none.deadlines')}</p>` : html`<ul>${row.deadlines.map((each) => html`<li>${words(each.what)}${each.to ? html` · ${words(each.to)}` : nothing} · ${dayOf(store, each.due)} ${timeOf(store, each.due)}
      ${each.met ? html`<span class="chip">✓ ${t('account.met')} · ${words(each.met.by)}</span>` : each.overdue ? html`<span class="chip bad">✕ ${t('account.overdue')} ${ageOf(store, each.due)}</span>`
        : html`<span class="chip">${filled('cases.left', 'days', String(Math.max(0, Math.floor((Date.parse(each.due) - store.now()) / 86_400_000))))}</span>`}
      ${each.met ? nothing : html`<button class="quiet" @click=${() => actions.fill(metForm(row, each))}>${t('do.met')}</button>`}</li>`)}</ul>`}
    <p class="small">${t('account.items')} ${ltr(row.items)} · ${t('account.looks')} ${ltr(row.looks)}</p>
    <p class="acts"><button class="quiet" data-do="look" @click=${() => actions.open(caseSheet(store, row))}>${t('do.look')}</button>
      <button class="quiet" @click=${() => actions.fill(itemForm(row))}>${t('do.addItem')}</button>
      <button class="quiet" @click=${() => actions.fill(deadlineForm(row))}>${t('do.deadline')}</button></p>
  </article>`;
}

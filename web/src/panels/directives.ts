import { html, nothing, type TemplateResult } from 'lit';
import { span } from '../format.js';
import { name, nameOf, t, type Key } from '../i18n/index.js';
import type { Actions } from '../actions.js';
import { unanswered } from '../model/posture.js';
import type { Store } from '../model/store.js';
import type { DirectiveRow, FormationRow } from '../model/types.js';
import { answerForm, directiveForm, judgeForm } from './orders.js';
import { filled, loading, none, timeOf, withheldNote, words } from './parts.js';

/** Directives, how far each formation is, and who has not answered. */
export function directivesPanel(store: Store, actions: Actions): TemplateResult {
  const directives = store.boards.directives;
  if (!directives) return loading();
  return html`
    ${store.operator ? html`<p><button class="quiet" @click=${() => actions.fill(directiveForm(store))}>${t('do.directive')}</button></p>` : nothing}
    ${directives.length === 0 ? none(store, 'none.directives') : directives.map((directive) => card(store, actions, directive))}${withheldNote(store)}`;
}

function card(store: Store, actions: Actions, directive: DirectiveRow): TemplateResult {
  const silent = directive.formations.flatMap(unanswered);
  return html`
    <article class="card">
      <header><strong>${words(directive.id)}</strong> <small>${timeOf(store, directive.issuedAt)}</small></header>
      <p>${directive.contentNotReported || !directive.content ? html`<em>${t('directive.notReported')}</em>` : words(directive.content)}</p>
      <p class="small">${words(directive.attribution || directive.by)}${directive.count ? html` · ${t('directive.count')}: ${words(directive.count)}` : nothing}${directive.deadline
        ? html` · ${t('directive.deadline')} ${timeOf(store, directive.deadline)}` : nothing}${directive.completeBy
        ? html` · ${t('directive.completeBy')} ${timeOf(store, directive.completeBy)}` : nothing}</p>
      ${silent.length > 0 ? html`<p class="small told waits">${filled('directive.open', 'count', String(silent.length))}</p>` : nothing}
      <ul>${directive.formations.map((row) => item(store, actions, directive, row))}</ul>
    </article>`;
}

function item(store: Store, actions: Actions, directive: DirectiveRow, row: FormationRow): TemplateResult {
  const title = (id: string): string => nameOf(store.configuration?.formations.find((one) => one.id === id), id);
  const bad = row.state === 'Overdue' || row.state === 'NotPossible';
  return html`<li>${words(title(row.formation))} <span class="chip ${bad ? 'bad' : ''}">${name('directive', row.state)}</span>
    ${row.overdue && row.overdueSince ? html`<span class="chip bad">${filled(`directive.overdue.${row.overdue}` as Key, 'time', span((store.now() - Date.parse(row.overdueSince)) / 1000))}</span>` : nothing}
    ${row.escalated > 0 ? html`<span class="chip">${filled('measure.called', 'count', String(row.escalated))}</span>` : nothing}
    ${row.awaitsApproval ? html`<span class="chip bad">${t('directive.approval')}</span>` : nothing}
    <small>${timeOf(store, row.at)}${row.note ? html` · ${words(row.note)}` : nothing}${row.through ? html` · ${t('directive.through')} ${words(title(row.through))}` : nothing}${row.approvedBy
      ? html` · ${t('directive.approvedBy')} ${words(row.approvedBy)}` : nothing}${row.missing.length > 0
      ? html` · ${t('directive.waits')} ${row.missing.map((person, i) => html`${i > 0 ? t('list.comma') : nothing}${words(person)}`)}` : nothing}</small>
    ${store.operator ? html`${row.awaitsApproval ? html`<button class="quiet" @click=${() => actions.fill(judgeForm(directive, row))}>${t('do.judge')}</button>` : nothing}
      <button class="quiet" @click=${() => actions.fill(answerForm(directive, row))}>${t('do.answer')}</button>` : nothing}</li>`;
}

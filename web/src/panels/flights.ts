import { html, nothing, type TemplateResult } from 'lit';
import { name, t } from '../i18n/index.js';
import type { Actions } from '../actions.js';
import type { Store } from '../model/store.js';
import type { IncursionRow } from '../model/types.js';
import { told } from './because.js';
import type { CommandForm } from './commandForm.js';
import { loading, ltr, none, timeOf, withheldNote, words } from './parts.js';

/** Flights across the border with no authorisation on file, item by item as states report them. */
export function flightsPanel(store: Store, actions: Actions): TemplateResult {
  const { incursions } = store.boards;
  if (!incursions) return loading();
  return html`<h3>${t('account.incursions')}</h3>${incursions.length === 0 ? none(store, 'none.incursions') : incursions.map((row) => card(store, actions, row))}${withheldNote(store)}`;
}

function card(store: Store, actions: Actions, row: IncursionRow): TemplateResult {
  const enters = row.lines.find((line) => line.item === 'TimeIn');
  return html`<details class="card" data-flight=${row.id}>
    <summary><strong>${ltr(row.id)}</strong> <span class="chip">${name('incursion', row.state)}</span> <small>${enters ? told(enters.cause, enters.value) : nothing}</small></summary>
    ${store.operator ? html`<p class="acts"><button class="quiet" data-do="amend" @click=${() => actions.fill(amendForm(row))}>${t('do.amend')}</button></p>` : nothing}
    <ul>${row.lines.map((line) => html`<li><small>${name('item', line.item)}</small> ${told(line.cause, line.value)}
      <small class="line">${line.probability === undefined ? nothing : html`${ltr(`P ${line.probability}`)} · `}${told(line.basis, line.source)}</small>
      ${row.amendments.filter((each) => each.item === line.item).map((each) => html`<small class="line">✎ ${words(each.value)} (${words(each.basis)}) · ${t('site.by')} ${words(each.by)} ${timeOf(store, each.at)}</small>`)}</li>`)}</ul>
  </details>`;
}

const amendForm = (row: IncursionRow): CommandForm => ({
  title: 'do.amend', subject: row.id, note: 'form.amendNote',
  fields: [
    { name: 'item', label: 'form.item', kind: 'select', value: 'RadioContact', options: row.lines.map((line) => ({ value: line.item, word: name('item', line.item) })) },
    { name: 'value', label: 'form.value', kind: 'text', required: true }, { name: 'basis', label: 'form.basis', kind: 'text', required: true },
  ],
  command: (filled) => ({ type: 'incursion.amend', incursion: row.id, item: filled.text('item'), value: filled.text('value'), basis: filled.text('basis') }),
});

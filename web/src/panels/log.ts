import { html, nothing, type TemplateResult } from 'lit';
import { name, t } from '../i18n/index.js';
import type { Actions } from '../actions.js';
import type { Store } from '../model/store.js';
import type { LogRow } from '../model/types.js';
import { because } from './because.js';
import type { CommandForm } from './commandForm.js';
import { loading, ltr, none, timeOf, withheldNote, words } from './parts.js';

const eventForm = (): CommandForm => ({
  title: 'do.event', subject: '',
  fields: [
    { name: 'kind', label: 'form.kind', kind: 'text', required: true, value: 'note' }, { name: 'text', label: 'form.note', kind: 'long', required: true },
    { name: 'who', label: 'form.who', kind: 'text' }, { name: 'attribution', label: 'form.attribution', kind: 'text' },
  ],
  command: (filled) => ({
    type: 'event.record', kind: filled.text('kind'), text: filled.text('text'), attribution: filled.text('attribution'), who: filled.list('who'),
  }),
});

/** Kinds of the system's own by their word; what people call theirs, as they wrote it. */
const kindOf = ({ kind, command }: LogRow): TemplateResult => {
  const said = name('log', kind);
  return html`${said === kind ? words(kind) : said}${command ? html` ${ltr(command)}` : nothing}`;
};

/** The latest entries of the log, newest first. */
export function logPanel(store: Store, actions: Actions): TemplateResult {
  const log = store.boards.log;
  if (!log) return loading();
  return html`
    ${store.operator ? html`<p class="acts"><button class="quiet" @click=${() => actions.fill(eventForm())}>${t('do.event')}</button></p>` : nothing}
    ${log.length === 0 ? none(store, 'none.log') : [...log].reverse().map((row) => html`
      <div class="row"><span class="grow"><small>${timeOf(store, row.at)} · ${kindOf(row)} · ${words(row.by)}</small><span class="line">${row.cause ? because(store, row.cause) : words(row.text)}</span></span></div>`)}${withheldNote(store)}`;
}

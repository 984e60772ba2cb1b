import { apart } from './parts.js';
import { name } from '../i18n/index.js';
import type { Store } from '../model/store.js';
import type { CaseRow } from '../model/types.js';
import { given } from './claimForms.js';
import type { CommandForm, Field } from './commandForm.js';

// The forms of case files.

const named = (prefix: string, values: readonly string[]): NonNullable<Field['options']> => values.map((value) => ({ value, word: name(prefix, value) }));

export const caseForm = (store: Store): CommandForm => ({
  title: 'do.openCase', subject: '',
  fields: [
    { name: 'id', label: 'form.id', kind: 'text', required: true }, { name: 'title', label: 'form.title', kind: 'text', required: true },
    { name: 'track', label: 'form.track', kind: 'select', options: named('case', ['Legal', 'Diplomatic']) },
    { name: 'incident', label: 'form.incident', kind: 'select', options: [{ value: '', word: '—' }, ...(store.boards.incidents ?? []).map((one) => ({ value: one.id, word: apart(one.title) }))] },
  ],
  command: (filled) => ({ type: 'case.open', case: filled.text('id'), title: filled.text('title'), track: filled.text('track'), ...given(filled, ['incident']) }),
});

export const deadlineForm = (row: CaseRow): CommandForm => ({
  title: 'do.deadline', subject: row.title,
  fields: [
    { name: 'id', label: 'form.id', kind: 'text', required: true }, { name: 'what', label: 'form.what', kind: 'text', required: true },
    { name: 'due', label: 'form.due', kind: 'time', required: true }, { name: 'to', label: 'form.addressee', kind: 'text' },
  ],
  command: (filled) => ({ type: 'case.deadline', case: row.id, deadline: filled.text('id'), what: filled.text('what'), due: filled.time('due'), ...given(filled, ['to']) }),
});

export const metForm = (row: CaseRow, deadline: CaseRow['deadlines'][number]): CommandForm => ({
  title: 'do.met', subject: `${row.title}: ${deadline.what}`,
  fields: [{ name: 'note', label: 'form.note', kind: 'text', required: true }],
  command: (filled) => ({ type: 'case.met', case: row.id, deadline: deadline.id, note: filled.text('note') }),
});

export const itemForm = (row: CaseRow): CommandForm => ({
  title: 'do.addItem', subject: row.title,
  fields: [
    { name: 'kind', label: 'form.kind', kind: 'select', options: named('caseItem', ['Note', 'Addressee', 'Answer', 'Document']) },
    { name: 'text', label: 'form.content', kind: 'long', required: true }, { name: 'source', label: 'form.document', kind: 'text' },
  ],
  command: (filled) => ({ type: 'case.add', case: row.id, kind: filled.text('kind'), text: filled.text('text'), ...given(filled, ['source']) }),
});

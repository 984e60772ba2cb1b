import { nameOf } from '../i18n/index.js';
import type { Store } from '../model/store.js';
import type { ClaimRow, IncidentRow } from '../model/types.js';
import type { CommandForm, Field, Filled } from './commandForm.js';

// The forms of incidents and of what was said about them.

const grading: Field = { name: 'grading', label: 'form.grading', kind: 'text', pattern: '[A-F][1-6]' };
const number = (name: string, label: Field['label'], value?: number): Field =>
  ({ name, label, kind: 'number', ...(value === undefined ? {} : { value: String(value) }) });

/** What was filled in and differs from what stood there; a field left empty says nothing. */
export function given(filled: Filled, names: readonly string[], before: Record<string, string | undefined> = {}): Record<string, string> {
  const said: Record<string, string> = {};
  for (const one of names) {
    const text = filled.text(one);
    if (text !== '' && text !== before[one]) said[one] = text;
  }
  return said;
}

const counts = (filled: Filled, before: Partial<ClaimRow> = {}): Record<string, number> => {
  const said: Record<string, number> = {};
  for (const one of ['killed', 'injured'] as const) {
    const value = filled.number(one);
    if (value !== undefined && value !== before[one]) said[one] = Math.round(value);
  }
  return said;
};

export const incidentForm = (store: Store): CommandForm => ({
  title: 'do.openIncident', subject: '',
  fields: [
    { name: 'id', label: 'form.id', kind: 'text', required: true }, { name: 'title', label: 'form.title', kind: 'text', required: true },
    { name: 'zone', label: 'form.zone', kind: 'select', options: (store.configuration?.zones ?? []).map((zone) => ({ value: zone.id, word: nameOf(zone) })) },
  ],
  command: (filled) => ({ type: 'incident.open', incident: filled.text('id'), title: filled.text('title'), zone: filled.text('zone') }),
});

export const claimForm = (incident?: IncidentRow): CommandForm => ({
  title: 'do.claim', subject: incident?.title ?? '',
  fields: [
    { name: 'id', label: 'form.id', kind: 'text', required: true }, { name: 'kind', label: 'form.kind', kind: 'text', required: true, value: 'event' },
    { name: 'text', label: 'form.words', kind: 'long', required: true }, { name: 'attribution', label: 'form.attribution', kind: 'text', required: true },
    { name: 'chain', label: 'form.chain', kind: 'text' }, { name: 'when', label: 'form.when', kind: 'text' }, { name: 'place', label: 'form.place', kind: 'text' },
    { name: 'subject', label: 'form.subject', kind: 'text' }, number('killed', 'incident.killed'), number('injured', 'incident.injured'), grading,
    { name: 'source', label: 'form.document', kind: 'text' }, { name: 'protectedSource', label: 'form.handle', kind: 'text', pattern: '[A-Za-z0-9\\-]{1,32}' },
  ],
  command: (filled) => ({
    type: 'claim.record', claim: filled.text('id'), kind: filled.text('kind'), text: filled.text('text'), attribution: filled.text('attribution'),
    ...(incident ? { incident: incident.id } : {}), ...given(filled, ['place', 'subject', 'grading', 'source', 'protectedSource']), ...counts(filled),
    ...(filled.text('chain') === '' ? {} : { chain: filled.list('chain') }), ...(filled.text('when') === '' ? {} : { time: { words: filled.text('when') } }),
  }),
});

export const acceptForm = (claim: ClaimRow): CommandForm => ({
  title: 'do.accept', subject: `${claim.id}: ${claim.text}`, note: 'form.acceptNote', fields: [],
  command: () => ({ type: 'claim.accept', claim: claim.id }),
});

export const rejectForm = (claim: ClaimRow): CommandForm => ({
  title: 'do.reject', subject: `${claim.id}: ${claim.text}`,
  fields: [{ name: 'reason', label: 'confirm.reason', kind: 'text', required: true }],
  command: (filled) => ({ type: 'claim.reject', claim: claim.id, reason: filled.text('reason') }),
});

export const reviseForm = (claim: ClaimRow): CommandForm => ({
  title: 'do.revise', subject: claim.id, note: 'form.reviseNote',
  fields: [
    { name: 'text', label: 'form.words', kind: 'long', value: claim.text }, { name: 'attribution', label: 'form.attribution', kind: 'text', value: claim.attribution },
    { ...grading, value: claim.grading }, number('killed', 'incident.killed', claim.killed), number('injured', 'incident.injured', claim.injured),
    { name: 'place', label: 'form.place', kind: 'text', value: claim.place ?? '' }, { name: 'subject', label: 'form.subject', kind: 'text', value: claim.subject ?? '' },
    { name: 'reason', label: 'confirm.reason', kind: 'text', required: true },
  ],
  command: (filled) => ({
    type: 'claim.revise', claim: claim.id, reason: filled.text('reason'),
    ...given(filled, ['text', 'attribution', 'grading', 'place', 'subject'],
      { text: claim.text, attribution: claim.attribution, grading: claim.grading, place: claim.place, subject: claim.subject }),
    ...counts(filled, claim),
  }),
});

import type { Store } from '../model/store.js';
import type { Authorisation } from '../model/types.js';
import { given } from './claimForms.js';
import type { CommandForm } from './commandForm.js';

// The forms of what is on file.

/** A time as a field of the form wants it: UTC, to the minute. */
const typed = (iso: string | undefined): string => (iso ? new Date(iso).toISOString().slice(0, 16) : '');

export const authorisationForm = (store: Store, paper?: Authorisation): CommandForm => ({
  title: paper ? 'do.newVersion' : 'do.authorisation', subject: paper?.id ?? '', note: 'form.authorisationNote',
  fields: [
    ...(paper ? [] : [{ name: 'id', label: 'form.id', kind: 'text', required: true } as const]),
    { name: 'holder', label: 'form.holder', kind: 'text', required: true, value: paper?.holder ?? '' },
    { name: 'activity', label: 'form.activity', kind: 'text', value: paper?.activity ?? '' }, { name: 'basis', label: 'form.basis', kind: 'text', value: paper?.basis ?? '' },
    {
      name: 'mandate', label: 'papers.mandates', kind: 'select', value: paper?.mandate ?? '',
      options: [{ value: '', word: '—' }, ...[...new Set((store.boards.papers?.mandates ?? []).map((one) => one.mandate.id))].map((id) => ({ value: id, word: id }))],
    },
    { name: 'from', label: 'form.validFrom', kind: 'time', required: true, value: typed(paper?.validFrom) },
    { name: 'to', label: 'form.validTo', kind: 'time', required: true, value: typed(paper?.validTo) },
    { name: 'mode3A', label: 'form.mode3A', kind: 'text', value: paper?.mode3A.join('; ') ?? '' },
    { name: 'addresses', label: 'form.addresses', kind: 'text', value: paper?.addresses.join('; ') ?? '' },
    { name: 'callsigns', label: 'form.callsigns', kind: 'text', value: paper?.callsigns.join('; ') ?? '' },
    { name: 'reason', label: 'confirm.reason', kind: 'text', required: true },
  ],
  command: (filled) => ({
    type: 'authorisation.record', reason: filled.text('reason'),
    authorisation: {
      // What the form does not show, such as its area, stays as it is.
      ...paper, id: paper?.id ?? filled.text('id'), holder: filled.text('holder'), activity: filled.text('activity'), basis: filled.text('basis'),
      ...(filled.text('mandate') === '' ? { mandate: undefined } : { mandate: filled.text('mandate') }), validFrom: filled.time('from'), validTo: filled.time('to'),
      mode3A: filled.list('mode3A'), addresses: filled.list('addresses'), callsigns: filled.list('callsigns'),
    },
  }),
});

export const mandateForm = (): CommandForm => ({
  title: 'do.mandate', subject: '',
  fields: [
    { name: 'id', label: 'form.id', kind: 'text', required: true }, { name: 'text', label: 'form.content', kind: 'long', required: true },
    { name: 'statedBy', label: 'form.attribution', kind: 'text' }, { name: 'known', label: 'form.termsKnown', kind: 'check' },
    { name: 'from', label: 'form.validFrom', kind: 'time' }, { name: 'to', label: 'form.validTo', kind: 'time' }, { name: 'source', label: 'form.document', kind: 'text' },
  ],
  command: (filled) => {
    const [from, to] = [filled.time('from'), filled.time('to')];
    return {
      type: 'mandate.record', mandate: filled.text('id'), text: filled.text('text'), statedBy: filled.text('statedBy'), termsKnown: filled.flag('known'),
      ...(from === undefined ? {} : { validFrom: from }), ...(to === undefined ? {} : { validTo: to }), ...given(filled, ['source']),
    };
  },
});

export const documentForm = (): CommandForm => ({
  title: 'do.document', subject: '', note: 'form.documentNote',
  fields: [
    { name: 'id', label: 'form.id', kind: 'text', required: true }, { name: 'title', label: 'form.title', kind: 'text', required: true },
    { name: 'publisher', label: 'form.publisher', kind: 'text', required: true }, { name: 'obtained', label: 'form.obtained', kind: 'text', required: true },
    { name: 'sha256', label: 'form.sha256', kind: 'text', required: true, pattern: '[0-9a-fA-F]{64}' },
    { name: 'published', label: 'form.published', kind: 'time' }, { name: 'text', label: 'form.documentText', kind: 'long', most: 50_000 },
  ],
  command: (filled) => {
    const published = filled.time('published');
    return {
      type: 'source.add', source: filled.text('id'), title: filled.text('title'), publisher: filled.text('publisher'), obtained: filled.text('obtained'),
      sha256: filled.text('sha256').toLowerCase(), ...(published === undefined ? {} : { published }), ...given(filled, ['text']),
    };
  },
});

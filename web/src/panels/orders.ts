import { name, nameOf } from '../i18n/index.js';
import { calledAt, formationTree, ladderOf, nextStates, orderable } from '../model/posture.js';
import type { Store } from '../model/store.js';
import type { DirectiveRow, FormationRow, HandOverRow, MeasureRow, SiteRow } from '../model/types.js';
import type { CommandForm, Field } from './commandForm.js';
import { handOverText } from './handOverItem.js';

// The forms of what people order and report after an alarm.

const named = (prefix: string, values: readonly string[]): NonNullable<Field['options']> => values.map((value) => ({ value, word: name(prefix, value) }));
const called = (store: Store, site: SiteRow, values: readonly string[]): NonNullable<Field['options']> =>
  values.map((value) => ({ value, word: calledAt(store.configuration, site.id, value) }));
const siteName = (store: Store, site: SiteRow): string => nameOf(store.configuration?.sites.find((one) => one.id === site.id), site.id);
const hoursFrom = (store: Store, hours: number | undefined): string | undefined =>
  hours === undefined ? undefined : new Date(store.now() + hours * 3_600_000).toISOString();

export function threatForm(store: Store, site: SiteRow): CommandForm {
  return {
    title: 'do.threat', subject: siteName(store, site),
    fields: [
      { name: 'level', label: 'form.level', kind: 'select', options: called(store, site, ladderOf(store.configuration, site.id)?.threatLevels ?? []), value: site.threat?.level ?? '' },
      { name: 'source', label: 'form.source', kind: 'text', required: true },
      { name: 'reason', label: 'confirm.reason', kind: 'text', required: true },
      { name: 'hours', label: 'form.hours', kind: 'number', required: true, value: '24' },
      { name: 'restricted', label: 'form.restricted', kind: 'check', value: String(site.threat?.restricted ?? false) },
    ],
    command: (filled) => ({
      type: 'site.threatLevel', site: site.id, level: filled.text('level'), source: filled.text('source'), reason: filled.text('reason'),
      validUntil: hoursFrom(store, filled.number('hours') ?? 0), restricted: filled.flag('restricted'),
    }),
  };
}

export function orderForm(store: Store, site: SiteRow): CommandForm {
  return {
    title: 'do.order', subject: siteName(store, site),
    fields: [
      { name: 'kind', label: 'form.measure', kind: 'select', options: called(store, site, orderable(ladderOf(store.configuration, site.id), site)) },
      { name: 'minutes', label: 'form.minutes', kind: 'number' },
      { name: 'note', label: 'form.note', kind: 'text' },
    ],
    command: (filled) => {
      const minutes = filled.number('minutes');
      return {
        type: 'site.measure', site: site.id, kind: filled.text('kind'), state: 'Ordered', note: filled.text('note'),
        ...(minutes === undefined ? {} : { withinSeconds: minutes * 60 }),
      };
    },
  };
}

export function stepForm(store: Store, site: SiteRow, row: MeasureRow): CommandForm {
  return {
    title: 'do.step', subject: `${calledAt(store.configuration, site.id, row.kind)}, ${siteName(store, site)}`,
    fields: [
      { name: 'state', label: 'form.state', kind: 'select', options: named('measure', nextStates(row.state)) },
      { name: 'note', label: 'form.note', kind: 'text' },
    ],
    command: (filled) => ({
      type: 'site.measure', site: site.id, kind: row.kind, state: filled.text('state'), note: filled.text('note'), restricted: row.restricted,
    }),
  };
}

export function readinessForm(store: Store, site: SiteRow): CommandForm {
  return {
    title: 'do.readiness', subject: siteName(store, site),
    fields: [
      { name: 'system', label: 'form.system', kind: 'text', required: true },
      { name: 'status', label: 'form.state', kind: 'select', options: named('readiness', ['Unknown', 'Active', 'Standby', 'Inactive']) },
      { name: 'age', label: 'form.age', kind: 'number', value: '0' },
      { name: 'confidence', label: 'form.confidence', kind: 'text' },
      { name: 'restricted', label: 'form.restricted', kind: 'check', value: 'true' },
    ],
    command: (filled) => {
      const age = filled.number('age') ?? 0;
      return {
        type: 'readiness.report', site: site.id, system: filled.text('system'), status: filled.text('status'),
        confidence: filled.text('confidence'), restricted: filled.flag('restricted'),
        ...(age > 0 ? { asOf: hoursFrom(store, -age) } : {}),
      };
    },
  };
}

export function directiveForm(store: Store): CommandForm {
  const tree = formationTree(store.configuration?.formations ?? []);
  const to: Field = tree.length > 0
    ? { name: 'to', label: 'form.to', kind: 'many', options: tree.map(({ formation, depth }) => ({ value: formation.id, word: nameOf(formation), depth })) }
    : { name: 'names', label: 'form.toNames', kind: 'text', required: true };
  return {
    title: 'do.directive', subject: '',
    fields: [
      { name: 'id', label: 'form.id', kind: 'text', required: true }, to,
      { name: 'content', label: 'form.content', kind: 'long' },
      { name: 'notReported', label: 'form.notReported', kind: 'check' },
      { name: 'attribution', label: 'form.attribution', kind: 'text' },
      { name: 'deadline', label: 'form.deadline', kind: 'number' },
      { name: 'complete', label: 'form.complete', kind: 'number' },
    ],
    command: (filled) => {
      const deadline = hoursFrom(store, filled.number('deadline')), completeBy = hoursFrom(store, filled.number('complete'));
      return {
        type: 'directive.issue', directive: filled.text('id'), attribution: filled.text('attribution'),
        to: tree.length > 0 ? filled.many('to') : filled.text('names').split(/[;؛]/).map((one) => one.trim()).filter((one) => one !== ''),
        contentNotReported: filled.flag('notReported'),
        ...(filled.text('content') === '' ? {} : { content: filled.text('content') }),
        ...(deadline === undefined ? {} : { deadline }), ...(completeBy === undefined ? {} : { completeBy }),
      };
    },
  };
}

export function answerForm(directive: DirectiveRow, row: FormationRow): CommandForm {
  return {
    title: 'do.answer', subject: `${directive.id}, ${row.formation}`,
    fields: [
      { name: 'state', label: 'form.state', kind: 'select', options: named('directive', ['Acknowledged', 'Delivered', 'UnderWay', 'Done', 'NotPossible']) },
      { name: 'note', label: 'form.note', kind: 'text' },
    ],
    command: (filled) => ({
      type: 'directive.report', directive: directive.id, formation: row.formation, state: filled.text('state'), note: filled.text('note'),
    }),
  };
}

export function judgeForm(directive: DirectiveRow, row: FormationRow): CommandForm {
  return {
    title: 'do.judge', subject: `${directive.id}, ${row.formation}: ${row.note}`,
    fields: [
      { name: 'accepted', label: 'form.state', kind: 'select', options: [{ value: 'true', word: name('form', 'accept') }, { value: 'false', word: name('form', 'refuse') }] },
      { name: 'reason', label: 'confirm.reason', kind: 'text' },
    ],
    command: (filled) => ({
      type: 'directive.judge', directive: directive.id, formation: row.formation, accepted: filled.text('accepted') === 'true', reason: filled.text('reason'),
    }),
  };
}

export const handOverForm = (): CommandForm => ({
  title: 'do.handOver', subject: '',
  fields: [{ name: 'to', label: 'form.person', kind: 'text', required: true }],
  command: (filled) => ({ type: 'shift.handOver', to: filled.text('to') }),
});

export const takeForm = (): CommandForm => ({
  title: 'do.take', subject: '',
  fields: [{ name: 'reason', label: 'confirm.reason', kind: 'text' }],
  command: (filled) => ({ type: 'shift.take', reason: filled.text('reason') }),
});

export const noteForm = (store: Store, offer: HandOverRow): CommandForm => ({
  title: 'do.note', subject: offer.id,
  fields: [{
    name: 'items', label: 'form.items', kind: 'many',
    options: offer.items.filter((item) => item.acknowledged === undefined).map((item) => ({ value: item.id, word: handOverText(store, item) })),
  }],
  command: (filled) => ({ type: 'shift.acknowledge', handOver: offer.id, items: filled.many('items') }),
});

export const outageForm = (sensor: string, isOff: boolean): CommandForm => ({
  title: isOff ? 'do.outageOver' : 'do.outage', subject: sensor, note: isOff ? 'form.outageOverNote' : 'form.outageNote',
  fields: [{ name: 'reason', label: 'confirm.reason', kind: 'text', required: true }],
  command: (filled) => ({ type: 'sensor.outage', sensor, off: !isOff, reason: filled.text('reason') }),
});

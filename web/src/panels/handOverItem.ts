import { html, type TemplateResult } from 'lit';
import { name, nameOf, t } from '../i18n/index.js';
import { calledAt } from '../model/posture.js';
import { itemWords } from '../model/handOver.js';
import type { Store } from '../model/store.js';
import type { HandOverItem } from '../model/types.js';
import { why } from './because.js';
import { isolated, words } from './parts.js';

/** An item of a hand-over in the language shown: what it is of, and what is open. */
export function handOverItem(store: Store, item: HandOverItem): TemplateResult {
  return html`<b>${name('item', item.kind)}</b> ${words(subject(store, item))} <small>${says(store, item)}</small>`;
}

/** The same in one line of text, for a list to choose from. */
export function handOverText(store: Store, item: HandOverItem): string {
  return `${name('item', item.kind)} ${subject(store, item)}`;
}

/** "siren:SR-1" is the siren called so; what has no name keeps its id. */
function subject(store: Store, item: HandOverItem): string {
  const id = item.id.slice(item.id.indexOf(':') + 1);
  const configuration = store.configuration;
  const [first = id, ...rest] = id.split('/');
  switch (item.kind) {
    case 'Siren': return nameOf(configuration?.sirens.find((one) => one.id === id), id);
    case 'Phase': case 'ThreatLevel': case 'Measure': case 'Readiness':
      return [nameOf(configuration?.sites.find((one) => one.id === first), first), ...rest.map((one) => calledAt(configuration, first, one))].join(' / ');
    default: return id;
  }
}

const siteOf = (item: HandOverItem): string => item.id.slice(item.id.indexOf(':') + 1).split('/')[0] ?? item.id;

function says(store: Store, item: HandOverItem): unknown {
  const said = itemWords(item);
  const because = why(store, item.cause, item.aside);
  const zone = (id: string): unknown => words(nameOf(store.zone(id), id));
  switch (said.kind) {
    case 'alert': return html`${zone(said.zone)}: ${name('alert', said.state)}, ${name('handover', said.waits)}`;
    case 'siren': return html`${zone(said.zone)}: ${name('siren', said.state)}${because}`;
    case 'sensor': return html`${name('sensor', said.state)}${because}`;
    case 'directive': return t('handover.directive', { open: isolated(said.open), all: isolated(said.all), overdue: isolated(said.overdue) });
    case 'phase': return html`${words(calledAt(store.configuration, siteOf(item), said.phase))}: ${name('standing', said.standing)}`;
    case 'threat': return html`${words(calledAt(store.configuration, siteOf(item), said.level))}: ${t('site.threatExpired')}`;
    case 'measure': return said.state === 'Done' ? t('handover.check') : html`${name('measure', said.state)}, ${t('handover.overdue')}`;
    case 'readiness': return html`${t('readiness.stale')} ${name('readiness', said.status)}`;
    case 'other': return words(said.words);
  }
}

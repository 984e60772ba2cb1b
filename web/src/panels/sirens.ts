import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { name, nameOf, t } from '../i18n/index.js';
import type { Actions } from '../actions.js';
import type { Store } from '../model/store.js';
import type { SirenRow, SirenState } from '../model/types.js';
import { ageOf, badge, loading, ltr, none, withheldNote, words } from './parts.js';

const gravity: SirenState[] = ['Failed', 'LinkDown', 'Unknown', 'Sounding', 'Acknowledged', 'Commanded', 'Ready'];
const looks: Record<SirenState, [string, string]> = {
  Failed: ['bad', '✕'], LinkDown: ['bad', '⊘'], Unknown: ['doubt', '?'], Sounding: ['Warning', '▲'],
  Acknowledged: ['plain', '…'], Commanded: ['plain', '…'], Ready: ['ok', '●'],
};

/** The sirens, those that would not sound first. */
export function sirensPanel(store: Store, actions: Actions): TemplateResult {
  const sirens = store.boards.sirens;
  if (!sirens) return loading();
  if (sirens.length === 0) return none(store, 'none.sirens');
  const ready = sirens.filter((siren) => siren.state === 'Ready' || siren.state === 'Sounding').length;
  const sorted = [...sirens].sort((one, other) => gravity.indexOf(one.state) - gravity.indexOf(other.state) || one.id.localeCompare(other.id));
  return html`
    <p class="summary ${ready < sirens.length ? 'bad' : ''}">${t('siren.summary', { ready: `\u2066${ready}\u2069`, all: `\u2066${sirens.length}\u2069` })}</p>
    ${repeat(sorted, (siren) => siren.id, (siren) => row(store, actions, siren))}${withheldNote(store)}`;
}

function row(store: Store, actions: Actions, siren: SirenRow): TemplateResult {
  const configured = store.configuration?.sirens.find((one) => one.id === siren.id);
  const zone = store.configuration?.zones.find((one) => one.id === siren.zone);
  const [kind, shape] = looks[siren.state] ?? ['doubt', '?'];
  return html`
    <div class="row">
      ${badge(kind, shape, name('siren', siren.state))}
      <span class="grow"><strong>${words(configured?.name ?? siren.id)}</strong> <small>${ltr(siren.id)} · ${words(nameOf(zone, siren.zone))}</small>
        <small class="line">${t('siren.heard')} ${ageOf(store, siren.lastHeard)}${siren.detail ? html` · ${words(siren.detail)}` : nothing}</small></span>
      ${store.operator ? html`<button class="quiet" @click=${() => actions.ask({ kind: 'testSiren', siren })}>${t('do.testSiren')}</button>` : nothing}
    </div>`;
}

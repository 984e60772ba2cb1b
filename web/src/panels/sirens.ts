import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { span } from '../format.js';
import { name, nameOf, t } from '../i18n/index.js';
import type { Actions } from '../actions.js';
import { counts } from '../model/siren.js';
import type { Store } from '../model/store.js';
import type { SirenGroupRow, SirenRow, SirenState } from '../model/types.js';
import { why } from './because.js';
import { ageOf, badge, loading, ltr, none, withheldNote, words } from './parts.js';

const gravity: SirenState[] = ['Failed', 'LinkDown', 'Unknown', 'Sounding', 'Acknowledged', 'Commanded', 'Ready'];
const looks: Record<SirenState, [string, string]> = {
  Failed: ['bad', '✕'], LinkDown: ['bad', '⊘'], Unknown: ['doubt', '?'], Sounding: ['Warning', '▲'],
  Acknowledged: ['plain', '…'], Commanded: ['plain', '…'], Ready: ['ok', '●'],
};
/** Of those missing so many are named; the rest is in the list below. */
const named = 20;

/** Whether a person should look at it. */
export const isWrong = (siren: SirenRow): boolean =>
  siren.state === 'Failed' || siren.state === 'LinkDown' || siren.doubt !== undefined || siren.test?.overdue === true;

/** The sirens: what became of the last order by zone, then each, those that would not sound first. */
export function sirensPanel(store: Store, actions: Actions): TemplateResult {
  const sirens = store.boards.sirens;
  if (!sirens) return loading();
  if (sirens.length === 0) return none(store, 'none.sirens');
  const ready = sirens.filter(counts).length;
  const weight = (siren: SirenRow): number => siren.doubt ? -1 : gravity.indexOf(siren.state);
  const sorted = [...sirens].sort((one, other) => weight(one) - weight(other) || one.id.localeCompare(other.id));
  return html`
    ${store.boards.sirenOutlet?.lost ? html`<p class="summary bad" role="alert">${t('siren.outletLost')}</p>` : nothing}
    ${repeat(store.boards.sirenGroups ?? [], (group) => group.zone, (group) => groupRow(store, group))}
    <p class="summary ${ready < sirens.length ? 'bad' : ''}">${t('siren.summary', { ready: `\u2066${ready}\u2069`, all: `\u2066${sirens.length}\u2069` })}</p>
    ${repeat(sorted, (siren) => siren.id, (siren) => row(store, actions, siren))}${withheldNote(store)}`;
}

/** "18 of 20 sounded", and who is missing and why. */
function groupRow(store: Store, group: SirenGroupRow): TemplateResult {
  const zone = store.configuration?.zones.find((one) => one.id === group.zone);
  const sentence = t(`siren.group.${group.action}`, { done: `\u2066${group.done}\u2069`, all: `\u2066${group.ordered}\u2069` });
  return html`
    <div class="row siren-group">
      ${group.done < group.ordered ? badge('bad', '✕', sentence) : badge('ok', '●', sentence)}
      <span class="grow"><strong>${words(nameOf(zone, group.zone))}</strong> <small>${ltr(group.alert)} · ${ageOf(store, group.at)}</small>
        ${group.missing.slice(0, named).map((missing) => html`<small class="line">${words(nameOf(store.configuration?.sirens.find((one) => one.id === missing.siren), missing.siren))}
          · ${name('siren.lack', missing.why)}${why(store, missing.cause, missing.why === 'Doubted' ? undefined : missing.detail)}</small>`)}
        ${group.missing.length > named ? html`<small class="line">+ ${ltr(group.missing.length - named)}</small>` : nothing}</span>
    </div>`;
}

function row(store: Store, actions: Actions, siren: SirenRow): TemplateResult {
  const configured = store.configuration?.sirens.find((one) => one.id === siren.id);
  const zone = store.configuration?.zones.find((one) => one.id === siren.zone);
  const [kind, shape] = looks[siren.state] ?? ['doubt', '?'];
  // While the link is up, the outlet vouches each second that the siren was heard.
  const heard = siren.linkUp && store.boards.sirenOutlet ? store.boards.sirenOutlet.lastHeard : siren.lastHeard;
  const guard = siren.guard === 'Unauthenticated' || siren.guard === 'Unfenced' ? t(`siren.guard.${siren.guard}`) : '';
  return html`
    <div class="row">
      ${badge(kind, shape, name('siren', siren.state))}
      <span class="grow"><strong>${words(nameOf(configured, siren.id))}</strong> <small>${ltr(siren.id)} · ${words(nameOf(zone, siren.zone))}${guard ? html` · ${guard}` : nothing}</small>
        ${siren.doubt ? html`<small class="line">${badge('bad', '✕', t('siren.doubted'))} ${name('siren.doubt', siren.doubt.kind)}${siren.doubt.figure ? html` ${ltr(siren.doubt.figure)}` : nothing} · ${ageOf(store, siren.doubt.since)}</small>` : nothing}
        <small class="line">${t('siren.since')} ${ltr(span((store.now() - Date.parse(siren.since)) / 1000))} · ${t('siren.heard')} ${ageOf(store, heard)}${why(store, siren.cause, siren.detail)}</small>
        ${siren.test ? html`<small class="line">${siren.test.overdue ? html`${badge('bad', '✕', t('siren.test.overdue'))} ` : nothing}${siren.test.passed
          ? html`${t('siren.test.passed')} ${ageOf(store, siren.test.passed)}` : t('siren.test.never')}</small>` : nothing}</span>
      ${store.operator ? html`<button class="quiet" @click=${() => actions.ask({ kind: 'testSiren', siren })}>${t('do.testSiren')}</button>` : nothing}
    </div>`;
}

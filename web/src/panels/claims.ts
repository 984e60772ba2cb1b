import { html, nothing, type TemplateResult } from 'lit';
import { name, t } from '../i18n/index.js';
import type { Actions } from '../actions.js';
import type { Store } from '../model/store.js';
import type { ClaimRow } from '../model/types.js';
import { acceptForm, rejectForm, reviseForm } from './claimForms.js';
import { filled, ltr, timeOf, words } from './parts.js';

/** A claim with who said it, how it is graded, what it was before, what contradicts it, and what can be done with it. */
export function claimItem(store: Store, actions: Actions, claim: ClaimRow): TemplateResult {
  const told = claim.chain.length > 0 ? claim.chain.join(' ← ') : claim.attribution;
  return html`<li class="claim" data-claim=${claim.id}>
    <q>${words(claim.text)}</q>
    ${claim.state === 'Accepted' ? nothing : html`<span class="chip ${claim.state === 'Proposed' ? 'bad' : ''}">${name('claim', claim.state)}</span>`}
    ${casualties(claim)}
    <small class="line">${ltr(claim.id)} · ${words(told)} · ${timeOf(store, claim.at)} · ${claim.grading ? ltr(claim.grading) : t('incident.ungraded')}${claim.time
      ? html` · ${t('account.when')} ${words(claim.time.words)}` : nothing}${claim.place ? html` · ${words(claim.place)}` : nothing}${claim.source
      ? html` · ${ltr(claim.source)}` : nothing}${claim.protectedSource ? html` · ${t('account.protected')}` : nothing}</small>
    ${claim.decided ? html`<small class="line">${name('claim', claim.state)} · ${t('site.by')} ${words(claim.decided.by)} ${timeOf(store, claim.decided.at)}${claim.decided.reason
      ? html` · ${words(claim.decided.reason)}` : nothing}</small>` : nothing}
    ${claim.revisions.map((row) => html`<small class="line">${t('account.before')} ${timeOf(store, row.at)}: ${words(row.text)}${casualties(row)}${row.grading
      ? html` · ${ltr(row.grading)}` : nothing} · ${words(row.by)}: ${words(row.reason)}</small>`)}
    ${claim.conflicts.map((row) => html`<small class="line"><span class="chip bad">≠ ${t('account.conflict')}</span> ${ltr(row.with)} · ${words(name('conflict', row.about))}: ${words(row.here)} / ${words(row.there)}</small>`)}
    ${store.operator ? html`<span class="acts">
      ${claim.state === 'Proposed' ? html`
        <button class="quiet" data-do="accept" @click=${() => actions.fill(acceptForm(claim))}>${t('do.accept')}</button>
        <button class="quiet" data-do="reject" @click=${() => actions.fill(rejectForm(claim))}>${t('do.reject')}</button>` : nothing}
      ${claim.state === 'Rejected' ? nothing : html`<button class="quiet" data-do="revise" @click=${() => actions.fill(reviseForm(claim))}>${t('do.revise')}</button>`}</span>` : nothing}
  </li>`;
}

const casualties = ({ killed, injured }: { killed?: number; injured?: number }): TemplateResult => html`${killed === undefined ? nothing
  : html` <span class="chip">${t('incident.killed')} ${ltr(killed)}</span>`}${injured === undefined ? nothing
  : html` <span class="chip">${t('incident.injured')} ${ltr(injured)}</span>`}`;

/** How many claims wait for a person, and how many contradict each other. */
export function claimSummary(claims: readonly ClaimRow[]): TemplateResult | typeof nothing {
  const proposed = claims.filter((claim) => claim.state === 'Proposed').length;
  const torn = claims.filter((claim) => claim.conflicts.length > 0 && claim.state !== 'Rejected').length;
  if (proposed + torn === 0) return nothing;
  return html`<p class="small">${proposed > 0 ? html`<span class="told waits">⚑ ${filled('account.proposed', 'count', String(proposed))}</span> ` : nothing}${torn > 0
    ? html`<span class="told failed">≠ ${filled('account.torn', 'count', String(torn))}</span>` : nothing}</p>`;
}

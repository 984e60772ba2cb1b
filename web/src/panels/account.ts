import { html, nothing, type TemplateResult } from 'lit';
import { name, t } from '../i18n/index.js';
import type { Store } from '../model/store.js';
import type { CaseRow, ClaimRow, IncursionRow, StatementRow } from '../model/types.js';
import { loading, ltr, none, timeOf, words } from './parts.js';

/** Claims of no incident, statements, incursions and case files. */
export function accountPanels(store: Store): TemplateResult {
  const { claims, statements, incursions, cases } = store.boards;
  return html`
    ${claims && claims.length > 0 ? html`<h3>${t('account.claims')}</h3><ol>${claims.map((claim) => claimItem(store, claim))}</ol>` : nothing}
    <h3>${t('incident.statements')}</h3>
    ${!statements ? loading() : statements.length === 0 ? none(store, 'none.statements') : statements.map((row) => statementItem(store, row))}
    <h3>${t('account.incursions')}</h3>
    ${!incursions ? loading() : incursions.length === 0 ? none(store, 'none.incursions') : incursions.map((row) => incursionItem(row))}
    ${cases && cases.length > 0 ? html`<h3>${t('account.cases')}</h3>${cases.map((row) => caseItem(store, row))}` : nothing}`;
}

/** A claim with who said it, how it is graded, what it was before and what contradicts it. */
export function claimItem(store: Store, claim: ClaimRow): TemplateResult {
  const told = claim.chain.length > 0 ? claim.chain.join(' ← ') : claim.attribution;
  return html`<li>
    <q>${words(claim.text)}</q>
    ${claim.state === 'Accepted' ? nothing : html`<span class="chip ${claim.state === 'Proposed' ? 'bad' : ''}">${name('claim', claim.state)}</span>`}
    ${claim.killed === undefined ? nothing : html`<span class="chip">${t('incident.killed')} ${ltr(claim.killed)}</span>`}
    ${claim.injured === undefined ? nothing : html`<span class="chip">${t('incident.injured')} ${ltr(claim.injured)}</span>`}
    <small class="line">${ltr(claim.id)} · ${words(told)} · ${timeOf(store, claim.at)} · ${claim.grading ? ltr(claim.grading) : t('incident.ungraded')}${claim.time
      ? html` · ${t('account.when')} ${words(claim.time.words)}` : nothing}${claim.place ? html` · ${words(claim.place)}` : nothing}${claim.source
      ? html` · ${ltr(claim.source)}` : nothing}${claim.protectedSource ? html` · ${t('account.protected')}` : nothing}</small>
    ${claim.revisions.map((row) => html`<small class="line">${t('account.before')} ${timeOf(store, row.at)}: ${words(row.text)}${row.killed === undefined
      ? nothing : html` · ${t('incident.killed')} ${ltr(row.killed)}`}${row.injured === undefined
      ? nothing : html` · ${t('incident.injured')} ${ltr(row.injured)}`}${row.grading ? html` · ${ltr(row.grading)}` : nothing} · ${words(row.by)}: ${words(row.reason)}</small>`)}
    ${claim.conflicts.map((row) => html`<small class="line"><span class="chip bad">${t('account.conflict')}</span> ${ltr(row.with)} · ${words(row.about)}: ${words(row.here)} / ${words(row.there)}</small>`)}
  </li>`;
}

function statementItem(store: Store, row: StatementRow): TemplateResult {
  return html`<article class="card">
    <header><strong>${words(row.speaker)}</strong> <span class="chip">${name('statement', row.state)}</span> <small>${ltr(row.id)} · ${timeOf(store, row.at)}</small></header>
    ${row.sentences.length === 0 ? html`<p class="small">${ltr(row.claims.join(', '))}</p>` : html`<ol>${row.sentences.map((sentence) => html`<li>${words(sentence.text)}
      <small class="line">${sentence.linked ? ltr([...sentence.claims, ...sentence.evidence].join(', ')) : sentence.position
        ? html`<span class="chip">${t('account.position')}</span>` : html`<span class="chip bad">${t('account.unlinked')}</span>`}</small></li>`)}</ol>`}
    ${row.embargo && row.state !== 'Published' ? html`<p class="small">${t('account.embargo')} ${timeOf(store, row.embargo)}</p>` : nothing}
    ${row.correctionReason ? html`<p class="small">${t('account.corrects')} ${ltr(row.version - 1)}: ${words(row.correctionReason)}</p>` : nothing}
  </article>`;
}

function incursionItem(row: IncursionRow): TemplateResult {
  return html`<details class="card">
    <summary><strong>${ltr(row.id)}</strong> <span class="chip">${name('incursion', row.state)}</span></summary>
    <ul>${row.lines.map((line) => html`<li><small>${name('item', line.item)}</small> ${ltr(line.value)}
      <small class="line">${line.probability === undefined ? nothing : html`${ltr(`P ${line.probability}`)} · `}${ltr(line.source)}</small>
      ${row.amendments.filter((each) => each.item === line.item).map((each) => html`<small class="line">${words(each.by)}: ${words(each.value)} (${words(each.basis)})</small>`)}</li>`)}</ul>
  </details>`;
}

function caseItem(store: Store, row: CaseRow): TemplateResult {
  return html`<article class="card">
    <header><strong>${words(row.title)}</strong> <span class="chip">${name('case', row.track)}</span> <small>${ltr(row.id)}</small></header>
    <ul>${row.deadlines.map((each) => html`<li>${words(each.what)}${each.to ? html` · ${words(each.to)}` : nothing} · ${timeOf(store, each.due)}
      ${each.met ? html`<span class="chip">${t('account.met')}</span>` : each.overdue ? html`<span class="chip bad">${t('account.overdue')}</span>` : nothing}</li>`)}</ul>
    <p class="small">${t('account.items')} ${ltr(row.items)} · ${t('account.looks')} ${ltr(row.looks)}</p>
  </article>`;
}

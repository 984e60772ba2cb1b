import { html, nothing, type TemplateResult } from 'lit';
import { t } from '../i18n/index.js';
import type { Actions } from '../actions.js';
import type { Store } from '../model/store.js';
import type { HandOverRow } from '../model/types.js';
import { lastCheck } from '../sound/check.js';
import { handOverItem } from './handOverItem.js';
import { handOverForm, noteForm, takeForm } from './orders.js';
import { ageOf, filled, loading, timeOf, withheldNote, words } from './parts.js';

/** Who has the watch, what is being handed over, and who had it before. */
export function shiftPanel(store: Store, actions: Actions): TemplateResult {
  const shift = store.boards.shift;
  if (!shift) return loading();
  const check = lastCheck(store.boards.log);
  if (!store.operator) return html`<p class="empty">${t('shift.restricted')}</p>${withheldNote(store)}`;
  return html`
    <article class="card">
      <header>${shift.by ? html`<span>${t('shift.has')}</span><strong>${words(shift.by)}</strong>` : html`<strong>⚠ ${t('shift.nobody')}</strong>`}
        <button class="quiet end" @click=${() => actions.fill(handOverForm())}>${t('do.handOver')}</button>
        <button class="quiet" @click=${() => actions.fill(takeForm())}>${t('do.take')}</button></header>
      ${shift.since ? html`<p class="small">${t('since')} ${timeOf(store, shift.since)}</p>` : nothing}
      <p class="small">${check ? html`${t('sound.lastCheck')} ${ageOf(store, check.at)}, ${words(check.by)}` : t('sound.noCheck')}
        <button class="quiet" @click=${() => actions.sound()}>${t('sound.check')}</button></p>
    </article>
    ${shift.handOver ? handOver(store, actions, shift.handOver) : nothing}
    ${shift.earlier.length > 0 ? html`<h3>${t('shift.earlier')}</h3>${[...shift.earlier].reverse().map((one) => html`
      <div class="row"><span class="grow"><strong>${words(one.by)}</strong> <small>${timeOf(store, one.from)} – ${timeOf(store, one.to)}</small></span></div>`)}` : nothing}`;
}

function handOver(store: Store, actions: Actions, offer: HandOverRow): TemplateResult {
  const open = offer.items.filter((item) => item.acknowledged === undefined).length;
  return html`
    <article class="card">
      <header><strong>${filled(offer.passed ? 'shift.passed' : 'shift.offered', 'person', offer.to)}</strong>
        ${open > 0 || !offer.passed ? html`<button class="quiet end" @click=${() => actions.fill(noteForm(store, offer))}>${t('do.note')}</button>` : nothing}</header>
      <p class="small">${timeOf(store, offer.passed ?? offer.at)}${offer.reason ? html` · ${words(offer.reason)}` : nothing}${open > 0
        ? html` · <span class="told waits">${filled('shift.open', 'count', String(open))}</span>` : nothing}</p>
      ${offer.items.length === 0 ? html`<p class="small">${t('shift.none')}</p>` : html`<ul>${offer.items.map((item) => html`
        <li>${item.acknowledged ? '✓' : '…'} ${handOverItem(store, item)}</li>`)}</ul>`}
      ${offer.more > 0 ? html`<p class="note bad">${filled('shift.more', 'count', String(offer.more))}</p>` : nothing}
    </article>`;
}

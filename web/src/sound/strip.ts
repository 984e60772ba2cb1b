import { html, nothing, type TemplateResult } from 'lit';
import { isolated } from '../panels/parts.js';
import { t } from '../i18n/index.js';
import type { Actions } from '../actions.js';
import type { Store } from '../model/store.js';
import { checkDue } from './check.js';
import type { Ear } from './ear.js';

/** Whether a Warning would be heard here. Never silent without saying so. */
export function soundStrip(store: Store, actions: Actions, ear: Ear): TemplateResult {
  const calling = ear.calling;
  const due = store.operator && checkDue(store.boards.log, store.boards.shift);
  return html`<div class="sound ${ear.audible ? '' : 'silent'}" id="sound" role="status">
    ${ear.ability === 'absent' ? html`<b>✕ ${t('sound.absent')}</b>`
      : ear.ability === 'blocked' ? html`<b>✕ ${t('sound.blocked')}</b> <button id="sound-allow" @click=${() => ear.allow()}>${t('sound.allow')}</button>`
      : ear.muted ? html`<b>✕ ${t('sound.muted')}</b> <button @click=${() => ear.mute(false)}>${t('sound.unmute')}</button>`
      : html`<span>✓ ${t('sound.on', { volume: isolated(`${Math.round(ear.volume * 100)}%`) })}</span>`}
    ${calling > 0 ? html`<button id="silence" @click=${() => ear.silence()}>${t('sound.silence', { count: isolated(calling) })}</button>` : nothing}
    <button class="quiet end" id="sound-check" @click=${() => actions.sound()}>${due ? html`⚑ ${t('sound.due')}` : t('sound.check')}</button>
  </div>`;
}

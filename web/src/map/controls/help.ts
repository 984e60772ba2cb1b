import { html, nothing, render } from 'lit';
import { t } from '../../i18n/index.js';
import { ltr } from '../../panels/parts.js';
import type { Store } from '../../model/store.js';
import { allKeys, type KeyGroup } from '../../tools/keys.js';

const groups: KeyGroup[] = ['alerts', 'map', 'tracks', 'show', 'time', 'window'];
const shown: Record<string, string> = { ArrowUp: '↑', ArrowDown: '↓', ArrowLeft: '←', ArrowRight: '→', Escape: 'Esc', ' ': '␣' };

/** All keys, and the switch that turns single ones off. */
export class Help {
  private readonly host = document.createElement('div');

  constructor(dialogs: HTMLElement, private readonly store: Store) {
    dialogs.after(this.host);
  }

  show(): void {
    this.draw();
    const dialog = this.host.querySelector('dialog');
    if (dialog && !dialog.open) dialog.showModal();
  }

  private draw(): void {
    const { settings } = this.store;
    render(html`
      <dialog class="help" aria-labelledby="help-title" @close=${() => render(nothing, this.host)} @keydown=${(event: KeyboardEvent) => {
        if (event.key === '?') this.host.querySelector('dialog')?.close();
      }}>
        <form method="dialog" class="question">
          <h2 id="help-title">${t('map.help')}</h2>
          <div class="help-groups">${groups.filter((group) => allKeys().some((one) => one.group === group)).map((group) => html`
            <section><h3>${t(`keys.group.${group}`)}</h3><dl>${allKeys().filter((one) => one.group === group).map((one) => html`
              <dt>${one.keys.map((key) => html`<kbd>${ltr(shown[key] ?? key)}</kbd>`)}</dt><dd>${t(one.what)}</dd>`)}</dl></section>`)}
          </div>
          <p class="small">${t('keys.onMap')}</p>
          <label class="tick"><input type="checkbox" .checked=${settings.singleKeys} @change=${(event: Event) => {
            settings.singleKeys = (event.target as HTMLInputElement).checked;
            settings.save();
          }} />${t('keys.single')}</label>
          <footer><button>${t('do.close')}</button></footer>
        </form>
      </dialog>`, this.host);
  }
}

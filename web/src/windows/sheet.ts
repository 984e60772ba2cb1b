import { html } from 'lit';
import { t, type Key } from '../i18n/index.js';
import { tabs } from '../model/view.js';
import type { Sheet } from '../panels/sheet.js';
import type { WindowLink } from './link.js';

/** Opens further windows, for further screens, and links or unlinks this one. */
export function windowsSheet(link: WindowLink): Sheet {
  return {
    template(redraw, close) {
      const entry = (view: string, word: Key) => html`<li><a href="?view=${view}" target="nadhir-${view}">${t(word)}</a></li>`;
      return html`
        <form method="dialog" class="question sheet" id="windows-sheet">
          <h2 id="dialog-title">${t('windows.title')}</h2>
          <p>${t('windows.what')}</p>
          <ul class="links">${entry('wall', 'windows.wall')}${entry('map', 'windows.map')}${entry('alerts', 'panel.alerts')}${entry('boards', 'windows.boards')}
            <li><a href="." target="nadhir-all">${t('windows.all')}</a></li></ul>
          <details><summary>${t('windows.one')}</summary><ul class="links">${tabs.map((tab) => entry(tab, `tab.${tab}`))}</ul></details>
          <label class="tick"><input type="checkbox" name="linked" .checked=${link.linked} @change=${(event: Event) => {
            link.link((event.target as HTMLInputElement).checked);
            redraw();
          }} /><span>${t('windows.linked')}</span></label>
          <footer><button type="button" class="quiet" @click=${close}>${t('do.close')}</button></footer>
        </form>`;
    },
  };
}

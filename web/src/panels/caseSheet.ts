import { html, nothing, type TemplateResult } from 'lit';
import { name, t } from '../i18n/index.js';
import { headers, refusalOf } from '../net/api.js';
import type { Store } from '../model/store.js';
import type { CaseAnswer, CaseRow } from '../model/types.js';
import type { Sheet } from './sheet.js';
import { dayOf, ltr, role, setRole, timeOf, words } from './parts.js';

/** What is in a case file, and who has looked: asked for by name, because the look goes on record first. */
export function caseSheet(store: Store, row: CaseRow): Sheet {
  let shown: CaseAnswer | null = null;
  let [fault, link] = ['', ''];
  return {
    wide: true,
    template(redraw, close) {
      const look = async (event: SubmitEvent): Promise<void> => {
        event.preventDefault();
        const asExport = (event.submitter as HTMLButtonElement | null)?.value === 'export';
        const by = String(new FormData(event.target as HTMLFormElement).get('by') ?? '').trim();
        setRole(by);
        fault = '';
        try {
          const answer = await fetch(`api/cases/${encodeURIComponent(row.id)}?${new URLSearchParams({ by, ...(asExport ? { export: 'true' } : {}) })}`,
            { headers: headers(), cache: 'no-store', signal: AbortSignal.timeout(10_000) });
          if (answer.ok) {
            const said = await answer.text();
            shown = JSON.parse(said) as CaseAnswer;
            if (asExport) link = URL.createObjectURL(new Blob([said], { type: 'application/json' }));
          } else fault = await refusalOf(answer);
        } catch {
          fault = t('confirm.unknown');
        }
        redraw();
      };
      return html`
        <form method="dialog" class="question sheet" id="case-sheet" @submit=${(event: SubmitEvent) => void look(event)}>
          <h2 id="dialog-title">${words(row.title)} <small>${ltr(row.id)}</small></h2>
          ${shown ? contents(store, shown) : html`<p>${t('cases.onRecord')}</p>`}
          <label>${t('confirm.by')}<input name="by" required maxlength="120" dir="auto" autocomplete="off" .value=${role()} /></label>
          ${fault ? html`<p class="fault" role="alert">${t('confirm.failed')}: ${fault}</p>` : nothing}
          ${link ? html`<p role="status">✓ <a href=${link} download="case-${row.id.replace(/[^\w-]/g, '-')}.json">${t('dossier.save')}</a></p>` : nothing}
          <footer><button type="button" class="quiet" @click=${close}>${t('do.close')}</button>
            <button type="submit" value="export" class="quiet">${t('do.export')}</button><button type="submit" value="look">${t('do.look')}</button></footer>
        </form>`;
    },
  };
}

function contents(store: Store, { items, looks }: CaseAnswer): TemplateResult {
  return html`<div class="history" tabindex="0" role="region" aria-label=${t('account.items')}>
    <h3>${t('account.items')}</h3>
    ${items.length === 0 ? html`<p class="empty">${t('none.items')}</p>` : html`<ol>${items.map((item) => html`<li><span class="chip">${name('caseItem', item.kind)}</span> ${words(item.text)}${item.source ? html` · ${ltr(item.source)}` : nothing}
      <small class="line">${words(item.by)} · ${dayOf(store, item.at)} ${timeOf(store, item.at)}</small></li>`)}</ol>`}
    <h3>${t('cases.looks')}</h3>
    <ol>${[...looks].reverse().map((look) => html`<li>${name('access', look.access)} · ${words(look.by)} · ${dayOf(store, look.at)} ${timeOf(store, look.at)}</li>`)}</ol></div>`;
}

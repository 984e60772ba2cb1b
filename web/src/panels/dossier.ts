import { html, nothing } from 'lit';
import { language, t } from '../i18n/index.js';
import { ownName } from '../i18n/load.js';
import { headers, refusalOf } from '../net/api.js';
import type { IncidentRow } from '../model/types.js';
import type { Sheet } from './sheet.js';
import { role, setRole, words } from './parts.js';

const askEvery = 1500;
/** The languages in which pages are printed. */
const printed = ['en', 'ar'];

/** Takes the dossier of an incident out: who does goes on record, then it is made, then the browser keeps it. */
export function dossierSheet(incident: IncidentRow): Sheet {
  let state: 'asking' | 'making' | 'made' = 'asking';
  let [fault, link, file] = ['', '', ''];
  return {
    template(redraw, close) {
      const make = async (event: SubmitEvent): Promise<void> => {
        event.preventDefault();
        const form = new FormData(event.target as HTMLFormElement);
        const [by, profile, lang] = ['by', 'profile', 'lang'].map((one) => String(form.get(one) ?? '').trim());
        setRole(by ?? '');
        [state, fault] = ['making', ''];
        redraw();
        const made = await fetchDossier(incident.id, { by: by ?? '', profile: profile ?? 'court', lang: lang ?? 'en' });
        if (made.blob) {
          link = URL.createObjectURL(made.blob);
          file = made.name;
          state = 'made';
        } else {
          fault = made.fault;
          state = 'asking';
        }
        redraw();
      };
      return html`
        <form method="dialog" class="question sheet" id="dossier-sheet" @submit=${(event: SubmitEvent) => void make(event)}>
          <h2 id="dialog-title">${t('do.dossier').replace('…', '')} — ${words(incident.title)}</h2>
          <p>${t('dossier.what')}</p>
          <label>${t('dossier.profile')}<select name="profile">${(['court', 'partner', 'public'] as const).map((one) => html`<option value=${one}>${t(`dossier.${one}`)}</option>`)}</select></label>
          <label>${t('dossier.language')}<select name="lang">${printed.map((one) => html`<option value=${one} lang=${one} ?selected=${language() === one}>${ownName(one)}</option>`)}</select></label>
          <label>${t('confirm.by')}<input name="by" required maxlength="120" dir="auto" autocomplete="off" .value=${role()} /></label>
          ${fault ? html`<p class="fault" role="alert">${t('confirm.failed')}: ${fault}</p>` : nothing}
          <div role="status">${state === 'making' ? html`<p>${t('dossier.making')}</p>` : state === 'made'
            ? html`<p>✓ <a id="dossier-link" href=${link} download=${file}>${t('dossier.save')}</a></p>` : nothing}</div>
          <footer><button type="button" class="quiet" @click=${close}>${t('do.close')}</button>
            <button type="submit" ?disabled=${state === 'making'}>${t('dossier.make')}</button></footer>
        </form>`;
    },
  };
}

type Made = { blob: Blob; name: string } | { blob: null; fault: string };

async function fetchDossier(incident: string, wish: Record<string, string>): Promise<Made> {
  const at = `api/incidents/${encodeURIComponent(incident)}/dossier`;
  try {
    let answer = await fetch(`${at}?${new URLSearchParams(wish)}`, { headers: headers(), cache: 'no-store' });
    while (answer.status === 202) {
      const { ticket } = (await answer.json()) as { ticket: string };
      await new Promise((next) => setTimeout(next, askEvery));
      answer = await fetch(`${at}?${new URLSearchParams({ ticket })}`, { headers: headers(), cache: 'no-store' });
    }
    if (answer.ok) return { blob: await answer.blob(), name: /filename="?([^";]+)/.exec(answer.headers.get('Content-Disposition') ?? '')?.[1] ?? 'dossier.tar' };
    return { blob: null, fault: await refusalOf(answer) };
  } catch {
    return { blob: null, fault: t('dossier.noAnswer') };
  }
}

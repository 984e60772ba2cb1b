import { html, nothing, type TemplateResult } from 'lit';
import { t } from '../i18n/index.js';
import { send } from '../net/api.js';
import type { Sheet } from '../panels/sheet.js';
import type { Store } from '../model/store.js';
import type { Cause } from '../model/types.js';
import { ageOf, role, setRole, words } from '../panels/parts.js';
import { cues, type Cue } from './cues.js';
import { lastCheck, checkKind } from './check.js';
import type { Ear } from './ear.js';

/** What goes on record of a check, in the words of the record and as a code. */
const heardAll = (percent: number): { text: string; cause: Cause } =>
  ({ text: `all four tones heard at volume ${percent} %`, cause: { code: 'TonesHeard', figures: [String(percent)] } });

/** Volume, mute, the four tones, and the sound check at the start of a watch, which goes on record. */
export function soundSheet(store: Store, ear: Ear): Sheet {
  const heard = new Set<Cue>();
  let [sending, fault, done] = [false, '', false];
  return {
    template(redraw, close) {
      const record = async (event: SubmitEvent): Promise<void> => {
        event.preventDefault();
        const by = String(new FormData(event.target as HTMLFormElement).get('by') ?? '').trim();
        setRole(by);
        [sending, fault] = [true, ''];
        redraw();
        const result = await send({ type: 'event.record', by, kind: checkKind, ...heardAll(Math.round(ear.volume * 100)) });
        sending = false;
        done = result.done === true;
        fault = result.done === true ? '' : result.done === 'unknown' ? t('confirm.unknown') : `${t('confirm.failed')}: ${result.reason}`;
        redraw();
      };
      const check = lastCheck(store.boards.log);
      return html`
        <form method="dialog" class="question sheet" id="sound-sheet" @submit=${(event: SubmitEvent) => void record(event)}>
          <h2 id="dialog-title">${t('sound.title')}</h2>
          ${state(ear)}
          <label>${t('sound.volume')} <input type="range" min="10" max="100" step="5" name="volume" .value=${String(Math.round(ear.volume * 100))}
            @input=${(event: Event) => ear.setVolume(Number((event.target as HTMLInputElement).value) / 100)} /></label>
          <label class="tick"><input type="checkbox" name="muted" .checked=${ear.muted} @change=${(event: Event) => {
            ear.mute((event.target as HTMLInputElement).checked);
            redraw();
          }} /><span>${t('sound.mute')}</span></label>
          <fieldset><legend>${t('sound.check')}</legend>
            <ul class="tones">${cues.map((cue) => html`<li>
              <button type="button" data-tone=${cue} @click=${() => ear.test(cue)}>▶ ${t(`sound.${cue}`)}</button>
              <label class="tick"><input type="checkbox" name="heard-${cue}" .checked=${heard.has(cue)} @change=${(event: Event) => {
                if ((event.target as HTMLInputElement).checked) heard.add(cue);
                else heard.delete(cue);
                redraw();
              }} /><span>${t('sound.heardIt')}</span></label></li>`)}</ul>
            ${store.operator ? html`<p class="small">${check ? html`${t('sound.lastCheck')} ${ageOf(store, check.at)}, ${words(check.by)}` : t('sound.noCheck')}</p>` : nothing}
          </fieldset>
          ${notifications(redraw)}
          ${store.operator ? html`<label>${t('confirm.by')}<input name="by" required maxlength="120" dir="auto" autocomplete="off" .value=${role()} /></label>` : nothing}
          ${fault ? html`<p class="fault" role="alert">${fault}</p>` : nothing}
          ${done ? html`<p role="status">✓ ${t('sound.recorded')}</p>` : nothing}
          <footer><button type="button" class="quiet" @click=${close}>${t('do.close')}</button>
            ${store.operator ? html`<button type="submit" ?disabled=${sending || heard.size < cues.length}>${sending ? t('confirm.sending') : t('sound.record')}</button>` : nothing}</footer>
        </form>`;
    },
  };
}

function state(ear: Ear): TemplateResult {
  if (ear.ability === 'absent') return html`<p class="fault" role="alert">✕ ${t('sound.absent')}</p>`;
  if (ear.ability === 'blocked') return html`<p class="fault" role="alert">✕ ${t('sound.blocked')}</p>`;
  return ear.muted ? html`<p class="awaits">✕ ${t('sound.muted')}</p>` : html`<p>✓ ${t('sound.ready')}</p>`;
}

/** Notes of the browser's own, seen when another window is in front. */
function notifications(redraw: () => void): TemplateResult {
  const may = 'Notification' in globalThis ? Notification.permission : 'unsupported';
  return html`<p class="small">${t('notify.title')}: ${t(`notify.${may}`)}
    ${may === 'default' ? html`<button type="button" class="quiet" @click=${() => void Notification.requestPermission().then(redraw)}>${t('notify.ask')}</button>` : nothing}</p>`;
}

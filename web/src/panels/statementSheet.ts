import { html, nothing, type TemplateResult } from 'lit';
import { t } from '../i18n/index.js';
import { send } from '../net/api.js';
import type { Store } from '../model/store.js';
import type { StatementRow } from '../model/types.js';
import type { Sheet } from './sheet.js';
import { filled, ltr, role, setRole, words } from './parts.js';

interface Sentence { text: string; claims: string[]; evidence: string; position: boolean }

const empty = (): Sentence => ({ text: '', claims: [], evidence: '', position: false });

/** Whether a sentence may be published: it rests on something on record, or is the speaker's own position. */
const rests = (sentence: Sentence): boolean => sentence.position || sentence.claims.length > 0 || sentence.evidence.trim() !== '';

/** Writes a statement sentence by sentence, each with what it rests on; a published one is corrected by a new version. */
export function statementSheet(store: Store, row?: StatementRow): Sheet {
  const corrects = row?.state === 'Published';
  const sentences: Sentence[] = row && row.sentences.length > 0
    ? row.sentences.map((one) => ({ text: one.text, claims: [...one.claims], evidence: one.evidence.join('; '), position: one.position })) : [empty()];
  let [id, speaker, reason, by, embargo, fault, sending] = [row?.id ?? '', row?.speaker ?? '', '', role(), '', '', false];
  const title = corrects ? 'do.correctStatement' : row ? 'do.rewrite' : 'do.draft';
  return {
    wide: true,
    template(redraw, close) {
      const take = (change: () => void): void => {
        change();
        redraw();
      };
      const submit = async (event: SubmitEvent): Promise<void> => {
        event.preventDefault();
        setRole(by.trim());
        [sending, fault] = [true, ''];
        redraw();
        const written = sentences.filter((one) => one.text.trim() !== '').map((one) => ({
          text: one.text.trim(), claims: one.claims, position: one.position,
          evidence: one.evidence.split(/[;؛]/).map((part) => part.trim()).filter((part) => part !== ''),
        }));
        const until = embargo === '' ? {} : { embargo: new Date(`${embargo}Z`).toISOString() };
        const result = await send(corrects
          ? { type: 'statement.correct', by: by.trim(), statement: id.trim(), reason: reason.trim(), sentences: written, ...until }
          : { type: 'statement.draft', by: by.trim(), statement: id.trim(), speaker: speaker.trim(), sentences: written, ...(row?.incident ? { incident: row.incident } : {}), ...until });
        sending = false;
        if (result.done === true) return close();
        fault = result.done === 'unknown' ? t('confirm.unknown') : `${t('confirm.failed')}: ${result.reason}`;
        redraw();
      };
      const world = store.configuration?.exercise ? 'exercise' : 'live';
      const loose = sentences.filter((one) => one.text.trim() !== '' && !rests(one)).length;
      const typed = (set: (value: string) => void) => (event: Event) => take(() => set((event.target as HTMLInputElement).value));
      return html`
        <form method="dialog" class="question sheet ${world}" id="statement-sheet" @submit=${(event: SubmitEvent) => void submit(event)}>
          <p class="world">${t(`act.${world}`)}</p>
          <h2 id="dialog-title">${t(title).replace('…', '')}${row ? html` — ${ltr(row.id)}` : nothing}</h2>
          ${row ? nothing : html`<label>${t('form.id')}<input name="id" required maxlength="400" dir="auto" autocomplete="off" .value=${id} @input=${typed((value) => { id = value; })} /></label>`}
          ${corrects ? html`<label>${t('confirm.reason')}<input name="reason" required maxlength="400" dir="auto" autocomplete="off" .value=${reason} @input=${typed((value) => { reason = value; })} /></label>`
            : html`<label>${t('form.speaker')}<input name="speaker" required maxlength="400" dir="auto" autocomplete="off" .value=${speaker} @input=${typed((value) => { speaker = value; })} /></label>`}
          <ol class="sentences">${sentences.map((one, i) => sentence(store, one, i, sentences, take))}</ol>
          <p class="acts"><button type="button" class="quiet" data-do="add" @click=${() => take(() => { sentences.push(empty()); })}>${t('statement.add')}</button>
            ${loose > 0 ? html`<span class="told waits">⚑ ${filled('statement.unlinked', 'number', String(loose))}</span>` : nothing}</p>
          <label>${t('form.embargo')}<input name="embargo" type="datetime-local" dir="ltr" .value=${embargo} @input=${typed((value) => { embargo = value; })} /></label>
          <label>${t('confirm.by')}<input name="by" required maxlength="120" dir="auto" autocomplete="off" .value=${by} @input=${typed((value) => { by = value; })} /></label>
          ${fault ? html`<p class="fault" role="alert">${fault}</p>` : nothing}
          <footer><button type="button" class="quiet" @click=${close}>${t('do.cancel')}</button>
            <button type="submit" class=${world === 'live' ? 'danger' : 'exercise'} ?disabled=${sending || sentences.every((one) => one.text.trim() === '')}>${sending
              ? t('confirm.sending') : `${t(world)}: ${t(title).replace('…', '')}`}</button></footer>
        </form>`;
    },
  };
}

function sentence(store: Store, one: Sentence, i: number, all: Sentence[], take: (change: () => void) => void): TemplateResult {
  const accepted = store.allClaims().filter((claim) => claim.state === 'Accepted');
  return html`<li><fieldset><legend>${filled('statement.sentence', 'number', String(i + 1))}</legend>
    <label>${t('form.words')}<textarea name="text-${i}" rows="2" maxlength="10000" dir="auto" .value=${one.text} @input=${(event: Event) => take(() => { one.text = (event.target as HTMLTextAreaElement).value; })}></textarea></label>
    ${accepted.length > 0 ? html`<fieldset><legend>${t('statement.restsOn')}</legend><ul class="zones">${accepted.map((claim) => html`<li><label><input type="checkbox" name="claim-${i}" value=${claim.id}
      .checked=${one.claims.includes(claim.id)} @change=${(event: Event) => take(() => {
        one.claims = (event.target as HTMLInputElement).checked ? [...one.claims, claim.id] : one.claims.filter((id) => id !== claim.id);
      })} /><span>${ltr(claim.id)} ${words(claim.text)}</span></label></li>`)}</ul></fieldset>` : nothing}
    <label>${t('form.evidence')}<input name="evidence-${i}" maxlength="400" dir="auto" autocomplete="off" .value=${one.evidence} @input=${(event: Event) => take(() => { one.evidence = (event.target as HTMLInputElement).value; })} /></label>
    <label class="tick"><input type="checkbox" name="position-${i}" .checked=${one.position} @change=${(event: Event) => take(() => { one.position = (event.target as HTMLInputElement).checked; })} /><span>${t('statement.position')}</span></label>
    ${all.length > 1 ? html`<button type="button" class="quiet" @click=${() => take(() => { all.splice(i, 1); })}>${t('statement.remove')}</button>` : nothing}
  </fieldset></li>`;
}

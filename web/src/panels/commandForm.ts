import { html, nothing, type TemplateResult } from 'lit';
import { t, type Key } from '../i18n/index.js';
import { send } from '../net/api.js';
import type { Store } from '../model/store.js';
import type { Command } from '../model/types.js';
import { role, setRole, words } from './parts.js';

export interface Field {
  name: string;
  label: Key;
  /** 'many': any number of the options. */
  kind: 'text' | 'long' | 'number' | 'check' | 'select' | 'many' | 'time';
  /** What a text must look like. */
  pattern?: string;
  least?: number;
  most?: number;
  required?: boolean;
  value?: string;
  options?: { value: string; word: string; depth?: number }[];
}

/** An order or report that a person fills in. */
export interface CommandForm {
  title: Key;
  subject: string;
  /** Whether the public hears of it. */
  isPublic?: true;
  /** What it does, in a sentence. */
  note?: Key;
  fields: Field[];
  /** The command for what was filled in; its `by` is put in afterwards. */
  command(filled: Filled): { type: string } & Record<string, unknown>;
}

/** What was filled in; an empty field is absent. */
export class Filled {
  constructor(private readonly form: FormData) {}
  text(name: string): string {
    return String(this.form.get(name) ?? '').trim();
  }
  number(name: string): number | undefined {
    const text = this.text(name);
    return text === '' ? undefined : Number(text);
  }
  /** A time typed in UTC. */
  time(name: string): string | undefined {
    const text = this.text(name);
    return text === '' ? undefined : new Date(`${text}Z`).toISOString();
  }
  /** Parts of a list typed with semicolons, of either script. */
  list(name: string): string[] {
    return this.text(name).split(/[;؛]/).map((one) => one.trim()).filter((one) => one !== '');
  }
  flag(name: string): boolean {
    return this.form.has(name);
  }
  many(name: string): string[] {
    return this.form.getAll(name).map(String);
  }
}

/** Shows the form, sends the command, and says what came of it. */
export class CommandFormDialog {
  private sending = false;
  private fault = '';

  constructor(private readonly store: Store, private readonly form: CommandForm, private readonly redraw: () => void, private readonly close: () => void) {}

  template(): TemplateResult {
    const world = this.store.configuration?.exercise ? 'exercise' : 'live';
    const title = t(this.form.title).replace('…', '');
    return html`
      <form method="dialog" class="question ${world}" @submit=${(event: SubmitEvent) => void this.submit(event)}>
        <p class="world">${t(this.form.isPublic ? `confirm.${world}` : `act.${world}`)}</p>
        <h2 id="dialog-title">${title}${this.form.subject ? html` — ${words(this.form.subject)}` : nothing}</h2>
        ${this.form.note ? html`<p>${t(this.form.note)}</p>` : nothing}
        ${this.form.fields.map(field)}
        <label>${t('confirm.by')}<input name="by" required maxlength="120" dir="auto" autocomplete="off" .value=${role()} /></label>
        ${this.fault ? html`<p class="fault" role="alert">${this.fault}</p>` : nothing}
        <footer>
          <button type="button" class="quiet" @click=${this.close}>${t('do.cancel')}</button>
          <button type="submit" class=${world === 'live' ? 'danger' : 'exercise'} ?disabled=${this.sending}>${this.sending ? t('confirm.sending') : `${t(world)}: ${title}`}</button>
        </footer>
      </form>`;
  }

  private async submit(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    if (this.sending) return;
    const filled = new Filled(new FormData(event.target as HTMLFormElement));
    const by = filled.text('by');
    setRole(by);
    this.sending = true;
    this.fault = '';
    this.redraw();
    const command: Command = { ...this.form.command(filled), by };
    const result = await send(command);
    this.sending = false;
    if (result.done === true) {
      this.close();
      return;
    }
    this.fault = result.done === 'unknown' ? t('confirm.unknown') : `${t('confirm.failed')}: ${result.reason}`;
    this.redraw();
  }
}

function field(one: Field): TemplateResult {
  const label = t(one.label);
  switch (one.kind) {
    case 'check': return html`<label class="tick"><input type="checkbox" name=${one.name} ?checked=${one.value === 'true'} /><span>${label}</span></label>`;
    case 'long': return html`<label>${label}<textarea name=${one.name} rows="3" maxlength=${one.most ?? 10_000} dir="auto" ?required=${one.required ?? false} .value=${one.value ?? ''}></textarea></label>`;
    case 'time': return html`<label>${label}<input name=${one.name} type="datetime-local" dir="ltr" ?required=${one.required ?? false} .value=${one.value ?? ''} /></label>`;
    case 'number': return html`<label>${label}<input name=${one.name} type="number" min=${one.least ?? 0} max=${one.most ?? 8784} step="any" dir="ltr" ?required=${one.required ?? false} .value=${one.value ?? ''} /></label>`;
    case 'select': return html`<label>${label}<select name=${one.name} ?required=${one.options?.[0]?.value !== ''}>${(one.options ?? []).map((option) =>
      html`<option value=${option.value} ?selected=${option.value === one.value}>${option.word}</option>`)}</select></label>`;
    case 'many': return html`<fieldset><legend>${label}</legend><ul class="zones">${(one.options ?? []).map((option) =>
      html`<li style="padding-inline-start:${(option.depth ?? 0) * 18}px"><label><input type="checkbox" name=${one.name} value=${option.value} /><span>${words(option.word)}</span></label></li>`)}</ul></fieldset>`;
    case 'text': return html`<label>${label}<input name=${one.name} maxlength="400" dir="auto" autocomplete="off" ?required=${one.required ?? false} pattern=${one.pattern ?? '[^]*'} .value=${one.value ?? ''} /></label>`;
  }
}

import { html, render, nothing, type TemplateResult } from 'lit';
import { nameOf, t } from '../i18n/index.js';
import { send, setToken } from '../net/api.js';
import { commandFor, needsReason, type Question } from '../actions.js';
import type { Store } from '../model/store.js';
import { words } from './parts.js';

const roleKey = 'nadhir.role';
const titles = {
  acknowledge: 'do.acknowledge', release: 'do.release', allClear: 'do.allClear', correct: 'do.correct', phase: 'do.phase', testSiren: 'do.testSiren',
} as const;

/** Questions that stand before an order. Their words differ in exercise and live, so that no one takes one for the other. */
export class Dialogs {
  private state: 'asking' | 'sending' = 'asking';
  private fault = '';

  constructor(private readonly host: HTMLElement, private readonly store: Store, private readonly signedIn: () => void) {}

  ask(question: Question): void {
    this.state = 'asking';
    this.fault = '';
    this.show(() => this.question(question));
  }

  signIn(): void {
    this.fault = '';
    this.show(() => this.tokenForm());
  }

  private show(template: () => TemplateResult): void {
    const draw = (): void => {
      render(html`<dialog @close=${() => render(nothing, this.host)} aria-labelledby="dialog-title">${template()}</dialog>`, this.host);
    };
    this.redraw = draw;
    draw();
    const dialog = this.host.querySelector('dialog');
    if (dialog && !dialog.open) dialog.showModal();
  }

  private redraw: () => void = () => undefined;
  private readonly close = (): void => this.host.querySelector('dialog')?.close();

  private question(question: Question): TemplateResult {
    const world = this.store.configuration?.exercise ? 'exercise' : 'live';
    const ladder = this.store.configuration?.ladder.phases ?? [];
    return html`
      <form method="dialog" class="question ${world}" @submit=${(event: SubmitEvent) => void this.submit(event, question)}>
        <p class="world">${t(`confirm.${world}`)}</p>
        <h2 id="dialog-title">${t(titles[question.kind])} — ${words(this.subject(question))}</h2>
        <p>${t(`confirm.${question.kind}.${world}`)}</p>
        ${question.kind === 'phase' ? html`<label>${t('confirm.phaseLabel')}<select name="phase">${ladder.map((phase) =>
          html`<option value=${phase} ?selected=${phase === question.site.phase}>${phase}</option>`)}</select></label>` : nothing}
        ${needsReason(question) ? html`<label>${t('confirm.reason')}<input name="reason" required maxlength="400" dir="auto" autocomplete="off" /></label>` : nothing}
        <label>${t('confirm.by')}<input name="by" required maxlength="120" dir="auto" autocomplete="off" .value=${sessionStorage.getItem(roleKey) ?? ''} /></label>
        ${this.fault ? html`<p class="fault" role="alert">${this.fault}</p>` : nothing}
        <footer>
          <button type="button" class="quiet" @click=${this.close}>${t('do.cancel')}</button>
          <button type="submit" class=${world === 'live' ? 'danger' : 'exercise'} ?disabled=${this.state === 'sending'}>${this.state === 'sending' ? t('confirm.sending') : t(titles[question.kind])}</button>
        </footer>
      </form>`;
  }

  private subject(question: Question): string {
    const configuration = this.store.configuration;
    if (question.kind === 'phase') return nameOf(configuration?.sites.find((one) => one.id === question.site.id), question.site.id);
    if (question.kind === 'testSiren') return configuration?.sirens.find((one) => one.id === question.siren.id)?.name ?? question.siren.id;
    return nameOf(configuration?.zones.find((one) => one.id === question.alert.zone), question.alert.zone);
  }

  private async submit(event: SubmitEvent, question: Question): Promise<void> {
    event.preventDefault();
    if (this.state === 'sending') return;
    const form = new FormData(event.target as HTMLFormElement);
    const field = (name: string): string => String(form.get(name) ?? '').trim();
    sessionStorage.setItem(roleKey, field('by'));
    this.state = 'sending';
    this.fault = '';
    this.redraw();
    const result = await send(commandFor(question, field('by'), field('reason'), field('phase')));
    this.state = 'asking';
    if (result.done === true) {
      this.close();
      return;
    }
    this.fault = result.done === 'unknown' ? t('confirm.unknown') : `${t('confirm.failed')}: ${result.reason}`;
    this.redraw();
  }

  private tokenForm(): TemplateResult {
    const loopback = this.store.configuration?.signIn === 'loopback';
    return html`
      <form method="dialog" class="question" @submit=${(event: SubmitEvent) => this.takeToken(event)}>
        <h2 id="dialog-title">${t('signIn.title')}</h2>
        ${loopback ? html`<p>${t('signIn.loopback')}</p>` : html`<label>${t('signIn.token')}<input name="token" type="password" required autocomplete="off" dir="ltr" /></label>`}
        <footer>
          <button type="button" class="quiet" @click=${this.close}>${t('do.close')}</button>
          ${loopback ? nothing : html`<button type="submit">${t('bar.signIn')}</button>`}
        </footer>
      </form>`;
  }

  private takeToken(event: SubmitEvent): void {
    event.preventDefault();
    setToken(String(new FormData(event.target as HTMLFormElement).get('token') ?? '').trim());
    this.close();
    this.signedIn();
  }
}

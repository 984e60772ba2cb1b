import { html, render, nothing, type TemplateResult } from 'lit';
import { nameOf, t } from '../i18n/index.js';
import { send, setToken } from '../net/api.js';
import { commandFor, needsReason, type Question } from '../actions.js';
import type { Store } from '../model/store.js';
import { percent } from '../format.js';
import { whyOf, zoneTree } from '../model/alert.js';
import { outletName } from './alertCard.js';
import { calledAt, ladderOf } from '../model/posture.js';
import { CommandFormDialog, type CommandForm } from './commandForm.js';
import { RaiseForm, type RaisePreset } from './raise.js';
import type { Sheet } from './sheet.js';
import { filled, isolated, role, setRole, words } from './parts.js';

const titles = {
  acknowledge: 'do.acknowledge', release: 'do.release', allClear: 'do.allClear', correct: 'do.correct', phase: 'do.phase', testSiren: 'do.testSiren',
  callOffDrill: 'do.callOffDrill',
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

  open(sheet: Sheet): void {
    this.show(() => sheet.template(() => this.redraw(), this.close), sheet.wide);
  }

  raise(preset?: RaisePreset): void {
    const form = new RaiseForm(this.store, () => this.redraw(), this.close, preset);
    this.show(() => form.template());
  }

  fill(form: CommandForm): void {
    const dialog = new CommandFormDialog(this.store, form, () => this.redraw(), this.close);
    this.show(() => dialog.template());
  }

  signIn(): void {
    this.fault = '';
    this.show(() => this.tokenForm());
  }

  private show(template: () => TemplateResult, wide = false): void {
    const draw = (): void => {
      render(html`<dialog @close=${() => render(nothing, this.host)} class=${wide ? 'wide' : ''} aria-labelledby="dialog-title">${template()}</dialog>`, this.host);
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
    const ladder = question.kind === 'phase' ? ladderOf(this.store.configuration, question.site.id)?.phases ?? [] : [];
    return html`
      <form method="dialog" class="question ${world}" @submit=${(event: SubmitEvent) => void this.submit(event, question)}>
        <p class="world">${t(`confirm.${world}`)}</p>
        <h2 id="dialog-title">${t(titles[question.kind]).replace('…', '')} — ${words(this.subject(question))}</h2>
        <p>${t(`confirm.${question.kind}.${world}`)}</p>
        ${this.more(question)}
        ${question.kind === 'phase' ? html`<label>${t('confirm.phaseLabel')}<select name="phase">${ladder.map((phase) =>
          html`<option value=${phase} ?selected=${phase === question.site.phase}>${calledAt(this.store.configuration, question.site.id, phase)}</option>`)}</select></label>` : nothing}
        ${needsReason(question) ? html`<label>${t('confirm.reason')}<input name="reason" required maxlength="400" dir="auto" autocomplete="off" .value=${question.kind === 'correct' ? t('confirm.correct.reason') : ''} /></label>` : nothing}
        <label>${t('confirm.by')}<input name="by" required maxlength="120" dir="auto" autocomplete="off" .value=${this.suggestedRole(question)} /></label>
        ${this.fault ? html`<p class="fault" role="alert">${this.fault}</p>` : nothing}
        <footer>
          <button type="button" class="quiet" @click=${this.close}>${t('do.cancel')}</button>
          <button type="submit" class=${world === 'live' ? 'danger' : 'exercise'} ?disabled=${this.state === 'sending'}>${this.state === 'sending' ? t('confirm.sending') : `${t(world)}: ${t(titles[question.kind]).replace('…', '')}`}</button>
        </footer>
      </form>`;
  }

  /** What a person should know before an order about an alert: who has released it, that it still threatens, whom it reaches. */
  private more(question: Question): TemplateResult | typeof nothing {
    if (question.kind !== 'release' && question.kind !== 'allClear' && question.kind !== 'correct') return nothing;
    const { alert } = question;
    const inside = new Set(zoneTree(this.store.configuration?.zones ?? []).filter((node) => [node.zone.id, ...node.within].includes(alert.zone)).map((node) => node.zone.id));
    const sirens = this.store.configuration?.sirens.filter((siren) => inside.has(siren.zone)).length ?? 0;
    return html`
      ${question.kind === 'release' && alert.released.length > 0 ? html`<p class="awaits">⚑ ${filled('confirm.second', 'by', alert.released.join(', '))}</p>` : nothing}
      ${question.kind === 'allClear' && whyOf(alert) === 'tracks' ? html`<p class="fault">⚠ ${filled('confirm.allClear.early', 'probability', percent(alert.probability))}</p>` : nothing}
      <p class="small">${t('confirm.goesTo')}: ${t('confirm.sirens', { count: isolated(alert.state === 'Watch' && question.kind !== 'release' ? 0 : sirens) })}${alert.deliveries.map((one) => html`${t('list.comma')}${outletName(one.outlet)}`)}</p>`;
  }

  /** Who spoke last in this tab, unless that person has released it already: a second one is needed. */
  private suggestedRole(question: Question): string {
    const last = role();
    const spoken = question.kind === 'release' && question.alert.released.some((one) => one.toLowerCase() === last.trim().toLowerCase());
    return spoken ? '' : last;
  }

  private subject(question: Question): string {
    const configuration = this.store.configuration;
    if (question.kind === 'phase') return nameOf(configuration?.sites.find((one) => one.id === question.site.id), question.site.id);
    if (question.kind === 'testSiren') return configuration?.sirens.find((one) => one.id === question.siren.id)?.name ?? question.siren.id;
    if (question.kind === 'callOffDrill') return question.drill.id;
    return nameOf(configuration?.zones.find((one) => one.id === question.alert.zone), question.alert.zone);
  }

  private async submit(event: SubmitEvent, question: Question): Promise<void> {
    event.preventDefault();
    if (this.state === 'sending') return;
    const form = new FormData(event.target as HTMLFormElement);
    const field = (name: string): string => String(form.get(name) ?? '').trim();
    setRole(field('by'));
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

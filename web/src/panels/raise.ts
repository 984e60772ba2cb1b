import { html, nothing, type TemplateResult } from 'lit';
import { name, nameOf, t } from '../i18n/index.js';
import { isActive, releaseOf, zoneTree, type ZoneNode } from '../model/alert.js';
import { send } from '../net/api.js';
import type { Store } from '../model/store.js';
import type { AlertState, ThreatKind } from '../model/types.js';
import { alertShape } from '../map/palette.js';
import { badge, isolated, ltr, role, setRole, words } from './parts.js';

const kinds: ThreatKind[] = ['Aircraft', 'LowSlow', 'CruiseType', 'Ballistic', 'Unknown'];
/** So many zones are listed at once; typing finds the others. */
const most = 120;

/** A place and kind to begin with, as when a Watch becomes a Warning. */
export interface RaisePreset { zone: string; kind: ThreatKind }

/**
 * The form with which a person raises an alert: zones, state, kind, reason. Live it asks a second time, and for a word
 * to be typed; in an exercise it says so everywhere.
 */
export class RaiseForm {
  private readonly chosen = new Set<string>();
  private state: AlertState = 'Warning';
  private kind: ThreatKind = 'Aircraft';
  private reason = '';
  private by = role();
  private filter = '';
  private step: 'filling' | 'checking' | 'sending' = 'filling';
  private faults: { zone: string; why: string }[] = [];

  constructor(private readonly store: Store, private readonly redraw: () => void, private readonly close: () => void, preset?: RaisePreset) {
    if (!preset) return;
    this.chosen.add(preset.zone);
    this.kind = preset.kind;
  }

  /** "live" or "exercise". */
  private get world(): 'live' | 'exercise' {
    return this.store.configuration?.exercise ? 'exercise' : 'live';
  }

  template(): TemplateResult {
    const world = this.world;
    return html`
      <form method="dialog" class="question raise ${world}" @submit=${(event: SubmitEvent) => void this.submit(event)}>
        <p class="world">${t(`confirm.${world}`)}</p>
        <h2 id="dialog-title">${t(`raise.title.${world}`)}</h2>
        ${this.step === 'filling' ? this.fields() : this.summary()}
        ${this.faults.map((fault) => html`<p class="fault" role="alert">${words(this.nameOf(fault.zone))}: ${fault.why}</p>`)}
        <footer>
          ${this.step === 'filling'
            ? html`<button type="button" class="quiet" @click=${this.close}>${t('do.cancel')}</button>`
            : html`<button type="button" class="quiet" ?disabled=${this.step === 'sending'} @click=${() => this.to('filling')}>${t('do.back')}</button>`}
          <button type="submit" class=${world === 'live' ? 'danger' : 'exercise'} ?disabled=${this.step === 'sending' || (this.step === 'filling' && this.chosen.size === 0)}>${
            this.step === 'sending' ? t('confirm.sending') : world === 'live' && this.step === 'filling' ? t('raise.check')
              : t(`raise.do.${this.state === 'Watch' ? 'Watch' : 'Warning'}.${world}`)}</button>
        </footer>
      </form>`;
  }

  private fields(): TemplateResult {
    return html`
      ${this.closedExercise() ? html`<p class="fault">${t('raise.noDrill')}</p>` : nothing}
      <fieldset><legend>${t('raise.zones')} ${this.chosen.size > 0 ? html`<b>${ltr(this.chosen.size)}</b>` : nothing}</legend>
        <input type="search" class="find" aria-label=${t('raise.find')} placeholder=${t('raise.find')} dir="auto" .value=${this.filter}
          @keydown=${(event: KeyboardEvent) => event.key === 'Enter' && event.preventDefault()}
          @input=${(event: InputEvent) => this.take(() => { this.filter = (event.target as HTMLInputElement).value; })} />
        ${this.zoneList()}</fieldset>
      <div class="two">
        <label>${t('raise.state')}<select name="state" @change=${(event: Event) => this.take(() => { this.state = (event.target as HTMLSelectElement).value as AlertState; })}>
          ${(['Warning', 'Watch'] as const).map((state) => html`<option value=${state} ?selected=${state === this.state}>${alertShape[state]} ${t(`alert.${state}`)}</option>`)}</select></label>
        <label>${t('raise.kind')}<select name="kind" @change=${(event: Event) => this.take(() => { this.kind = (event.target as HTMLSelectElement).value as ThreatKind; })}>
          ${kinds.map((kind) => html`<option value=${kind} ?selected=${kind === this.kind}>${name('kind', kind)}</option>`)}</select></label>
      </div>
      <label>${t('confirm.reason')}<input name="reason" required maxlength="400" dir="auto" autocomplete="off" .value=${this.reason} /></label>
      <label>${t('confirm.by')}<input name="by" required maxlength="120" dir="auto" autocomplete="off" .value=${this.by} /></label>
      ${this.waits()}`;
  }

  private zoneList(): TemplateResult {
    const wanted = this.filter.trim().toLocaleLowerCase();
    const all = zoneTree(this.store.configuration?.zones ?? []);
    const names = ({ zone }: ZoneNode): string => [zone.id, zone.name, ...Object.values(zone.names ?? {})].join('\n').toLocaleLowerCase();
    const found = all.filter((node) => wanted === '' || names(node).includes(wanted));
    return html`
      <ul class="zones">${found.slice(0, most).map((node) => this.zoneItem(node, wanted === ''))}</ul>
      ${found.length > most ? html`<small>${t('raise.more', { count: isolated(found.length - most) })}</small>` : nothing}`;
  }

  private zoneItem({ zone, depth, within, holds }: ZoneNode, indented: boolean): TemplateResult {
    const above = within.find((id) => this.chosen.has(id));
    const alert = this.store.boards.alerts?.find((one) => one.zone === zone.id && isActive(one));
    // What stands already cannot be raised once more.
    const stands = alert !== undefined && (alert.state === 'Warning' || alert.state === this.state);
    return html`<li style="padding-inline-start:${indented ? depth * 18 : 0}px"><label>
      <input type="checkbox" name="zone" value=${zone.id} .checked=${above !== undefined || this.chosen.has(zone.id)} ?disabled=${above !== undefined || (stands && !this.chosen.has(zone.id))}
        @change=${(event: Event) => this.take(() => this.choose(zone.id, (event.target as HTMLInputElement).checked))} />
      <span>${words(nameOf(zone))}${holds > 0 ? html` <small>${t('raise.holds', { count: isolated(holds) })}</small>` : nothing}</span>
      ${alert ? badge(alert.state, alertShape[alert.state], t(`alert.${alert.state}`)) : nothing}</label></li>`;
  }

  /** A zone holds what lies in it: those need no order of their own. */
  private choose(id: string, wanted: boolean): void {
    if (!wanted) this.chosen.delete(id);
    else this.chosen.add(id);
    for (const node of zoneTree(this.store.configuration?.zones ?? [])) {
      if (node.within.some((above) => this.chosen.has(above))) this.chosen.delete(node.zone.id);
    }
  }

  private summary(): TemplateResult {
    const sirens = this.sirens();
    return html`
      <p><strong>${alertShape[this.state]} ${t(`alert.${this.state}`)}</strong> — ${name('kind', this.kind)}</p>
      <p>${[...this.chosen].map((id, i) => html`${i > 0 ? t('list.comma') : nothing}<b>${words(this.nameOf(id))}</b>`)}</p>
      <p>${this.state === 'Watch' ? t('raise.willWatch') : t('raise.willWarn', { count: isolated(sirens) })}</p>
      <p class="small">${t('confirm.reason')}: ${words(this.reason)}</p>
      ${this.waits()}
      ${this.world === 'live' ? html`<label>${t('raise.type', { word: t('live') })}
        <input name="word" required autocomplete="off" dir="auto" pattern="\\s*${t('live')}\\s*" /></label>` : nothing}`;
  }

  /** In which of the zones the Warning waits for a second person. */
  private waits(): TemplateResult | typeof nothing {
    if (this.state === 'Watch') return nothing;
    const waiting = [...this.chosen].filter((id) => releaseOf(this.store.configuration, this.store.zone(id), this.kind) === 'TwoPersons');
    return waiting.length === 0 ? nothing : html`<p class="awaits" id="raise-waits">⚑ ${t('raise.waits')} ${waiting.map((id, i) =>
      html`${i > 0 ? t('list.comma') : nothing}${words(this.nameOf(id))}`)}</p>`;
  }

  private closedExercise(): boolean {
    const drills = this.store.boards.drills ?? [];
    return this.world === 'exercise' && drills.length > 0 && !drills.some((drill) => drill.state === 'Running');
  }

  private sirens(): number {
    const nodes = zoneTree(this.store.configuration?.zones ?? []);
    const inside = new Set(nodes.filter((node) => [node.zone.id, ...node.within].some((id) => this.chosen.has(id))).map((node) => node.zone.id));
    return this.store.configuration?.sirens.filter((siren) => inside.has(siren.zone)).length ?? 0;
  }

  private nameOf(id: string): string {
    return nameOf(this.store.zone(id), id);
  }

  private to(step: 'filling' | 'checking' | 'sending'): void {
    this.take(() => { this.step = step; });
  }

  private take(change: () => void): void {
    change();
    this.redraw();
  }

  private async submit(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    if (this.step === 'sending' || this.chosen.size === 0) return;
    this.faults = [];
    if (this.step === 'filling') {
      const form = new FormData(event.target as HTMLFormElement);
      this.reason = String(form.get('reason') ?? '').trim();
      this.by = String(form.get('by') ?? '').trim();
      setRole(this.by);
      if (this.world === 'live') {
        this.to('checking');
        return;
      }
    }
    this.to('sending');
    for (const zone of [...this.chosen]) {
      const result = await send({ type: 'alert.raise', by: this.by, zone, state: this.state, kind: this.kind, reason: this.reason });
      if (result.done === true) this.chosen.delete(zone);
      else this.faults.push({ zone, why: result.done === 'unknown' ? t('confirm.unknown') : `${t('confirm.failed')}: ${result.reason}` });
    }
    if (this.chosen.size === 0) this.close();
    else this.to('filling');
  }
}

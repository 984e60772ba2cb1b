import { html, nothing, type TemplateResult } from 'lit';
import { bytes, grouped, percent } from '../format.js';
import { sayCause } from '../i18n/cause.js';
import { name, t } from '../i18n/index.js';
import { headers } from '../net/api.js';
import type { Store } from '../model/store.js';
import type { HealthFigure, HealthReport } from '../model/types.js';
import { outletName } from './alertCard.js';
import { told } from './because.js';
import { ageOf, badge, loading, ltr, none } from './parts.js';

const askEvery = 5000;
const oldAfter = 20_000;
const inBytes = new Set(['disk', 'memory']);

/** What keeps the system from working, in the language shown; from a server that knows no causes, as it wrote it. */
export const faultWords = ({ causes, faults }: Store): readonly string[] => (causes.length === faults.length ? causes.map((cause) => sayCause(cause)) : faults);

/** How the system itself is: faults, queues, disk, journal, outlets. Asked for only while it is looked at. */
export class HealthBoard {
  private report: HealthReport | null = null;
  private at = -Infinity;
  private askedAt = -Infinity;

  constructor(private readonly store: Store) {}

  template(): TemplateResult {
    if (performance.now() - this.askedAt > askEvery) void this.ask();
    const faults = faultWords(this.store);
    const { report } = this;
    const isOld = performance.now() - this.at > oldAfter;
    return html`
      <p class="summary ${faults.length > 0 ? 'bad' : ''}">${faults.length === 0 ? badge('ok', '●', t('health.sound')) : badge('bad', '✕', t('health.fault'))}</p>
      ${faults.map((fault) => html`<p class="note bad"><bdi dir="auto">${fault}</bdi></p>`)}
      ${!report ? loading() : html`
        ${isOld ? html`<p class="note bad">⚠ ${t('health.old')}</p>` : nothing}
        <dl class="figures-list">
          <dt>${t('health.entries')}</dt><dd>${ltr(grouped(report.sequence))}</dd>
          ${inOrder(report.figures ?? []).map(row)}
        </dl>
        ${report.figures ? nothing : html`<p class="note">${t('health.restricted')}</p>`}
        <h3>${t('health.outlets')}</h3>${this.outlets(report)}`}
      <h3>${t('health.feeds')}</h3>${this.feeds()}`;
  }

  /** Each outlet with what it last confirmed, by the alerts on the board. */
  private outlets(report: HealthReport): TemplateResult {
    const words = (this.store.boards.alerts ?? []).flatMap((alert) => alert.deliveries).sort((one, other) => one.at.localeCompare(other.at));
    const last = new Map(words.map((delivery) => [delivery.outlet, delivery]));
    const names = [...new Set([...last.keys(), ...(report.outlets ?? []).filter((one) => one !== 'alarms' && one !== 'sirens' && ![...last.keys()].some((other) => other.startsWith(one)))])];
    const sirens = this.store.boards.sirenOutlet;
    return html`
      ${sirens ? html`<div class="row">${sirens.lost ? badge('bad', '✕', t('health.silent')) : badge('ok', '●', t('health.works'))}
        <span class="grow">${t('tab.sirens')} <small class="line">${t('siren.heard')} ${ageOf(this.store, sirens.lastHeard)}</small></span></div>` : nothing}
      ${names.length === 0 && !sirens ? none(this.store, 'none.outlets') : names.map((one) => {
        const word = last.get(one);
        return html`<div class="row">${!word ? badge('plain', '…', t('health.nothingSent')) : word.ok ? badge('ok', '●', t('health.works')) : badge('bad', '✕', t('alert.sentFailed'))}
          <span class="grow">${outletName(one)}${word ? html` <small class="line">${ageOf(this.store, word.at)}${word.ok ? nothing : html` · ${told(word.cause, word.detail)}`}</small>` : nothing}</span></div>`;
      })}`;
  }

  private feeds(): TemplateResult {
    const { feeds } = this.store.boards;
    if (!feeds) return loading();
    if (feeds.length === 0) return none(this.store, 'none.feeds');
    const lost = feeds.reduce((sum, feed) => sum + feed.lost, 0);
    const rate = feeds.reduce((sum, feed) => sum + feed.arrivalsPerSecond, 0);
    return html`<p class="summary ${lost > 0 ? 'bad' : ''}">${ltr(rate.toFixed(1))} ${t('feed.perSecond')}${lost > 0 ? html` · ${t('feed.lost')} ${ltr(grouped(lost))}` : nothing}</p>`;
  }

  private async ask(): Promise<void> {
    this.askedAt = performance.now();
    try {
      // 503 is an answer, too: it has the faults.
      const answer = await fetch('api/health', { headers: headers(), cache: 'no-store', signal: AbortSignal.timeout(8000) });
      this.report = (await answer.json()) as HealthReport;
      this.at = performance.now();
    } catch {
      // Its age says it.
    }
    this.store.changed();
  }
}

const order = ['lost', 'disk', 'orders', 'arrivals', 'streams', 'memory'];
const inOrder = (figures: readonly HealthFigure[]): HealthFigure[] => figures.filter((figure) => figure.name !== 'entries')
  .sort((one, other) => order.indexOf(one.name) - order.indexOf(other.name));

/** "12 of 65,536", "18.2 GB free of 40 GB (46%)"; a bar of how full. */
function row(figure: HealthFigure): TemplateResult {
  const show = (value: number): string => (inBytes.has(figure.name) ? bytes(value) : grouped(value));
  const share = figure.limit ? figure.value / figure.limit : undefined;
  const isBad = share !== undefined && (figure.name === 'disk' ? share < 0.05 : share > 0.8) || (figure.name === 'lost' && figure.value > 0);
  return html`<dt>${name('health', figure.name)}</dt><dd class=${isBad ? 'bad' : ''}>${isBad ? '⚠ ' : nothing}${ltr(figure.limit ? `${show(figure.value)} / ${show(figure.limit)}` : show(figure.value))}${share === undefined
    ? nothing : html` <small>${ltr(percent(share))}</small>`}</dd>`;
}

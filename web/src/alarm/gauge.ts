import { html, nothing, type TemplateResult } from 'lit';
import { clock } from '../format.js';
import { t } from '../i18n/index.js';
import type { Store } from '../model/store.js';
import { isolated, ltr } from '../panels/parts.js';
import { askAlarms, type AlarmAnswer } from './ask.js';
import { gradeOf, shareOf } from './load.js';

const askEvery = 5000;
/** An answer older than this says nothing of now. */
const oldAfter = 20_000;

/** Asks for the alarm load again and again, and shows it against EEMUA 191. */
export class LoadGauge {
  private answer: AlarmAnswer | null = null;
  private answeredAt = 0;

  constructor(private readonly store: Store) {
    void this.ask();
    setInterval(() => void this.ask(), askEvery);
  }

  /** One line; the whole scale when opened. */
  template(): TemplateResult {
    const known = this.answer && performance.now() - this.answeredAt < oldAfter ? this.answer : null;
    if (!known) return html`<p class="load"><span>${t('load.title')}</span> <b>…</b> ${this.answer ? t('load.old') : t('loading')}</p>`;
    const { lastTenMinutes: ten, lastHour, worstTenMinutes: worst, worstFrom } = known.load;
    const grade = gradeOf(ten);
    const zone = this.store.configuration?.timeZone ?? 'UTC';
    return html`<details class="load ${grade}">
      <summary><span>${t('load.title')}</span> <b>${t('load.ten', { count: isolated(ten) })}</b>
        <span class="scale" aria-hidden="true"><span style="inline-size:${(shareOf(ten) * 100).toFixed(0)}%"></span></span> <span>${t(`load.${grade}`)}</span></summary>
      <p class="small">${t('load.hour', { count: isolated(lastHour) })} · ${t('load.worst', { count: isolated(worst) })}${worstFrom
        ? html` (${ltr(clock(Date.parse(worstFrom), zone).slice(0, 5))})` : nothing} · ${t(`load.${gradeOf(worst)}`)}</p>
      <p class="small">${t('load.scale')}</p>
      ${known.complete ? nothing : html`<p class="small">⚠ ${t('load.reading', { read: isolated(known.read), all: isolated(known.entries) })}</p>`}
    </details>`;
  }

  private async ask(): Promise<void> {
    const answer = await askAlarms({ most: 0 });
    if (!answer) return;
    this.answer = answer;
    this.answeredAt = performance.now();
    this.store.changed();
  }
}

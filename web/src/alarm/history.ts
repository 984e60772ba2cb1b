import { html, nothing, type TemplateResult } from 'lit';
import { clock, date, percent } from '../format.js';
import { name, nameOf, t } from '../i18n/index.js';
import { alertShape } from '../map/palette.js';
import type { Sheet } from '../panels/sheet.js';
import type { Store } from '../model/store.js';
import { badge, isolated, loading, ltr, words } from '../panels/parts.js';
import { askAlarms, type AlarmAnswer, type AlarmRow } from './ask.js';

const most = 200;

/** Every alert a zone has had, newest first: what it became, when, by whom. */
export function historySheet(store: Store, zone: string): Sheet {
  let answer: AlarmAnswer | null | 'asking' = 'asking';
  let asked = '';
  return {
    wide: true,
    template(redraw, close) {
      if (asked !== zone) {
        asked = zone;
        answer = 'asking';
        void askAlarms({ zone, most }).then((got) => {
          answer = got;
          redraw();
        });
      }
      return html`
        <form method="dialog" class="question sheet">
          <h2 id="dialog-title">${t('history.title')} — ${words(nameOf(store.zone(zone), zone))}</h2>
          <label>${t('history.zone')}<select name="zone" @change=${(event: Event) => {
            zone = (event.target as HTMLSelectElement).value;
            redraw();
          }}>${(store.configuration?.zones ?? []).map((one) => html`<option value=${one.id} ?selected=${one.id === zone}>${nameOf(one)}</option>`)}</select></label>
          <div class="history" role="region" aria-live="polite" aria-label=${t('history.title')} tabindex="0">${answer === 'asking' ? loading()
            : answer === null ? html`<p class="fault" role="alert">${t('history.failed')}</p>` : list(store, answer)}</div>
          <footer><button type="button" class="quiet" @click=${close}>${t('do.close')}</button></footer>
        </form>`;
    },
  };
}

function list(store: Store, answer: AlarmAnswer): TemplateResult {
  return html`
    ${answer.complete ? nothing : html`<p class="note bad">⚠ ${t('load.reading', { read: isolated(answer.read), all: isolated(answer.entries) })}</p>`}
    ${answer.rows.length > 0 ? html`<ol>${answer.rows.map((row) => item(store, row))}</ol>`
      : answer.complete ? html`<p class="empty">${t('history.none')}</p>` : nothing}
    ${answer.more + answer.forgotten > 0 ? html`<p class="note">${t('history.more', { count: isolated(answer.more + answer.forgotten) })}</p>` : nothing}`;
}

function mark(row: AlarmRow): TemplateResult {
  switch (row.kind) {
    case 'Coverage': return badge('plain', '⊘', t('coverage.unseen'));
    case 'Update': return badge('plain', '✎', t('history.updated'));
    default: return badge('plain', '✓', t('history.acknowledged'));
  }
}

function item(store: Store, row: AlarmRow): TemplateResult {
  const zone = store.configuration?.timeZone ?? 'UTC';
  const at = Date.parse(row.at);
  return html`<li>
    <time datetime=${row.at}>${ltr(`${date(at, zone)} ${clock(at, zone)}`)}</time>
    ${row.kind === 'Alert' && row.state ? badge(row.state, alertShape[row.state], t(`alert.${row.state}`))
      : mark(row)}
    <span>${row.by ? html`${row.by === 'rule' ? t('history.byRule') : html`${t('site.by')} ${words(row.by)}`}` : nothing}${row.kind === 'Alert' && row.threat
      ? html` · ${name('kind', row.threat)}` : nothing}${row.probability !== undefined && row.state !== 'AllClear' && row.state !== 'Correction' && row.probability > 0
      ? html` · ${ltr(percent(row.probability))}` : nothing}${row.keptUntil
      ? html` · ${t('alert.keptUntil')} ${ltr(clock(Date.parse(row.keptUntil), zone))}` : nothing}${row.advice ? html` · ${words(name('advice', row.advice))}` : nothing}${row.alert ? html` · <small>${ltr(row.alert)}</small>` : nothing}</span></li>`;
}

import { html, nothing, type TemplateResult } from 'lit';
import { clock, date } from '../format.js';
import { name, nameOf, t } from '../i18n/index.js';
import type { Actions } from '../actions.js';
import type { Store } from '../model/store.js';
import type { DrillRow, DrillState } from '../model/types.js';
import { badge, loading, ltr, none, words } from './parts.js';

const looks: Record<DrillState, [string, string]> = {
  Running: ['drill', '▶'], Announced: ['plain', '◷'], Planned: ['plain', '…'], Over: ['plain', '○'], CalledOff: ['plain', '✕'],
};

/** Whether a drill can still be called off. */
const isOpen = (drill: DrillRow): boolean => drill.state !== 'Over' && drill.state !== 'CalledOff';

/** The drills, in the order of their times. */
export function drillsPanel(store: Store, actions: Actions): TemplateResult {
  const drills = store.boards.drills;
  if (!drills) return loading();
  return drills.length === 0 ? none(store, 'none.drills') : html`${drills.map((drill) => row(store, actions, drill))}`;
}

function row(store: Store, actions: Actions, drill: DrillRow): TemplateResult {
  const zone = store.configuration?.timeZone ?? 'UTC';
  const [from, to] = [Date.parse(drill.from), Date.parse(drill.to)];
  const [kind, shape] = looks[drill.state] ?? ['plain', '?'];
  const sameDay = date(from, zone) === date(to, zone);
  return html`
    <div class="row" data-drill=${drill.id}>
      ${badge(kind, shape, name('drill', drill.state))}
      <span class="grow"><strong>${words(drill.id)}</strong>
        <small class="line">${ltr(`${date(from, zone)} ${clock(from, zone).slice(0, 5)}–${sameDay ? '' : `${date(to, zone)} `}${clock(to, zone).slice(0, 5)}`)} · ${
          drill.zones.length === 0 ? t('drill.everywhere') : drill.zones.map((id, i) => html`${i > 0 ? t('list.comma') : nothing}${words(nameOf(store.zone(id), id))}`)}</small>
        ${drill.state === 'CalledOff' ? html`<small class="line">${words(drill.by)}</small>` : nothing}</span>
      ${store.operator && isOpen(drill) ? html`<button class="quiet" @click=${() => actions.ask({ kind: 'callOffDrill', drill })}>${t('do.callOffDrill')}</button>` : nothing}
    </div>`;
}

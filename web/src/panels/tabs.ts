import { html, type TemplateResult } from 'lit';
import { t } from '../i18n/index.js';
import type { Actions } from '../actions.js';
import type { Store, Tab } from '../model/store.js';
import { tabs } from '../model/view.js';
import { sitesPanel } from './sites.js';
import { isWrong, sirensPanel } from './sirens.js';
import { coveragePanel } from './coverage.js';
import { drillsPanel } from './drills.js';
import { directivesPanel } from './directives.js';
import { incidentsPanel } from './incidents.js';
import { statementsPanel } from './statements.js';
import { flightsPanel } from './flights.js';
import { papersPanel } from './papers.js';
import { caseOverdue, casesPanel } from './cases.js';
import type { HealthBoard } from './health.js';
import { logPanel } from './log.js';
import { asOf } from './parts.js';
import { shiftPanel } from './shift.js';
import { isOverdue, siteWaits } from '../model/posture.js';


/** The lower half of the panel: one board at a time. */
export function boardsPanel(store: Store, actions: Actions, health: HealthBoard): TemplateResult {
  return html`
    <section class="boards">
      <div role="tablist" class="tabs" @keydown=${(event: KeyboardEvent) => step(event, store)}>
        ${tabs.map((tab) => html`<button role="tab" id="tab-${tab}" aria-selected=${store.tab === tab} aria-controls="board" tabindex=${store.tab === tab ? 0 : -1}
          class=${hasFault(store, tab) ? 'bad' : ''} @click=${() => open(store, tab)}>${hasFault(store, tab) ? '⚠ ' : ''}${t(`tab.${tab}`)}</button>`)}
      </div>
      <div role="tabpanel" id="board" class="scroll" aria-labelledby="tab-${store.tab}" tabindex="0"><p class="as-of">${asOf(store)}</p>${board(store, actions, health)}</div>
    </section>`;
}

function board(store: Store, actions: Actions, health: HealthBoard): TemplateResult {
  switch (store.tab) {
    case 'sites': return sitesPanel(store, actions);
    case 'sirens': return sirensPanel(store, actions);
    case 'coverage': return coveragePanel(store, actions);
    case 'drills': return drillsPanel(store, actions);
    case 'incidents': return incidentsPanel(store, actions);
    case 'statements': return statementsPanel(store, actions);
    case 'flights': return flightsPanel(store, actions);
    case 'papers': return papersPanel(store, actions);
    case 'cases': return casesPanel(store, actions);
    case 'health': return health.template();
    case 'directives': return directivesPanel(store, actions);
    case 'shift': return shiftPanel(store, actions);
    case 'log': return logPanel(store, actions);
  }
}

/** A board that asks to be looked at says so on its tab. */
function hasFault(store: Store, tab: Tab): boolean {
  if (tab === 'sirens') return store.boards.sirens?.some(isWrong) ?? false;
  if (tab === 'coverage') return store.coverageLost();
  if (tab === 'sites') return store.boards.sites?.some(siteWaits) ?? false;
  if (tab === 'directives') return store.boards.directives?.some(isOverdue) ?? false;
  if (tab === 'cases') return store.boards.cases?.some(caseOverdue) ?? false;
  if (tab === 'health') return store.faults.length > 0;
  return false;
}

/** Shows a board, wherever the wish came from. */
export function open(store: Store, tab: Tab): void {
  store.tab = tab;
  store.changed();
}

/** Arrow keys walk the tabs in reading direction. */
function step(event: KeyboardEvent, store: Store): void {
  const forward = document.documentElement.dir === 'rtl' ? 'ArrowLeft' : 'ArrowRight';
  if (event.key !== 'ArrowLeft' && event.key !== 'ArrowRight') return;
  const next = tabs[(tabs.indexOf(store.tab) + (event.key === forward ? 1 : tabs.length - 1)) % tabs.length];
  if (!next) return;
  open(store, next);
  requestAnimationFrame(() => document.getElementById(`tab-${next}`)?.focus());
}

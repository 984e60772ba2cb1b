import { html, nothing, type TemplateResult } from 'lit';
import { span } from '../format.js';
import { nameOf, t } from '../i18n/index.js';
import { alertShape } from '../map/palette.js';
import { ltr, words } from '../panels/parts.js';
import type { Store } from '../model/store.js';
import type { AlertRow } from '../model/types.js';

/** What finds room in two lines or three. */
const most = 8;

/** Every alert that stands in one look, gravest first, when their cards do not fit the screen together; each leads to its card. */
export function glance(store: Store, standing: readonly AlertRow[]): TemplateResult | typeof nothing {
  if (standing.length < 2) return nothing;
  return html`<nav class="glance" aria-label=${t('alerts.glance')}>${standing.slice(0, most).map((alert) => one(store, alert))}${standing.length > most
    ? html`<span>${ltr(`+${standing.length - most}`)}</span>` : nothing}</nav>`;
}

function one(store: Store, alert: AlertRow): TemplateResult {
  const zone = nameOf(store.zone(alert.zone), alert.zone);
  const seconds = alert.arrival ? (Date.parse(alert.arrival.earliest) - store.now()) / 1000 : null;
  return html`<button class="plain chip ${alert.state}" data-glance=${alert.id} title=${t(`alert.${alert.state}`)} @click=${() => toCard(cardOf(alert.id))}>
    <span aria-hidden="true">${alert.awaitsRelease ? '⚑' : nothing}${alertShape[alert.state]}</span> ${seconds === null ? nothing : html`<b>${ltr(span(seconds))}</b> `}${words(zone)}</button>`;
}

const cardOf = (id: string): HTMLElement | null => document.querySelector<HTMLElement>(`.alerts [data-alert="${CSS.escape(id)}"]`);

/** Shows a card and gives its first order the focus. */
export function toCard(card: HTMLElement | null | undefined): void {
  card?.scrollIntoView({ block: 'start' });
  card?.querySelector<HTMLElement>('footer button')?.focus({ preventScroll: true });
}

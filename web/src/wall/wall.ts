import { html, nothing, type TemplateResult } from 'lit';
import { clock, date, interval } from '../format.js';
import { name, nameOf, t } from '../i18n/index.js';
import { alertShape } from '../map/palette.js';
import { isActive } from '../model/alert.js';
import { calledAt, ladderOf } from '../model/posture.js';
import { freshnessOf } from '../model/urgency.js';
import type { Store } from '../model/store.js';
import type { AlertRow, SiteRow } from '../model/types.js';
import type { Ear } from '../sound/ear.js';
import { isolated, ltr, words } from '../panels/parts.js';
import { factsOf, type WallFacts } from './facts.js';

/** The state of things in letters that are read at five metres. Nothing can be ordered here. */
export function wall(store: Store, ear: Ear): TemplateResult {
  const facts = factsOf(store.boards, (store.configuration?.zones ?? []).map((zone) => zone.id), (site) => ladderOf(store.configuration, site.id)?.phases.indexOf(site.phase) ?? 0);
  return html`<div class="wall">
    <section class="wall-alerts" aria-label=${t('panel.alerts')}>${alerts(store, facts)}${quiet(store, facts)}</section>
    <section class="wall-facts" aria-label=${t('wall.state')}>
      ${time(store, ear)}
      ${fact(t('bar.sirens'), facts.sirens ? ltr(`${facts.sirens.ready}/${facts.sirens.all}`) : '…', facts.sirens !== null && facts.sirens.ready < facts.sirens.all,
        facts.sirens && facts.sirens.ordered > 0 ? t('siren.group.Sound', { done: isolated(facts.sirens.done), all: isolated(facts.sirens.ordered) }) : nothing)}
      ${fact(t('bar.sensors'), facts.sensors ? ltr(`${facts.sensors.working}/${facts.sensors.all}`) : '…', facts.sensors !== null && facts.sensors.working < facts.sensors.all, nothing)}
      ${sites(store, facts)}
      ${blind(store, facts)}
    </section>
  </div>`;
}

function alerts(store: Store, { alerts: known, sensors }: WallFacts): TemplateResult {
  if (!known) return html`<p class="wall-quiet">${t('loading')}</p>`;
  if (known.shown.length === 0) {
    const unsure = (sensors !== null && sensors.working < sensors.all) || store.coverageLost();
    return html`<p class="wall-quiet">${t('none.alerts')}</p>${unsure ? html`<p class="wall-warn">⚠ ${t('blind')}</p>` : nothing}`;
  }
  return html`${known.shown.map((alert) => row(store, alert))}${known.more > 0 ? html`<p class="wall-more">${t('wall.more', { count: isolated(known.more) })}</p>` : nothing}`;
}

/** The zones that are watched over and have no alert: by name as far as there is room. */
function quiet(store: Store, { quiet: known, alerts: open }: WallFacts): TemplateResult | typeof nothing {
  if (!known || !open || known.length === 0) return nothing;
  const room = Math.max(2, 8 - 2 * open.shown.length);
  return html`<p class="wall-others"><b>${t('wall.noAlert', { count: isolated(known.length) })}</b> ${known.slice(0, room).map((id, i) =>
    html`${i > 0 ? t('list.comma') : nothing}${words(nameOf(store.zone(id), id))}`)}${known.length > room ? html` ${ltr(`+${known.length - room}`)}` : nothing}</p>`;
}

function row(store: Store, alert: AlertRow): TemplateResult {
  const fresh = freshnessOf(alert, store.now());
  return html`<article class="wall-alert ${alert.state} ${fresh}" data-alert=${alert.id}>
    <p class="state"><span aria-hidden="true">${alertShape[alert.state]}</span> ${t(`alert.${alert.state}`)}${alert.awaitsRelease ? html` <small>⚑ ${t('alert.awaitsRelease')}</small>`
      : fresh === 'known' ? nothing : html` <small>${t(`fresh.${fresh}`)}</small>`}</p>
    <p class="place">${words(nameOf(store.zone(alert.zone), alert.zone))}</p>
    <p class="when">${arrival(store, alert)}</p>
  </article>`;
}

function arrival(store: Store, alert: AlertRow): unknown {
  if (!alert.arrival || !isActive(alert)) return html`<small>${t('since')} ${ltr(clock(Date.parse(alert.since), store.configuration?.timeZone ?? 'UTC').slice(0, 5))}</small>`;
  const [earliest, latest, now] = [Date.parse(alert.arrival.earliest), Date.parse(alert.arrival.latest), store.now()];
  return latest <= now ? html`<small>${t('alert.arrivalNow')}</small>` : html`<b>${ltr(interval(earliest, latest, now))}</b>`;
}

function time(store: Store, ear: Ear): TemplateResult {
  const zone = store.configuration?.timeZone ?? 'UTC';
  const now = store.now();
  return html`<div class="wall-clock"><b>${ltr(clock(now, zone))}</b><span>${ltr(date(now, zone))}</span>
    ${ear.audible ? nothing : html`<span class="wall-bad">✕ ${t(ear.ability === 'ready' ? 'sound.muted' : 'sound.off')}</span>`}</div>`;
}

const fact = (label: string, value: unknown, isBad: boolean, aside: unknown): TemplateResult =>
  html`<div class="wall-fact ${isBad ? 'bad' : ''}"><span>${label}</span><b>${isBad ? '⚠ ' : nothing}${value}</b>${aside === nothing ? nothing : html`<small>${aside}</small>`}</div>`;

function sites(store: Store, { sites: known }: WallFacts): TemplateResult {
  if (!known) return fact(t('site.phase'), '…', false, nothing);
  const title = (site: SiteRow): string => nameOf(store.configuration?.sites.find((one) => one.id === site.id), site.id);
  return html`<div class="wall-sites">${known.shown.map((site) => html`<p><b>${t('site.phase')} ${words(calledAt(store.configuration, site.id, site.phase))}</b> <span>${words(title(site))}</span>${site.standing === 'Sustained' ? nothing
    : html` <small>⚠ ${name('standing', site.standing)}</small>`}</p>`)}${known.more > 0 ? html`<p><small>${ltr(`+${known.more}`)}</small></p>` : nothing}</div>`;
}

function blind(store: Store, { blind: known }: WallFacts): TemplateResult | typeof nothing {
  if (!known || known.length === 0) return nothing;
  return html`<p class="wall-blind">⊘ ${t('coverage.blindZones')}: ${known.slice(0, 2).map((id, i) =>
    html`${i > 0 ? t('list.comma') : nothing}${words(nameOf(store.zone(id), id))}`)}${known.length > 2 ? html` ${ltr(`+${known.length - 2}`)}` : nothing}</p>`;
}

import { html, nothing, type TemplateResult } from 'lit';
import { grouped, metres, signed } from '../format.js';
import { name, nameOf, t } from '../i18n/index.js';
import type { Actions } from '../actions.js';
import type { Store } from '../model/store.js';
import type { CoverageRow, FeedRow, SensorRow, SensorState } from '../model/types.js';
import { outageForm } from './orders.js';
import { told, why } from './because.js';
import { ageOf, badge, filled, isolated, loading, ltr, none, timeOf, words } from './parts.js';

const looks: Record<SensorState, [string, string]> = {
  Lost: ['bad', '⊘'], Off: ['bad', '○'], NotSeen: ['doubt', '?'], Working: ['ok', '●'],
};

/** So many zones are listed, those not seen first. */
const most = 80;

/** Where we do not see, and what we see with: sensors and the feeds they speak on. */
export function coveragePanel(store: Store, actions: Actions): TemplateResult {
  const { sensors, feeds } = store.boards;
  const working = sensors?.filter((sensor) => sensor.state === 'Working').length ?? 0;
  return html`
    ${zones(store, actions)}
    <h3>${t('coverage.sensors')}</h3>
    ${!sensors ? loading() : sensors.length === 0 ? none(store, 'none.sensors') : html`
      <p class="summary ${working < sensors.length ? 'bad' : ''}">${t('sensor.summary', { working: isolated(working), all: isolated(sensors.length) })}</p>
      ${sensors.map((sensor) => sensorRow(store, actions, sensor))}`}
    <h3>${t('coverage.feeds')}</h3>
    ${!feeds ? loading() : feeds.length === 0 ? none(store, 'none.feeds') : feeds.map((feed) => feedRow(store, feed))}`;
}

const unseen = (row: CoverageRow): boolean => row.state === 'Blind' || row.state === 'None';

/** The zones that are not fully watched over, and those where low flyers are not seen, gravest first. */
function zones(store: Store, actions: Actions): TemplateResult {
  const board = store.boards.coverage;
  if (!board) return html`<h3>${t('coverage.zones')}</h3>${loading()}`;
  const low = new Map(board.low.map((row) => [row.zone, row]));
  const weight = (row: CoverageRow): number => row.state === 'Blind' ? 0 : row.state === 'None' ? 1 : low.has(row.zone) ? 2 : 3;
  const rows = [...board.others.filter((row) => !low.has(row.zone)), ...board.low].sort((one, other) => weight(one) - weight(other));
  const all = board.full + board.others.length;
  return html`
    <h3>${t('coverage.zones')}</h3>
    <p class="summary ${board.others.some(unseen) ? 'bad' : ''}">${t('coverage.summary', { full: isolated(board.full), all: isolated(all) })}</p>
    ${rows.slice(0, most).map((row) => zoneRow(store, actions, row, low.has(row.zone)))}
    ${rows.length > most ? html`<p class="note">${ltr(`+ ${rows.length - most}`)}</p>` : nothing}
    ${low.size > 0 ? html`<p class="note">${t('coverage.smooth')}</p>` : nothing}`;
}

function zoneRow(store: Store, actions: Actions, row: CoverageRow, isLow: boolean): TemplateResult {
  const zone = store.zone(row.zone);
  return html`
    <div class="row" data-coverage=${row.zone}>
      ${unseen(row) ? badge('bad', '⊘', t('coverage.unseen')) : isLow ? badge('doubt', '⊘', t('coverage.lowUnseen')) : badge('doubt', '◐', t('coverage.Thinned'))}
      <span class="grow"><button class="plain" @click=${() => actions.showZone(row.zone)} title=${t('alert.show')}><strong>${words(nameOf(zone, row.zone))}</strong></button>
        <small class="line">${t(`coverage.why.${row.state}`)}${isLow && row.seenFromMetres !== undefined
          ? html` · ${filled('coverage.seenFrom', 'height', metres(row.seenFromMetres))}` : nothing}${row.since && row.state !== 'None'
          ? html` · ${t('since')} ${timeOf(store, row.since)} (${ageOf(store, row.since)})` : nothing}</small></span>
    </div>`;
}

function sensorRow(store: Store, actions: Actions, sensor: SensorRow): TemplateResult {
  const configured = store.configuration?.sensors.find((one) => one.id === sensor.id);
  const [kind, shape] = looks[sensor.state] ?? ['doubt', '?'];
  return html`
    <div class="row">
      ${badge(kind, shape, name('sensor', sensor.state))}
      <span class="grow"><strong>${ltr(sensor.id)}</strong> <small>${words(configured?.name ? nameOf(configured) : '')}</small>
        <small class="line">${t('sensor.lastSeen')} ${ageOf(store, sensor.lastSeen)} · ${t('sensor.plots')} ${ltr(grouped(sensor.plots))}
          · ${ltr((sensor.plotsPerSecond ?? 0).toFixed(1))} ${t('feed.perSecond')}${why(store, sensor.cause, sensor.reason)}</small>
        ${wordLine(sensor)}${clockLine(sensor)}${biasLine(sensor)}</span>
      ${store.operator ? html`<button class="quiet" @click=${() => actions.fill(outageForm(sensor.id, sensor.state === 'Off'))}>${t(sensor.state === 'Off' ? 'do.outageOver' : 'do.outage')}</button>` : nothing}
    </div>`;
}

/** What the sensor says of its own state. */
function wordLine({ word }: SensorRow): TemplateResult | typeof nothing {
  return word ? html`<small class="line ${word.isFault ? 'warn' : ''}">${word.isFault ? '⚠ ' : nothing}${t('sensor.word')}: ${words(word.words)}</small>` : nothing;
}

/** What is wrong with the sensor's clock, if anything. */
function clockLine({ clock }: SensorRow): TemplateResult | typeof nothing {
  if (!clock || (clock.state === 'Right' && clock.late === 0)) return nothing;
  return html`<small class="line ${clock.state === 'Right' ? '' : 'warn'}">${clock.state === 'Right' ? nothing
    : html`⚠ ${t('sensor.clock')}: ${name('clock', clock.state)} ${ltr(signed(clock.aheadSeconds, 1, 's'))} `}${clock.late > 0
    ? html`${t('sensor.late')} ${ltr(grouped(clock.late))}` : nothing}</small>`;
}

/** What the common tracks tell of the sensor: range, azimuth, clock, each with one sigma. */
function biasLine({ bias }: SensorRow): TemplateResult | typeof nothing {
  if (!bias) return nothing;
  if (!bias.settled) return html`<small class="line">${t('sensor.bias')}: ${t('sensor.learning')}</small>`;
  return html`<small class="line ${bias.fault ? 'warn' : ''}">${bias.fault ? '⚠ ' : nothing}${t('sensor.bias')}:
    ${ltr(`${signed(bias.rangeMetres, 0, 'm')} ±${bias.sigmaRangeMetres.toFixed(0)}`)} ·
    ${ltr(`${signed(bias.azimuthDegrees, 2, '°')} ±${bias.sigmaAzimuthDegrees.toFixed(2)}`)} ·
    ${ltr(`${signed(bias.clockSeconds, 2, 's')} ±${bias.sigmaClockSeconds.toFixed(2)}`)}${bias.corrected
      ? html` · ${t('sensor.corrected')}` : nothing}</small>`;
}

function feedRow(store: Store, feed: FeedRow): TemplateResult {
  const damaged = feed.faults.reduce((sum, fault) => sum + fault.count, 0);
  return html`
    <div class="row">
      <span class="grow"><strong>${ltr(feed.id)}</strong>
        <small class="line">${t('sensor.lastSeen')} ${ageOf(store, feed.lastSeen)} · ${t('feed.arrivals')} ${ltr(grouped(feed.arrivals))}
          · ${ltr(feed.arrivalsPerSecond.toFixed(1))} ${t('feed.perSecond')}</small>
        ${feed.lost > 0 ? html`<small class="line warn">⚠ ${t('feed.lost')} ${ltr(grouped(feed.lost))}</small>` : nothing}
        ${feed.findings.map((found) => html`<small class="line">${name('finding', found.kind)} ${ltr(found.detail)}</small>`)}
        ${damaged > 0 ? html`<small class="line warn">⚠ ${t('feed.faults')} ${ltr(grouped(damaged))}: ${feed.faults.map((fault) =>
          html`${name('fault', fault.fault)} ${ltr(`×${grouped(fault.count)}`)} ${told(fault.lastCause, fault.lastDetail)} `)}</small>` : nothing}</span>
    </div>`;
}

import { html, nothing, type TemplateResult } from 'lit';
import { grouped, signed } from '../format.js';
import { name, t } from '../i18n/index.js';
import type { Store } from '../model/store.js';
import type { FeedRow, SensorRow, SensorState } from '../model/types.js';
import { ageOf, badge, loading, ltr, none, words } from './parts.js';

const looks: Record<SensorState, [string, string]> = {
  Lost: ['bad', '⊘'], Off: ['bad', '○'], NotSeen: ['doubt', '?'], Working: ['ok', '●'],
};

/** What we see with: sensors and the feeds they speak on. */
export function coveragePanel(store: Store): TemplateResult {
  const { sensors, feeds } = store.boards;
  const working = sensors?.filter((sensor) => sensor.state === 'Working').length ?? 0;
  return html`
    <h3>${t('coverage.sensors')}</h3>
    ${!sensors ? loading() : sensors.length === 0 ? none(store, 'none.sensors') : html`
      <p class="summary ${working < sensors.length ? 'bad' : ''}">${t('sensor.summary', { working: `\u2066${working}\u2069`, all: `\u2066${sensors.length}\u2069` })}</p>
      ${sensors.map((sensor) => sensorRow(store, sensor))}`}
    <h3>${t('coverage.feeds')}</h3>
    ${!feeds ? loading() : feeds.length === 0 ? none(store, 'none.feeds') : feeds.map((feed) => feedRow(store, feed))}`;
}

function sensorRow(store: Store, sensor: SensorRow): TemplateResult {
  const configured = store.configuration?.sensors.find((one) => one.id === sensor.id);
  const [kind, shape] = looks[sensor.state] ?? ['doubt', '?'];
  return html`
    <div class="row">
      ${badge(kind, shape, name('sensor', sensor.state))}
      <span class="grow"><strong>${ltr(sensor.id)}</strong> <small>${words(configured?.name ?? '')}</small>
        <small class="line">${t('sensor.lastSeen')} ${ageOf(store, sensor.lastSeen)} · ${t('sensor.plots')} ${ltr(grouped(sensor.plots))}${sensor.reason
          ? html` · ${words(sensor.reason)}` : nothing}</small>
        ${wordLine(sensor)}${clockLine(sensor)}${biasLine(sensor)}</span>
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
        ${feed.findings.map((found) => html`<small class="line">${t('feed.found')} ${ltr(`${found.kind}: ${found.detail}`)}</small>`)}
        ${damaged > 0 ? html`<small class="line warn">⚠ ${t('feed.faults')} ${ltr(grouped(damaged))}: ${feed.faults.map((fault) =>
          html`${ltr(`${fault.fault} ×${grouped(fault.count)}`)} <bdi dir="auto">${fault.lastDetail}</bdi> `)}</small>` : nothing}</span>
    </div>`;
}

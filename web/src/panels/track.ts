import { html, nothing, type TemplateResult } from 'lit';
import { clock, extent, metres, percent, position, span, speed, trackNumber } from '../format.js';
import { name, t, type Key } from '../i18n/index.js';
import type { Actions } from '../actions.js';
import type { TrackDescription, TrackImpact } from '../model/types.js';
import type { Store } from '../model/store.js';
import { told } from './because.js';
import { filled, ltr } from './parts.js';

const identities = ['NonCooperative', 'Cooperative', 'Authorised'];
const statuses = ['Tentative', 'Confirmed', 'Coasting'];

/** All we know of the selected track: facts and evidence, no verdict. */
export function trackCard(store: Store, actions: Actions): TemplateResult | typeof nothing {
  const id = store.selectedTrack;
  if (id === null) return nothing;
  const frame = store.frame;
  const i = frame?.id.indexOf(id) ?? -1;
  const said = store.descriptions.get(id);
  return html`
    <section class="track-card" aria-label="${t('track.title')} ${trackNumber(id)}">
      <header><strong>${t('track.title')} ${ltr(trackNumber(id))}</strong><button class="quiet end" aria-label=${t('do.close')} @click=${() => actions.closeTrack()}>✕</button></header>
      ${!frame || i < 0 ? html`<p>${t('track.gone')}</p>` : html`
        <dl>
          ${line('track.identity', html`${name('identity', identities[frame.identity[i] ?? 0] ?? '')} · ${name('status', statuses[frame.status[i] ?? 0] ?? '')}`)}
          ${said?.callsign ? line('track.callsign', ltr(said.callsign)) : nothing}
          ${said?.mode3A ? line('track.mode3A', ltr(said.mode3A)) : nothing}
          ${said?.address ? line('track.address', ltr(said.address)) : nothing}
          ${said?.authorisation ? line('track.authorisation', ltr(said.authorisation)) : nothing}
          ${said?.impact ? line('track.impact', comesDown(said.impact, store.configuration?.timeZone ?? 'UTC')) : nothing}
          ${line('track.position', ltr(position(frame.latitude[i] ?? 0, frame.longitude[i] ?? 0)))}
          ${line('track.height', ltr(metres(frame.height[i] ?? NaN)))}
          ${line('track.speed', ltr(speed(frame.speed[i] ?? NaN)))}
          ${line('track.course', ltr(`${Math.round(frame.course[i] ?? 0).toString().padStart(3, '0')}°`))}
          ${line('track.class', html`${name('class', String(frame.kind[i] ?? 0))}`)}
          ${line('track.accuracy', ltr(metres(frame.accuracy[i] ?? NaN)))}
          ${line('track.age', filled('ago', 'age', span(frame.age[i] ?? 0)))}
          ${line('track.existence', ltr(percent(frame.existence[i] ?? NaN)))}
          ${said && said.sensors.length > 0 ? line('track.sensors', ltr(said.sensors.join(', '))) : nothing}
          ${said && said.reportedAs.length > 0 ? line('track.reportedAs', said.reportedAs.map(reported)) : nothing}
          ${said?.reportDoubt ? line('track.reportDoubt', html`${name('doubt', said.reportDoubt.trust)}: ${told(said.reportDoubt.cause, said.reportDoubt.reason)}`) : nothing}
        </dl>
        <p class="track-do">
          <button aria-pressed=${store.settings.follow === id} @click=${() => actions.follow(id)}>${t('track.follow')}</button>
          <button aria-pressed=${store.settings.isolate === id} @click=${() => actions.isolate(id)}>${t('track.isolate')}</button>
        </p>
        <h4>${t('track.evidence')}</h4>
        ${said && said.evidence.length > 0 ? html`<ul>${said.evidence.map((one, i) => html`<li>${told(said.causes?.[i], one)}</li>`)}</ul>` : html`<p class="small">${t('track.noEvidence')}</p>`}`}
    </section>`;
}

/** "Uncrewed aircraft (0.8, HILL)": the word of a sensor, and how sure or loud by its own measure. */
const reported = (one: TrackDescription['reportedAs'][number]): TemplateResult => html`<span class="line">${
  one.class === 'None' ? nothing : `${name('object', one.class)} `}(${ltr([one.confidence, one.levelDecibels === undefined
  ? undefined : `${one.levelDecibels.toFixed(0)} dB`, one.sensor].filter((part) => part !== undefined).join(', '))})</span>`;

/** "21:40:10–21:41:05 near 33.123°N 44.456°E, 95% within 3.2 × 1.1 km" */
const comesDown = (impact: TrackImpact, zone: string): TemplateResult => html`<strong>${ltr(
  `${clock(Date.parse(impact.earliest), zone)}–${clock(Date.parse(impact.latest), zone)}`)} ${t('track.impactNear')} ${ltr(
  position(impact.latitudeDegrees, impact.longitudeDegrees))}${t('track.impactWithin')} ${ltr(
  extent(impact.semiMajorMetres, impact.semiMinorMetres))}</strong>`;

const line = (key: Key, value: unknown): TemplateResult => html`<dt>${t(key)}</dt><dd>${value}</dd>`;

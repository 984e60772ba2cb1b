import { html, nothing, type TemplateResult } from 'lit';
import { span, speed, trackNumber } from '../../format.js';
import { t } from '../../i18n/index.js';
import { ltr } from '../../panels/parts.js';
import { degrees, kilometres } from '../measure.js';
import type { MapControls } from './mapControls.js';

export function measureCard(controls: MapControls): TemplateResult | typeof nothing {
  const { measure, tracks } = controls.map;
  if (!measure.on) return nothing;
  const result = measure.result(tracks);
  return html`
    <section class="track-card measure" aria-label=${t('map.measure')} aria-live="polite">
      <header><strong>${t('map.measure')}</strong><button class="quiet end" aria-label=${t('do.close')} @click=${() => controls.measure()}>✕</button></header>
      ${measure.to === null ? html`<p class="small">${t(measure.from === null ? 'measure.first' : 'measure.second')}</p>` : nothing}
      ${result ? html`
        <dl>
          <dt>${t('measure.distance')}</dt><dd><b>${ltr(kilometres(result.metres))}</b> ${ltr(`(${(result.metres / 1852).toFixed(1)} NM)`)}</dd>
          <dt>${t('measure.bearing')}</dt><dd><b>${ltr(degrees(result.bearingDegrees))}</b></dd>
          <dt>${t('measure.back')}</dt><dd>${ltr(degrees(result.back))}</dd>
          <dt>${t('measure.time')}</dt><dd><b>${ltr(Number.isFinite(result.seconds) ? span(result.seconds) : '—')}</b></dd>
          <dt>${t('measure.at')}</dt><dd>${result.ofTrack !== null ? ltr(`${trackNumber(result.ofTrack)} ${speed(result.speed)}`) : html`
            <input type="number" min="1" max="30000" step="10" dir="ltr" aria-label=${t('measure.at')} .value=${String(Math.round(measure.assumedSpeed * 3.6))} @change=${(event: Event) => {
              const kilometresAnHour = (event.target as HTMLInputElement).valueAsNumber;
              if (kilometresAnHour > 0) measure.assumedSpeed = kilometresAnHour / 3.6;
              controls.changed();
            }} /> ${ltr('km/h')}`}</dd>
        </dl>` : nothing}
    </section>`;
}

import { html, svg, type TemplateResult } from 'lit';
import { grouped } from '../../format.js';
import { t, type Key } from '../../i18n/index.js';
import type { Store } from '../../model/store.js';
import { isolated } from '../../panels/parts.js';
import { alertShape, palettes } from '../palette.js';

export function legend({ theme, settings }: Store): TemplateResult {
  const palette = palettes[theme];
  const item = (colour: string, shape: string, key: Key): TemplateResult =>
    html`<li><span class="key" style="color:${colour}" aria-hidden="true">${shape}</span>${t(key)}</li>`;
  const drawn = (figure: TemplateResult, words: string): TemplateResult =>
    html`<li><span class="key">${svg`<svg width="16" height="12" viewBox="0 0 16 12" aria-hidden="true">${figure}</svg>`}</span>${words}</li>`;
  const stripes = (colour: string): TemplateResult => svg`<path d="M-2 12L8 0M4 12L14 0M10 12L20 0" stroke=${colour} stroke-width="1.4"/>`;
  return html`
    <details class="legend">
      <summary>${t('legend.title')}</summary>
      <ul>
        ${(['Warning', 'Watch', 'AllClear'] as const).map((state) => item(palette.alert[state], alertShape[state], `alert.${state}`))}
        ${item(palette.identity[0], '◆', 'identity.NonCooperative')}
        ${item(palette.identity[1], '□', 'identity.Cooperative')}
        ${item(palette.identity[2], '○', 'identity.Authorised')}
        ${drawn(svg`<path d="M1 3V1H3M13 1H15V3M15 9V11H13M3 11H1V9" fill="none" stroke=${palette.alert.Warning} stroke-width="1.8"/>`, t('legend.threat'))}
        ${drawn(svg`<path d="M0 6L15 0V12Z" fill=${palette.exposure} opacity=".5"/>`, t('legend.ahead'))}
        ${drawn(svg`<ellipse cx="8" cy="6" rx="7" ry="4" fill="none" stroke=${palette.crossing} stroke-dasharray="3 2" stroke-width="1.4"/>`, t('legend.impact'))}
        ${item(palette.crossing, '✕', 'legend.crossing')}
        ${drawn(stripes(palette.unseen), t('legend.unseen', { height: isolated(grouped(settings.coverageHeight)) }))}
        ${drawn(stripes(palette.lost), t('map.lostCoverage'))}
      </ul>
      <small>${settings.vectorMinutes === 0 ? '' : t('legend.vector', { count: isolated(settings.vectorMinutes) })}</small>
    </details>`;
}

import { html, nothing, type TemplateResult } from 'lit';
import { grouped } from '../../format.js';
import { t } from '../../i18n/index.js';
import { isolated } from '../../panels/parts.js';
import { depths, heightChoices, layers, sizeChoices, vectorChoices, type Layer } from '../settings.js';
import type { MapControls } from './mapControls.js';

export function layersDrawer(controls: MapControls): TemplateResult {
  const { settings, configuration } = controls.store;
  const more: Layer[] = (['districts', 'tiles', 'wms'] as const).filter((one) => configuration?.map?.[one]);
  return html`
    <div class="ticks">${[...layers, ...more].map((layer) => html`
      <label><input type="checkbox" name=${layer} .checked=${settings.shown[layer]} @change=${(event: Event) => {
        settings.shown[layer] = (event.target as HTMLInputElement).checked;
        controls.changed();
      }} />${t(`layer.${layer}`)}</label>`)}
    </div>
    <label class="wide">${t('map.height')} <output>${t('map.heightAbove', { height: isolated(grouped(settings.coverageHeight)) })}</output>
      <input type="range" name="height" min="0" max=${heightChoices.length - 1} step="1" aria-valuetext=${t('map.heightAbove', { height: settings.coverageHeight })}
        .value=${String(heightChoices.indexOf(settings.coverageHeight))} ?disabled=${!settings.shown.coverage} @input=${(event: Event) => {
          settings.coverageHeight = heightChoices[Number((event.target as HTMLInputElement).value)] ?? settings.coverageHeight;
          controls.changed();
        }} /></label>
    ${choice('map.labels', depths, settings.labels, (depth) => t(`labels.${depth}`), (depth) => {
      settings.labels = depth;
      controls.changed();
    })}
    ${choice('map.labelSize', sizeChoices, settings.labelSize, (size) => t(`labelSize.${sizeChoices.indexOf(size) as 0 | 1 | 2}`), (size) => {
      settings.labelSize = size;
      controls.changed();
    })}
    ${choice('map.vectors', vectorChoices, settings.vectorMinutes, (minutes) => (minutes === 0 ? t('labels.none') : t('map.minutes', { count: isolated(minutes) })), (minutes) => {
      settings.vectorMinutes = minutes;
      controls.changed();
    })}
    ${configuration && configuration.sensors.length === 0 ? html`<p class="small">${t('none.sensors')}</p>` : nothing}`;
}

function choice<T>(title: 'map.labels' | 'map.labelSize' | 'map.vectors', all: readonly T[], now: T, words: (one: T) => string, choose: (one: T) => void): TemplateResult {
  return html`<fieldset class="choice"><legend>${t(title)}</legend>${all.map((one) => html`
    <label><input type="radio" name=${title} .checked=${one === now} @change=${() => choose(one)} />${words(one)}</label>`)}</fieldset>`;
}

import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { clock, date, percent, span, trackNumber } from '../format.js';
import { name, nameOf, t, type Key } from '../i18n/index.js';
import { alertShape } from '../map/palette.js';
import { apart, filled, isolated, ltr } from '../panels/parts.js';
import { calledAt } from '../model/posture.js';
import type { Store } from '../model/store.js';
import type { AlertState } from '../model/types.js';
import type { FilmMark } from './film.js';
import { speeds, spans, type TimeDesk } from './desk.js';

/** Marks drawn at once, gravest first: more would hide each other. */
const mostMarks = 160;
const shapes = { Inbound: '⇥', Outbound: '⇤' } as const;

/** The bar of time: what the screen shows, and every way to another moment. */
export function timeBar(store: Store, desk: TimeDesk): TemplateResult {
  const [from, to] = stretch(store, desk);
  const film = desk.range?.from !== undefined;
  return html`
    <div class="time-tools" role="group" aria-label=${t('time.label')}>
      <button id="time-toggle" class="go" @click=${() => desk.toggle()} title=${t('keys.stand')}><span aria-hidden="true">${desk.mode === 'paused' ? '▶' : '‖'}</span> ${t(desk.mode === 'paused' ? 'time.play' : 'time.pause')}</button>
      <label class="small">${t('time.speed')} <select id="time-speed" @change=${(event: Event) => setSpeed(desk, Number((event.target as HTMLSelectElement).value))}>
        ${speeds.map((one) => html`<option value=${one} ?selected=${one === desk.speed}>${one}×</option>`)}</select></label>
      ${tool('time.mark.before', '«', () => desk.jump(false), !film)}
      ${tool('time.back', '−1', () => desk.step(-1), !film)}
      ${tool('time.on', '+1', () => desk.step(1), !film)}
      ${tool('time.mark.next', '»', () => desk.jump(true), !film)}
      ${desk.review ? nothing : html`<button id="time-live" class="go" ?disabled=${desk.isLive} @click=${() => desk.live()} title=${t('keys.live')}><span aria-hidden="true">●</span> ${t('time.live')}</button>`}
      <span class="time-now">${moment(store, desk)}</span>
      ${note(store, desk)}
      <label class="small end">${t('time.stretch')} <select id="time-stretch" @change=${(event: Event) => {
        desk.minutes = Number((event.target as HTMLSelectElement).value);
        store.changed();
      }}>${spans.map((one) => html`<option value=${one} ?selected=${one === desk.minutes}>${one === 0 ? t('time.all') : one < 60 ? t('time.minutes', { count: isolated(one) }) : t('time.hours', { count: isolated(one / 60) })}</option>`)}</select></label>
    </div>
    ${film ? rail(store, desk, from, to) : nothing}`;
}

function tool(key: Key, sign: string, act: () => void, off: boolean): TemplateResult {
  return html`<button class="go" ?disabled=${off} @click=${act} aria-label=${sign.length > 1 ? `${sign} ${t(key)}` : t(key)} title=${t(key)}><span aria-hidden="true">${sign.length > 1 ? ltr(sign) : sign}</span></button>`;
}

function setSpeed(desk: TimeDesk, speed: number): void {
  if (desk.mode === 'playing') desk.play(speed);
  else desk.speed = speed;
}

/** The stretch of time the rail shows: ends now, or lies around the moment shown. */
export function stretch(store: Store, desk: TimeDesk): [number, number] {
  const first = Date.parse(desk.range?.from ?? ''), last = Math.max(Date.parse(desk.range?.to ?? ''), desk.review ? 0 : store.liveNow());
  if (Number.isNaN(first)) return [last - 60_000, last];
  if (desk.minutes === 0) return [first, last];
  const length = desk.minutes * 60_000;
  const to = desk.isLive || desk.at > last - length / 2 ? last : Math.max(desk.at + length / 2, Math.min(last, first + length));
  return [Math.max(first, to - length), to];
}

function rail(store: Store, desk: TimeDesk, from: number, to: number): TemplateResult {
  const zone = store.configuration?.timeZone ?? 'UTC';
  const inside = desk.marks.filter((mark) => Date.parse(mark.at) >= from && Date.parse(mark.at) <= to);
  const drawn = inside.length <= mostMarks ? inside : [...inside].sort((one, other) => weight(other) - weight(one)).slice(0, mostMarks);
  const place = (time: number): string => `inset-inline-start:${(100 * (Math.min(to, Math.max(from, time)) - from)) / Math.max(1, to - from)}%`;
  return html`
    <div class="time-rail">
      <bdi class="edge" dir="ltr">${clock(from, zone)}</bdi>
      <div class="time-line">
        ${(desk.range?.missing ?? []).map((gap) => {
          const [start, end] = [Date.parse(gap.from ?? desk.range?.from ?? ''), Date.parse(gap.to ?? desk.range?.to ?? '')];
          return start < to && end > from ? html`<span class="time-gap" style="${place(start)};inset-inline-end:${(100 * Math.max(0, to - end)) / Math.max(1, to - from)}%" title=${t('time.missing')}></span>` : nothing;
        })}
        <input id="time-slider" type="range" min=${from} max=${to} step="1000" .value=${String(desk.at)} aria-label=${t('time.slider')}
          aria-valuetext="${date(desk.at, zone)} ${clock(desk.at, zone)}" @input=${(event: Event) => desk.seek(Number((event.target as HTMLInputElement).value))} />
        ${repeat(drawn, (mark) => `${mark.kind} ${mark.id} ${mark.state} ${mark.knownAt}`, (mark) => html`<button class="time-mark ${mark.kind} ${mark.state} ${mark === desk.mark ? 'chosen' : ''}"
          style=${place(Date.parse(mark.at))} data-mark=${mark.id} @click=${() => desk.toMark(mark)} aria-label=${said(store, mark)} title=${said(store, mark)}><span aria-hidden="true">${shapeOf(mark)}</span></button>`)}
      </div>
      <bdi class="edge" dir="ltr">${clock(to, zone)}</bdi>
    </div>
    ${drawn.length < inside.length || desk.moreMarks ? html`<p class="small">${filled('time.moreMarks', 'count', desk.moreMarks ? '…' : String(inside.length - drawn.length))}</p>` : nothing}`;
}

const weight = (mark: FilmMark): number => (mark.state === 'Warning' ? 4 : mark.kind === 'Crossing' ? 3 : mark.kind === 'Phase' ? 2 : 1);

function shapeOf(mark: FilmMark): string {
  if (mark.kind === 'Crossing') return shapes[mark.state as keyof typeof shapes] ?? '⇥';
  return mark.kind === 'Phase' ? '⚑' : alertShape[mark.state as AlertState] ?? '·';
}

/** "21:43:12 TAKE SHELTER Baghdad", "21:43:12 T0012 IN Iraq". */
export function said(store: Store, mark: FilmMark): string {
  const configuration = store.configuration, zone = configuration?.timeZone ?? 'UTC';
  const at = isolated(clock(Date.parse(mark.at), zone));
  if (mark.kind === 'Alert') return `${at} ${t(`alert.${mark.state as AlertState}`)} ${apart(nameOf(store.zone(mark.place), mark.place))}`;
  if (mark.kind === 'Phase') return `${at} ${apart(nameOf(configuration?.sites.find((one) => one.id === mark.place), mark.place))} ${apart(calledAt(configuration, mark.place, mark.state))}`;
  const border = configuration?.borders.find((one) => one.id === mark.place);
  return `${at} ${isolated(trackNumber(mark.track ?? 0))} ${name('time.crossing', mark.state)} ${apart(border ? nameOf(border) : mark.place)}`;
}

function moment(store: Store, desk: TimeDesk): TemplateResult {
  const zone = store.configuration?.timeZone ?? 'UTC';
  return html`<b>${ltr(clock(desk.at, zone))}</b> <small>${ltr(`${date(desk.at, zone)} ${zone}`)} · ${ltr(`${clock(desk.at, 'UTC')} UTC`)}</small>`;
}

/** Whatever a person must know of the film or of the mark that is shown. */
function note(store: Store, desk: TimeDesk): TemplateResult | typeof nothing {
  if (desk.fault) return html`<span class="bad" role="alert">⚠ ${t('time.fault')}</span>`;
  if (desk.mark && !desk.isLive) return chosen(store, desk.mark);
  if (desk.range?.fault) return html`<span class="bad">⚠ ${t('time.filmFault')} <bdi dir="auto">${desk.range.fault}</bdi></span>`;
  if (desk.range?.building !== undefined) return html`<span class="small" role="status">${filled('time.building', 'share', percent(desk.range.building))}</span>`;
  return desk.asked && !desk.range ? html`<span class="small">${t('time.none')}</span>` : nothing;
}

function chosen(store: Store, mark: FilmMark): TemplateResult {
  const zone = store.configuration?.timeZone ?? 'UTC';
  const when = (time: string): string => clock(Date.parse(time), zone);
  return html`<span class="time-chosen">${shapeOf(mark)} ${said(store, mark)}${mark.kind === 'Crossing' && mark.earliest && mark.latest
    ? html` (${ltr(`${when(mark.earliest)}–${when(mark.latest)}`)}, ${ltr(percent(mark.probability ?? NaN))}) · ${filled('time.knownAt', 'time', when(mark.knownAt))}` : nothing}</span>`;
}

/** Over the whole width while the screen is not live; and what began live meanwhile. */
export function pastBanner(store: Store, desk: TimeDesk): TemplateResult | typeof nothing {
  if (desk.isLive) return nothing;
  const zone = store.configuration?.timeZone ?? 'UTC';
  const shown = `${clock(desk.at, zone)} · ${clock(desk.at, 'UTC')} UTC`;
  return html`
    ${desk.broken.length > 0 ? html`<div class="alarm breakthrough" role="alert" id="breakthrough"><b>▲ ${t('time.breakthrough')}</b>
      <span>${desk.broken.slice(0, 4).map((alert, i) => html`${i > 0 ? t('list.comma') : nothing}<bdi>${nameOf(store.zone(alert.zone), alert.zone)}</bdi> ${ltr(clock(Date.parse(alert.since), zone))}`)}${desk.broken.length > 4 ? ltr(` +${desk.broken.length - 4}`) : nothing}</span>
      <button class="go" @click=${() => desk.live()}>${t('time.goLive')}</button></div>` : nothing}
    <div class="past-banner" role="status" id="not-live"><b><span aria-hidden="true">${desk.mode === 'playing' ? '▶' : '‖'}</span> ${t(desk.review ? 'time.review' : 'time.notLive')}</b>
      <span>${filled(desk.mode === 'playing' ? 'time.playing' : 'time.stands', 'time', shown)}${desk.seeking ? ' …' : ''}</span>
      ${desk.review ? html`<span>${t('time.reviewOrders')}</span>` : html`<span>${filled('time.behind', 'age', span((store.liveNow() - desk.at) / 1000))}</span><span>${t('time.orders')}</span>
      <button class="go" @click=${() => desk.live()}>${t('time.goLive')}</button>`}</div>`;
}

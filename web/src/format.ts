// Words and numbers as the console writes them. Numbers and times always in Latin digits, wherever they stand.

export function clock(milliseconds: number, timeZone: string): string {
  let writer = clocks.get(timeZone);
  if (!writer) {
    writer = new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' });
    clocks.set(timeZone, writer);
  }
  return writer.format(milliseconds);
}

/** Making a writer takes a hundred times as long as writing with it. */
const clocks = new Map<string, Intl.DateTimeFormat>();
const wholeNumbers = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 });

/** An interval by the clock: "21:40–21:47" from the first minute to the end of the last; with seconds when it is within one. */
export function clockInterval(earliest: number, latest: number, timeZone: string): string {
  const minute = 60_000;
  if (latest - earliest <= minute) return `${clock(earliest, timeZone)}–${clock(latest, timeZone)}`;
  return `${clock(earliest, timeZone).slice(0, 5)}–${clock(Math.ceil(latest / minute) * minute, timeZone).slice(0, 5)}`;
}

export function date(milliseconds: number, timeZone: string): string {
  const parts = new Intl.DateTimeFormat('en-GB', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' })
    .formatToParts(milliseconds);
  const part = (type: string) => parts.find((one) => one.type === type)?.value ?? '';
  return `${part('year')}-${part('month')}-${part('day')}`;
}

/** "0:07", "12:45", "1:02:03"; never negative. */
export function span(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  const two = (value: number) => String(value).padStart(2, '0');
  const hours = Math.floor(whole / 3600);
  const minutes = Math.floor((whole % 3600) / 60);
  return hours > 0 ? `${hours}:${two(minutes)}:${two(whole % 60)}` : `${minutes}:${two(whole % 60)}`;
}

/** An arrival interval as seen from now: "4:10–5:30"; "now" once the earliest has passed is the caller's word. */
export function interval(earliest: number, latest: number, now: number): string {
  return `${span((earliest - now) / 1000)}–${span((latest - now) / 1000)}`;
}

export function metres(value: number): string {
  return Number.isFinite(value) ? `${grouped(Math.round(value / 10) * 10)} m` : '—';
}

/** Metres per second as kilometres per hour, which everyone reads. */
export function speed(metresPerSecond: number): string {
  return Number.isFinite(metresPerSecond) ? `${grouped(Math.round(metresPerSecond * 3.6))} km/h` : '—';
}

export function percent(share: number): string {
  if (!Number.isFinite(share)) return '—';
  if (share > 0 && share < 0.01) return '<1%';
  if (share < 1 && share > 0.99) return '>99%';
  return `${Math.round(share * 100)}%`;
}

/** "18.2 GB", "640 MB"; powers of ten. */
export function bytes(value: number): string {
  for (const [unit, size] of [['TB', 1e12], ['GB', 1e9], ['MB', 1e6], ['kB', 1e3]] as const) if (value >= size) return `${(value / size).toFixed(1)} ${unit}`;
  return `${Math.round(value)} B`;
}

export function grouped(value: number): string {
  return wholeNumbers.format(value);
}

/** "+152 m", "−0.31°": an error has its sign. */
export function signed(value: number, digits: number, unit: string): string {
  const text = Math.abs(value).toFixed(digits);
  const sign = Number(text) === 0 ? '' : value < 0 ? '−' : '+';
  return `${sign}${text}${unit === '°' ? '' : ' '}${unit}`;
}

export function position(latitude: number, longitude: number): string {
  return `${Math.abs(latitude).toFixed(3)}°${latitude < 0 ? 'S' : 'N'} ${Math.abs(longitude).toFixed(3)}°${longitude < 0 ? 'W' : 'E'}`;
}

/** The two axes of an ellipse from end to end: "3.2 × 1.1 km", "420 × 180 m". */
export function extent(semiMajorMetres: number, semiMinorMetres: number): string {
  const [long, short] = [2 * semiMajorMetres, 2 * semiMinorMetres];
  const tens = (value: number) => grouped(Math.max(10, Math.round(value / 10) * 10));
  return long >= 1000 ? `${(long / 1000).toFixed(1)} × ${(short / 1000).toFixed(1)} km` : `${tens(long)} × ${tens(short)} m`;
}

export function trackNumber(id: number): string {
  return `T${String(id).padStart(4, '0')}`;
}

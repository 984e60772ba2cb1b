// The past as the server keeps it (docs/api.md, The film): what there is, marks, one moment, and moments on from one.
import { headers } from '../net/api.js';
import { decodeFrame, type TrackFrame } from '../net/frame.js';
import type { BoardsEvent, TrackDescription } from '../model/types.js';

export interface FilmRange {
  from?: string; to?: string; sequence: number; review: boolean; building?: number; fault?: string;
  missing: { from?: string; to?: string }[]; thinnedUntil?: string; droppedUntil?: string;
}
export interface FilmMark {
  at: string; knownAt: string; kind: 'Alert' | 'Crossing' | 'Phase'; id: string; place: string; state: string;
  track?: number; earliest?: string; latest?: string; probability?: number; latitudeDegrees?: number; longitudeDegrees?: number;
}

export type Part =
  | { kind: 'boards'; event: BoardsEvent }
  | { kind: 'descriptions'; tracks: TrackDescription[] }
  | { kind: 'tracks'; frame: TrackFrame }
  | { kind: 'end' };

const head = 5;

/** Takes bytes as they arrive, in pieces of any size, and gives out whole parts. */
export class PartReader {
  private rest = new Uint8Array(0);

  take(piece: Uint8Array): Part[] {
    const bytes = new Uint8Array(this.rest.length + piece.length);
    bytes.set(this.rest);
    bytes.set(piece, this.rest.length);
    const parts: Part[] = [];
    let at = 0;
    while (bytes.length - at >= head) {
      const length = new DataView(bytes.buffer, at + 1).getInt32(0, true);
      if (length < 0) throw new Error(`a part of ${length} bytes`);
      if (bytes.length - at - head < length) break;
      const part = read(bytes[at] ?? 0, bytes.slice(at + head, at + head + length));
      if (part) parts.push(part);
      at += head + length;
    }
    this.rest = bytes.slice(at);
    return parts;
  }
}

/** A kind that a later server sends is passed over. */
function read(kind: number, bytes: Uint8Array<ArrayBuffer>): Part | null {
  const json = (): unknown => JSON.parse(new TextDecoder().decode(bytes));
  switch (kind) {
    case 1: return { kind: 'boards', event: json() as BoardsEvent };
    case 2: return { kind: 'descriptions', tracks: json() as TrackDescription[] };
    case 3: return { kind: 'tracks', frame: decodeFrame(bytes.buffer) };
    case 4: return { kind: 'end' };
    default: return null;
  }
}

const ask = (path: string, signal?: AbortSignal): Promise<Response> =>
  fetch(path, { headers: headers(), cache: 'no-store', ...(signal ? { signal } : {}) });

/** What there is of the film; null where none is kept or it cannot be asked. */
export async function askRange(): Promise<FilmRange | null> {
  const answer = await ask('api/film', AbortSignal.timeout(5000)).catch(() => null);
  return answer?.ok ? ((await answer.json()) as FilmRange) : null;
}

export async function askMarks(from: number, to: number): Promise<{ marks: FilmMark[]; more: boolean } | null> {
  const answer = await ask(`api/film/marks?from=${iso(from)}&to=${iso(to)}`, AbortSignal.timeout(5000)).catch(() => null);
  return answer?.ok ? ((await answer.json()) as { marks: FilmMark[]; more: boolean }) : null;
}

/** The parts of the moment at a time; of the next one when that is not after another time. */
export async function askMoment(time: number, after: number | null, signal: AbortSignal): Promise<Part[]> {
  const answer = await ask(`api/film/at?t=${iso(time)}${after === null ? '' : `&after=${iso(after + 1)}`}`, signal);
  if (!answer.ok) throw new Error(`film: ${answer.status}`);
  return new PartReader().take(new Uint8Array(await answer.arrayBuffer()));
}

/** Moments on from a time, as they come, until the film's end or the signal. */
export async function follow(time: number, speed: number, signal: AbortSignal, take: (parts: Part[]) => void): Promise<void> {
  const answer = await ask(`api/film/stream?from=${iso(time)}&speed=${speed}`, signal);
  if (!answer.ok || !answer.body) throw new Error(`film: ${answer.status}`);
  const stream = answer.body.getReader();
  const parts = new PartReader();
  for (;;) {
    const { done, value } = await stream.read();
    if (done) return;
    take(parts.take(value));
  }
}

const iso = (time: number): string => new Date(time).toISOString();

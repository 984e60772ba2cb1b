import type { Boards, BoardsEvent, TrackDescription } from '../model/types.js';
import type { TrackFrame } from '../net/frame.js';

/** All that a console shows of one moment: live, or of the film. */
export interface Picture {
  boards: Boards;
  withheld: number;
  frame: TrackFrame | null;
  descriptions: Map<number, TrackDescription>;
  /** Milliseconds; null while nothing has come. */
  at: number | null;
}

export const emptyPicture = (): Picture => ({ boards: {}, withheld: 0, frame: null, descriptions: new Map(), at: null });

/** The picture with the boards of an event in it: sections that did not change stay. */
export function withBoards(picture: Picture, event: BoardsEvent): Picture {
  const { now: _, sequence: __, withheld, ...sections } = event;
  return { ...picture, boards: { ...picture.boards, ...sections }, withheld };
}

/** Takes descriptions into a picture; of tracks that are gone it keeps few. */
export function describe(picture: Picture, changed: readonly TrackDescription[]): void {
  for (const track of changed) picture.descriptions.set(track.id, track);
  const alive = picture.frame;
  if (!alive || picture.descriptions.size <= alive.count * 1.2 + 500) return;
  const ids = new Set(alive.id);
  for (const id of picture.descriptions.keys()) if (!ids.has(id)) picture.descriptions.delete(id);
}

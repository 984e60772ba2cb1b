import { EventReader } from './events.js';
import { decodeFrame } from './frame.js';
import { fetchConfiguration, headers } from './api.js';
import type { BoardsEvent, Heartbeat, TrackDescription } from '../model/types.js';
import type { Store } from '../model/store.js';

/** The server sends something every second; this long without a word is a lost connection. */
const silenceLimit = 3500;
const retryAfter = 1000;

/** Keeps both streams open, for ever. Calls `onFrame` for each frame of tracks. */
export class ServerLink {
  private boardsAbort = new AbortController();
  private boardsTriedAt = 0;
  private socket: WebSocket | null = null;
  private tracksTriedAt = 0;

  constructor(private readonly store: Store, private readonly onFrame: () => void) {}

  start(): void {
    void this.followBoards();
    setInterval(() => this.watchSilence(), 250);
  }

  /** Opens the boards again, as after signing in. */
  restart(): void {
    this.boardsAbort.abort();
  }

  /** Opens or closes the stream of tracks: nobody sends what nobody draws. */
  wantTracks(wanted: boolean): void {
    if (wanted === this.store.tracksWanted) return;
    this.store.tracksWanted = wanted;
    this.store.tracksLink = 'connecting';
    this.store.tracksHeardAt = performance.now();
    if (wanted) this.followTracks();
    else {
      this.socket?.close();
      this.store.live.frame = null;
      this.onFrame();
    }
  }

  private async followBoards(): Promise<never> {
    for (;;) {
      this.boardsAbort = new AbortController();
      this.boardsTriedAt = performance.now();
      try {
        this.store.takeConfiguration(await fetchConfiguration(this.boardsAbort.signal));
        if (this.store.configuration?.review) this.store.tracksLink = 'connected';
        else if (!this.socket) this.followTracks();
        await this.readBoards(this.boardsAbort.signal);
      } catch {
        // However it ended, it is marked below, and we try again.
      }
      this.ended('link', this.boardsAbort.signal.aborted);
      await new Promise((resolve) => setTimeout(resolve, retryAfter));
    }
  }

  private async readBoards(signal: AbortSignal): Promise<void> {
    const answer = await fetch('api/events', { headers: headers(), signal, cache: 'no-store' });
    if (!answer.ok || !answer.body) throw new Error(`events: ${answer.status}`);
    const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
    const events = new EventReader();
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      for (const event of events.take(value)) this.take(event.name, event.data);
    }
  }

  private take(name: string, data: string): void {
    if (name === 'boards') this.store.takeBoards(JSON.parse(data) as BoardsEvent);
    else if (name === 'heartbeat') this.store.takeHeartbeat(JSON.parse(data) as Heartbeat);
  }

  private followTracks(): void {
    if (!this.store.tracksWanted) return;
    const address = new URL('api/tracks/live', document.baseURI);
    address.protocol = address.protocol === 'https:' ? 'wss:' : 'ws:';
    const socket = new WebSocket(address);
    this.tracksTriedAt = performance.now();
    socket.binaryType = 'arraybuffer';
    socket.onmessage = (message: MessageEvent<ArrayBuffer | string>) => {
      if (typeof message.data === 'string') {
        this.store.takeDescriptions(JSON.parse(message.data) as TrackDescription[]);
        return;
      }
      this.store.takeFrame(decodeFrame(message.data));
      this.onFrame();
    };
    socket.onclose = () => {
      this.ended('tracksLink', !this.store.tracksWanted);
      setTimeout(() => this.followTracks(), retryAfter);
    };
    this.socket = socket;
  }

  /** A stream that ends without our doing is lost at once; one that only falls silent, by watchSilence. */
  private ended(which: 'link' | 'tracksLink', byUs: boolean): void {
    if (byUs || this.store.configuration?.review || this.store[which] !== 'connected') return;
    this.store[which] = 'lost';
    this.onFrame();
    this.store.changed();
  }

  /** The limit counts from the start, too: a server that never answers is as lost as one that stopped. */
  private watchSilence(): void {
    const now = performance.now();
    const before = [this.store.link, this.store.tracksLink].join();
    if (now - (this.store.heardAt ?? 0) > silenceLimit) {
      this.store.link = 'lost';
      if (now - this.boardsTriedAt > silenceLimit) this.boardsAbort.abort();
    }
    if (!this.store.configuration?.review && this.store.tracksWanted && now - (this.store.tracksHeardAt ?? 0) > silenceLimit) {
      this.store.tracksLink = 'lost';
      if (now - this.tracksTriedAt > silenceLimit) this.socket?.close();
    }
    if (before !== [this.store.link, this.store.tracksLink].join()) this.onFrame();
    this.store.changed();
  }
}

// What a service worker meets: TypeScript's own declarations of it do not go together with those of a page.

export interface Extendable extends Event { waitUntil(work: Promise<unknown>): void }
export interface Fetched extends Extendable { readonly request: Request; respondWith(answer: Promise<Response>): void }
export interface Told extends Extendable { readonly data: string[] }
export interface Pushed extends Extendable { readonly data: { json(): unknown } | null }
export interface Clicked extends Extendable { readonly notification: Notification }
interface Page { readonly url: string; focus(): Promise<unknown> }

export interface ServiceWorkerSelf {
  readonly registration: ServiceWorkerRegistration;
  readonly clients: { claim(): Promise<void>; matchAll(what: { type: 'window' }): Promise<Page[]>; openWindow(url: string): Promise<unknown> };
  skipWaiting(): Promise<void>;
  addEventListener(type: 'install' | 'activate', then: (event: Extendable) => void): void;
  addEventListener(type: 'fetch', then: (event: Fetched) => void): void;
  addEventListener(type: 'message', then: (event: Told) => void): void;
  addEventListener(type: 'push', then: (event: Pushed) => void): void;
  addEventListener(type: 'notificationclick', then: (event: Clicked) => void): void;
}

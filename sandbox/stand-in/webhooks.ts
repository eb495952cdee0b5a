import { setTimeout as delay } from 'node:timers/promises';
import type { Strike } from './faults';

export interface WebhooksOptions {
  /** Where they go; null: nowhere. */
  readonly url: () => string | null;
  /** What strikes the next one. */
  readonly strike: () => Strike;
  /** Its signature, for one; the same when it is sent again. */
  readonly headers?: (body: string) => Readonly<Record<string, string>>;
}

const TRIES = 5;
const RETRY_MS = 1_000;
const TIMEOUT_MS = 10_000;

/**
 * What a stand-in tells by itself, again until it is answered with 2xx. Faults: `duplicate-delivery` tells it
 * twice at once, `slow` lets later ones overtake it, one that strikes `before` loses it for good.
 */
export class Webhooks {
  readonly #stopped = new AbortController();

  constructor(private readonly options: WebhooksOptions) {}

  send(body: unknown): void {
    const url = this.options.url();
    if (url === null) return;
    this.#deliver(url, JSON.stringify(body)).catch((error: unknown) => {
      if (!this.#stopped.signal.aborted) console.error('webhook:', error);
    });
  }

  stop(): void {
    this.#stopped.abort();
  }

  async #deliver(url: string, body: string): Promise<void> {
    const { delayMs, kind } = this.options.strike();
    await delay(delayMs, undefined, { signal: this.#stopped.signal });
    if (kind?.endsWith('-before') === true) return;
    const times = kind === 'duplicate-delivery' ? 2 : 1;
    const init = { headers: { 'content-type': 'application/json', ...this.options.headers?.(body) }, body };
    await Promise.all(Array.from({ length: times }, () => this.#untilTaken(url, init)));
  }

  async #untilTaken(url: string, init: RequestInit): Promise<void> {
    for (let attempt = 1; attempt <= TRIES; attempt += 1) {
      if (await this.#post(url, init)) return;
      await delay(RETRY_MS * attempt, undefined, { signal: this.#stopped.signal });
    }
  }

  async #post(url: string, init: RequestInit): Promise<boolean> {
    const signal = AbortSignal.any([this.#stopped.signal, AbortSignal.timeout(TIMEOUT_MS)]);
    return fetch(url, { ...init, method: 'POST', signal }).then(
      ({ ok }) => ok,
      () => false,
    );
  }
}

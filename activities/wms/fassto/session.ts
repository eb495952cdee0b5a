import { DateTime } from 'luxon';
import { z } from 'zod';
import { read } from '../../json-call';
import type { Permit } from '../wms';

const CONNECT_TIMEOUT_MS = 5_000;
const RENEW_BEFORE_END_MS = 60_000;

/** `expreDatetime` (sic) is yyyymmddhh24miss. assumed: in Seoul. */
const connectedSchema = z.object({
  data: z.object({ accessToken: z.string().min(1), expreDatetime: z.string().regex(/^\d{14}$/) }),
});

interface Token {
  readonly accessToken: string;
  readonly renewAt: number;
}

/**
 * The token that every call carries. assumed: several tokens of an account hold side by side, so that each
 * worker may have its own.
 */
export class FasstoSession {
  readonly #url: string;
  #current: Token | null = null;
  #connecting: Promise<Token> | null = null;

  constructor(
    baseUrl: string,
    { apiCd, apiKey }: { apiCd: string; apiKey: string },
    private readonly permit: Permit,
  ) {
    // The key is in the query: this address is told to nobody.
    const query = new URLSearchParams({ apiCd, apiKey });
    this.#url = `${baseUrl}/api/v1/auth/connect?${query.toString()}`;
  }

  /**
   * Those who need a new token at once wait for the same one.
   *
   * @throws OutsideUnavailable
   */
  async token(timeoutMs: number): Promise<string> {
    if (this.#current === null || Date.now() >= this.#current.renewAt) {
      this.#connecting ??= this.#connect(timeoutMs).finally(() => {
        this.#connecting = null;
      });
      this.#current = await this.#connecting;
    }
    return this.#current.accessToken;
  }

  /** A token that is not taken any more; unless somebody has renewed it already. */
  discard(accessToken: string): void {
    if (this.#current?.accessToken === accessToken) this.#current = null;
  }

  async #connect(timeoutMs: number): Promise<Token> {
    const request = {
      method: 'POST',
      url: this.#url,
      permit: this.permit,
      timeoutMs: Math.min(CONNECT_TIMEOUT_MS, Math.max(1, Math.floor(timeoutMs))),
    } as const;
    const { data } = await read(request, connectedSchema);
    const ends = DateTime.fromFormat(data.expreDatetime, 'yyyyMMddHHmmss', { zone: 'Asia/Seoul' });
    return { accessToken: data.accessToken, renewAt: ends.toMillis() - RENEW_BEFORE_END_MS };
  }
}

import bcrypt from 'bcryptjs';
import { z } from 'zod';
import { exchangeHttp } from '../../http';
import type { NotReceived } from '../../outcome';
import type { SourceTools } from '../source';
import { meaningOf, wordsIn } from './errors';
import type { SabangnetV3Settings } from './settings';

/** Given up so long before it ends (a short one at half its life), so that no call of ours outlives it. */
const MARGIN_MS = 5 * 60_000;

const tokenSchema = z.object({ access_token: z.string().min(1), expires_in: z.coerce.number().positive() });

/**
 * Who asks for a token, by bcrypt with the secret as the salt, in base64.
 *
 * @param timestamp epoch milliseconds; the gateway takes none that is more than five and a half minutes off.
 */
export async function secretSign(clientCd: string, timestamp: number, secret: string): Promise<string> {
  return Buffer.from(await bcrypt.hash(`${clientCd}_${timestamp}`, secret)).toString('base64');
}

/** The token of one account, shared by all workers. There is no refreshing: a new one is asked for. */
export class Tokens {
  #issuing: Promise<string | NotReceived> | undefined;

  constructor(
    private readonly settings: SabangnetV3Settings,
    private readonly tools: SourceTools,
  ) {}

  /** @param ended one that the gateway takes no more. */
  async current(timeoutMs: number, ended?: string): Promise<string | NotReceived> {
    const kept = await this.tools.session.read();
    if (kept !== undefined && kept !== ended) return kept;
    this.#issuing ??= this.issue(timeoutMs).finally(() => {
      this.#issuing = undefined;
    });
    return this.#issuing;
  }

  /** Nothing that was to be sent with the token has been sent, whatever became of this. */
  private async issue(timeoutMs: number): Promise<string | NotReceived> {
    const { baseUrl, clientCd, clientSecret, clientType, authMode } = this.settings;
    await this.tools.permit();
    const timestamp = Date.now();
    const form = new URLSearchParams({
      grant_type: 'client_credentials',
      clientType,
      clientCd,
      timestamp: String(timestamp),
      secretSign: await secretSign(clientCd, timestamp, clientSecret),
      ...(authMode === undefined ? {} : { authMode }),
    });
    const answer = meaningOf(
      await exchangeHttp({
        method: 'POST',
        url: `${baseUrl}/oauth2/token`,
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        body: form.toString(),
        timeoutMs,
      }),
    );
    if (answer.kind !== 'answered')
      return { ...answer, kind: 'not-received', reason: `no token: ${answer.reason}` };
    const { status, body } = answer;
    const token = tokenSchema.safeParse(body).data;
    if (status !== 200 || token === undefined)
      return { kind: 'not-received', reason: `no token: HTTP ${status}${wordsIn(body)}` };
    const lifeMs = token.expires_in * 1_000;
    const endsAt = new Date(timestamp + Math.max(lifeMs - MARGIN_MS, lifeMs / 2));
    await this.tools.session.keep(token.access_token, endsAt);
    return token.access_token;
  }
}

import { randomBytes } from 'node:crypto';
import { compare } from 'bcryptjs';
import { z } from 'zod';
import { json, type Route, type StandInRequest, type StandInResponse } from '../../stand-in/message';
import { type Answers, BadRequest } from './answers';
import type { NaverStandInSettings } from './settings';

const SIGNATURE_HOLDS_MS = 5 * 60_000;

export interface Application {
  readonly clientId: string;
  readonly clientSecret: string;
}

interface Options {
  readonly application: Application;
  readonly answers: Answers;
  readonly settings: () => NaverStandInSettings;
  readonly clock: () => number;
}

const tokenRequestSchema = z.object({
  client_id: z.string(),
  timestamp: z.coerce.number().int(),
  grant_type: z.literal('client_credentials'),
  client_secret_sign: z.string(),
  type: z.enum(['SELF', 'SELLER']),
  account_id: z.string().optional(),
});

/** The gateway in front of all calls: tokens, and how many calls a second. Its tokens do not outlive a restart. */
export class Gateway {
  readonly #ends = new Map<string, number>();
  readonly #buckets = new Map<string, { left: number; at: number }>();

  constructor(private readonly options: Options) {}

  /** What stops a call before anybody acts on it. */
  stops({ headers }: StandInRequest, endpoint: string): StandInResponse | undefined {
    const { answers } = this.options;
    if (endpoint === 'token') return undefined;
    const token = /^Bearer (.+)$/.exec(headers.authorization ?? '')?.[1];
    if (token === undefined || !this.holds(token))
      return answers.failure(new BadRequest(401, 'GW.AUTHN', '요청을 보낼 권한이 없습니다.'));
    return this.takes(endpoint) ? undefined : this.rateLimited();
  }

  rateLimited(): StandInResponse {
    const perSecond = this.options.settings().callsPerSecond || 2;
    return this.options.answers.failure(
      new BadRequest(429, 'GW.RATE_LIMIT', '요청이 많아 서비스를 일시적으로 사용할 수 없습니다.'),
      {
        'gncp-gw-ratelimit-replenish-rate': String(perSecond),
        'gncp-gw-ratelimit-burst-capacity': String(2 * perSecond),
        'gncp-gw-ratelimit-remaining': '0',
      },
    );
  }

  readonly tokenRoute: Route = {
    method: 'POST',
    path: '/external/v1/oauth2/token',
    endpoint: 'token',
    handle: async (request) => {
      await this.checkApplication(request);
      const { tokenMs, sameTokenAboveMs } = this.options.settings();
      const now = this.options.clock();
      const kept = [...this.#ends].find(([, endsAt]) => endsAt - now >= sameTokenAboveMs);
      const [token, endsAt] = kept ?? [randomBytes(24).toString('base64url'), now + tokenMs];
      this.#ends.set(token, endsAt);
      return this.options.answers.plain({
        access_token: token,
        expires_in: Math.floor((endsAt - now) / 1_000),
        token_type: 'Bearer',
      });
    },
  };

  /** `PUT /admin/tokens`: none of those given out so far holds any more. */
  readonly adminRoute: Route = {
    method: 'PUT',
    path: '/admin/tokens',
    endpoint: 'admin',
    handle: () => {
      this.#ends.clear();
      return json(200, []);
    },
  };

  private holds(token: string): boolean {
    return (this.#ends.get(token) ?? 0) > this.options.clock();
  }

  private async checkApplication({ headers, body }: StandInRequest): Promise<void> {
    const isForm = headers['content-type']?.startsWith('application/x-www-form-urlencoded') ?? false;
    const form = isForm ? Object.fromEntries(new URLSearchParams(body.toString('utf8'))) : {};
    const { data, error } = tokenRequestSchema.safeParse(form);
    if (data === undefined) throw invalid(String(error.issues[0]?.path[0] ?? 'client_id'));
    const { clientId, clientSecret } = this.options.application;
    if (data.client_id !== clientId) throw invalid('client_id');
    if ((data.type === 'SELLER') !== (data.account_id !== undefined)) throw invalid('account_id');
    if (Math.abs(data.timestamp - this.options.clock()) > SIGNATURE_HOLDS_MS) throw invalid('timestamp');
    const hashed = Buffer.from(data.client_secret_sign, 'base64').toString('utf8');
    const isSalted = hashed.startsWith(clientSecret.slice(0, '$2a$10$'.length + 21));
    const isSigned = isSalted && (await compare(`${clientId}_${data.timestamp}`, hashed));
    if (!isSigned) throw invalid('client_secret_sign');
  }

  /** A bucket for each kind of call. */
  private takes(endpoint: string): boolean {
    const { callsPerSecond } = this.options.settings();
    if (callsPerSecond === 0) return true;
    const now = this.options.clock();
    const { left, at } = this.#buckets.get(endpoint) ?? { left: 2 * callsPerSecond, at: now };
    const refilled = Math.min(2 * callsPerSecond, left + ((now - at) / 1_000) * callsPerSecond);
    this.#buckets.set(endpoint, { left: Math.max(0, refilled - 1), at: now });
    return refilled >= 1;
  }
}

function invalid(name: string): BadRequest {
  const message = `${name} 항목이 유효하지 않습니다.`;
  return new BadRequest(400, 'BAD_REQUEST', message, [{ name, type: 'NotValid', message }]);
}

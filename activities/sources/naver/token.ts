import { z } from 'zod';
import { type Answered, exchangeHttp } from '../../http';
import { successOf } from '../../json-call';
import { OutsideUnavailable } from '../../outcome';
import type { SourceTools } from '../source';
import type { NaverSettings } from './settings';
import { signatureOf } from './signature';
import { jsonOf, sayingOf } from './wire';

const PATH = '/v1/oauth2/token';
const LONGEST_CALL_MS = 10_000;
/** A token is given up this long before its end, so that it does not end on its way. */
const MARGIN_MS = 60_000;
/** Naver takes a signature for so long. */
const SIGNATURE_HOLDS_MS = 5 * 60_000;

const tokenSchema = z.object({ access_token: z.string().min(1), expires_in: z.number().positive() });
const refusalSchema = z
  .object({
    timestamp: z.iso.datetime({ offset: true }),
    invalidInputs: z.array(z.object({ name: z.string() })),
  })
  .partial()
  .catch({});

/**
 * The token of an application, one for all workers. Naver gives the same one again until half an hour before its
 * end, and lets the old one hold until then, so that two who renew it at once do no harm.
 */
export class Token {
  #issuing: Promise<string> | undefined;

  constructor(
    private readonly settings: NaverSettings,
    private readonly tools: SourceTools,
  ) {}

  /** @throws OutsideUnavailable */
  async current(): Promise<string> {
    return (await this.tools.session.read()) ?? this.issue();
  }

  /**
   * Another one than the one that was not taken: what a colleague has got meanwhile, or a new one.
   *
   * @throws OutsideUnavailable
   */
  async instead(refused: string): Promise<string> {
    const kept = await this.tools.session.read();
    return kept === undefined || kept === refused ? this.issue() : kept;
  }

  /** Those who need a new one at once wait for the same. */
  private issue(): Promise<string> {
    this.#issuing ??= this.ask().finally(() => {
      this.#issuing = undefined;
    });
    return this.#issuing;
  }

  private async ask(): Promise<string> {
    await this.tools.permit();
    const { baseUrl, clientId, clientSecret, accountId, timeoutMs } = this.settings;
    const askedAt = Date.now();
    const signature = await signatureOf(clientId, clientSecret, askedAt);
    const form = new URLSearchParams({
      client_id: clientId,
      timestamp: String(askedAt),
      grant_type: 'client_credentials',
      client_secret_sign: signature,
      ...(accountId === undefined ? { type: 'SELF' } : { type: 'SELLER', account_id: accountId }),
    });
    const reply = await exchangeHttp({
      method: 'POST',
      url: baseUrl + PATH,
      headers: { 'content-type': 'application/x-www-form-urlencoded', accept: 'application/json' },
      body: form.toString(),
      timeoutMs: Math.min(timeoutMs, LONGEST_CALL_MS),
    });
    const { body } = successOf(reply, `POST ${PATH}`, (refusal) =>
      refusalOf(refusal, askedAt).replaceAll(signature, '***'),
    );
    const parsed = tokenSchema.safeParse(jsonOf(body));
    if (!parsed.success) throw new OutsideUnavailable(`POST ${PATH}: the answer holds no token`);
    const endsAt = new Date(askedAt + parsed.data.expires_in * 1_000 - MARGIN_MS);
    await this.tools.session.keep(parsed.data.access_token, endsAt);
    return parsed.data.access_token;
  }
}

/** What was wrong with the request; a clock that is off, here or there, makes every signature too old or too new. */
function refusalOf({ body }: Answered, askedAt: number): string {
  const value = jsonOf(body);
  const { timestamp, invalidInputs = [] } = refusalSchema.parse(value);
  const says = [sayingOf(value), ...invalidInputs.map(({ name }) => name)].filter(Boolean).join(', ');
  const aheadMs = timestamp === undefined ? 0 : askedAt - Date.parse(timestamp);
  if (Math.abs(aheadMs) < SIGNATURE_HOLDS_MS) return ` ${says}`;
  const minutes = Math.round(Math.abs(aheadMs) / 60_000);
  return ` ${says}; this machine's clock is ${minutes} minutes ${aheadMs > 0 ? 'ahead of' : 'behind'} Naver's`;
}

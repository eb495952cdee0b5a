import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Route, StandInRequest, StandInResponse } from '../../stand-in/message';
import { accessDenied, failure, Refusal } from './answers';
import type { CoupangStandInSettings } from './settings';

export interface Account {
  readonly vendorId: string;
  readonly accessKey: string;
  readonly secretKey: string;
}

interface Options {
  readonly account: Account;
  readonly settings: () => CoupangStandInSettings;
  readonly clock: () => number;
}

const AUTHORIZATION =
  /^CEA algorithm=HmacSHA256, access-key=([^,]+), signed-date=(\d{6}T\d{6}Z), signature=([0-9a-f]{64})$/;
const PATIENCE_MS = 3_000;
const MOST_PATIENCE_MS = 90_000;
const SECOND_MS = 1_000;

/** The gateway in front of all calls: signatures, how many calls and errors a second, how long an answer may take. */
export class Gateway {
  readonly #calls: number[] = [];
  readonly #errors: number[] = [];
  #blockedUntil = 0;

  constructor(private readonly options: Options) {}

  /** What stops a call before anybody acts on it. */
  stops(request: StandInRequest): StandInResponse | undefined {
    const { clock, settings } = this.options;
    if (clock() < this.#blockedUntil) return accessDenied(request.target);
    const { callsPerSecond } = settings();
    if (happens(this.#calls, clock()) > callsPerSecond && callsPerSecond > 0) return this.rateLimited();
    const problem = this.problemOf(request);
    return problem === undefined ? undefined : this.counted(failure(new Refusal(401, problem)));
  }

  rateLimited(): StandInResponse {
    return failure(new Refusal(429, 'Too Many Requests'));
  }

  /** The route behind the gateway: of this seller only, its errors as Coupang words them, and counted. */
  guard(route: Route): Route {
    return { ...route, handle: async (request) => this.counted(await this.answer(route, request)) };
  }

  private async answer(route: Route, request: StandInRequest): Promise<StandInResponse> {
    const { vendorId = this.options.account.vendorId } = request.params;
    try {
      if (vendorId !== this.options.account.vendorId) throw new Refusal(404, 'Not Found');
      if (route.method === 'GET') this.checkPatience(request);
      return await route.handle(request);
    } catch (error) {
      if (error instanceof Refusal) return failure(error);
      throw error;
    }
  }

  private checkPatience({ headers }: StandInRequest): void {
    const asked = Number(headers['x-extended-timeout'] ?? PATIENCE_MS);
    if (this.options.settings().listMs <= Math.min(asked, MOST_PATIENCE_MS)) return;
    throw new Refusal(
      504,
      'Request timed out, if the situation continues consider applying timeout extension.',
    );
  }

  private counted(response: StandInResponse): StandInResponse {
    const { errorsPerSecond, blockMs } = this.options.settings();
    if (response.status < 400 || errorsPerSecond === 0) return response;
    const now = this.options.clock();
    if (happens(this.#errors, now) >= errorsPerSecond) this.#blockedUntil = now + blockMs;
    return response;
  }

  /** The signature is over time, method, path and query, exactly as they came. */
  private problemOf({ headers, method, target }: StandInRequest): string | undefined {
    const { accessKey, secretKey } = this.options.account;
    const parts = AUTHORIZATION.exec(headers.authorization ?? '');
    if (parts === null) return 'HMAC format is invalid.';
    const [, givenKey, signedDate = '', signature = ''] = parts;
    if (givenKey !== accessKey) return 'Request is not authorized.';
    const age = this.options.clock() - timeOf(signedDate);
    if (!(Math.abs(age) <= this.options.settings().signatureMs)) return 'Specified signature is expired.';
    const [path = '', query = ''] = target.split('?');
    const expected = createHmac('sha256', secretKey).update(signedDate + method + path + query);
    return timingSafeEqual(expected.digest(), Buffer.from(signature, 'hex'))
      ? undefined
      : 'Invalid signature.';
  }
}

/** `yyMMdd'T'HHmmss'Z'`. */
function timeOf(signedDate: string): number {
  const [year, month, day, , hour, minute, second] = signedDate.match(/\d\d|T/g) ?? [];
  return Date.parse(`20${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
}

/** How many things have happened within a second, this one among them. */
function happens(times: number[], now: number): number {
  times.push(now);
  while ((times[0] ?? now) <= now - SECOND_MS) times.shift();
  return times.length;
}

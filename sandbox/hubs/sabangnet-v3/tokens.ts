import { randomBytes } from 'node:crypto';
import bcrypt from 'bcryptjs';
import { json, type StandInRequest, type StandInResponse } from '../../stand-in/message';
import { Refusal } from './answers';
import type { HubSettings } from './settings';

/** As documented: how far a client's clock may be off. */
const SKEW_MS = 330_000;
/** As documented: with less than this left, the same request brings a new token. */
const RENEWED_BEFORE_MS = 30 * 60_000;

export interface Account {
  readonly clientCd: string;
  /** A bcrypt salt. */
  readonly clientSecret: string;
  readonly svcAcntId: string;
}

/** Who may call, and until when. */
export class GatewayTokens {
  #token = '';
  #endsAt = 0;
  /** Those that are good still, with their ends in epoch milliseconds. */
  readonly #good = new Map<string, number>();

  constructor(
    private readonly account: Account,
    private readonly settings: () => HubSettings,
    private readonly clock: () => number,
  ) {}

  /** @throws Refusal */
  async issue({ body }: StandInRequest): Promise<StandInResponse> {
    const form = new URLSearchParams(body.toString('utf8'));
    await this.#check(form);
    const now = this.clock();
    if (!this.#good.has(this.#token) || this.#endsAt - now < RENEWED_BEFORE_MS) {
      this.#token = randomBytes(24).toString('base64url');
      this.#endsAt = now + this.settings().tokenLifeSeconds * 1_000;
      this.#good.set(this.#token, this.#endsAt);
    }
    const expires_in = Math.ceil((this.#endsAt - now) / 1_000);
    return json(200, { access_token: this.#token, token_type: 'Bearer', expires_in });
  }

  expire(): void {
    this.#good.clear();
  }

  /** @throws Refusal unless the request comes from a client of the account, with a token that is good. */
  require({ headers }: StandInRequest): void {
    const { authorization } = headers;
    if (authorization === undefined) throw new Refusal(401, 'GW_AUTH_001', 'Authorization 헤더가 없습니다.');
    const endsAt = this.#good.get(authorization.replace(/^Bearer /, '')) ?? 0;
    if (endsAt <= this.clock()) throw new Refusal(401, 'GW_AUTH_003', '토큰이 만료되었습니다.');
    const account = headers['x-svc-acnt-id'];
    if (account === undefined) throw new Refusal(400, 'GW_REQ_002', 'X-Svc-Acnt-Id 헤더가 없습니다.');
    if (account !== this.account.svcAcntId)
      throw new Refusal(403, 'GW_AUTH_009', '대상 고객사와 연동 관계가 없습니다.');
  }

  async #check(form: URLSearchParams): Promise<void> {
    const timestamp = form.get('timestamp') ?? '';
    if (form.get('grant_type') !== 'client_credentials' || form.get('clientType') !== 'SB_APP')
      throw new Refusal(400, 'AUTH_002', '요청 형식이 올바르지 않습니다.');
    if (form.get('clientCd') !== this.account.clientCd)
      throw new Refusal(401, 'AUTH_001', '등록되지 않은 앱입니다.');
    if (!/^\d{13}$/.test(timestamp) || Math.abs(this.clock() - Number(timestamp)) > SKEW_MS)
      throw new Refusal(401, 'AUTH_006', '타임스탬프가 만료되었습니다.');
    const expected = await bcrypt.hash(`${this.account.clientCd}_${timestamp}`, this.account.clientSecret);
    if (form.get('secretSign') !== Buffer.from(expected).toString('base64'))
      throw new Refusal(401, 'AUTH_003', '서명이 올바르지 않습니다.');
  }
}

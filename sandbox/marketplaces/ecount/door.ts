import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import { json, jsonBody, type Route, type StandInResponse } from '../../stand-in/message';
import type { Settings } from '../../stand-in/settings';
import type { settingsSchema } from './settings';

export const ZONE = 'CD';

export interface EcountAccount {
  readonly comCode: string;
  readonly userId: string;
  readonly certKey: string;
}

const zoneInput = z.looseObject({ COM_CODE: z.string() });
const loginInput = zoneInput.extend({
  USER_ID: z.string(),
  API_CERT_KEY: z.string(),
  LAN_TYPE: z.string(),
  ZONE: z.string(),
});

/** Zone, login and the sessions that it gives out; none outlives a restart. */
export class Door {
  readonly #endsAt = new Map<string, number>();
  readonly #calledAt = new Map<string, number>();

  constructor(
    private readonly account: EcountAccount,
    private readonly knobs: Settings<typeof settingsSchema>,
    private readonly clock: () => number,
  ) {}

  routes(): Route[] {
    return [
      this.#route('zone', '/OAPI/V2/Zone', (body) => {
        const fits = zoneInput.safeParse(body).data?.COM_CODE === this.account.comCode;
        if (!fits) return failure('500', 100, 'Zone 정보가 없습니다.');
        return success({ EXPIRE_DATE: '', ZONE, DOMAIN: '.ecount.com' });
      }),
      this.#route('login', '/OAPI/V2/OAPILogin', (body) => this.#login(loginInput.safeParse(body).data)),
    ];
  }

  isOpen(sessionId: string | null): boolean {
    return (this.#endsAt.get(sessionId ?? '') ?? 0) > this.clock();
  }

  /** `POST /admin/expire`: no session given out so far holds any more. */
  readonly adminRoute: Route = {
    method: 'POST',
    path: '/admin/expire',
    endpoint: 'admin',
    handle: () => {
      this.#endsAt.clear();
      return json(200, {});
    },
  };

  #route(endpoint: string, path: string, answer: (body: unknown) => StandInResponse): Route {
    return {
      method: 'POST',
      path,
      endpoint,
      handle: (request) => {
        const now = this.clock();
        const last = this.#calledAt.get(endpoint);
        const { loginEveryMs, excessAs } = this.knobs.value;
        if (last !== undefined && now - last < loginEveryMs) return tooMany(excessAs);
        this.#calledAt.set(endpoint, now);
        return answer(jsonBody(request));
      },
    };
  }

  #login(given: z.output<typeof loginInput> | undefined): StandInResponse {
    const { comCode, userId, certKey } = this.account;
    if (given?.COM_CODE !== comCode || given.USER_ID !== userId || given.ZONE !== ZONE)
      return failure('200', 20, '올바른 Code, ID, PW를 입력해주세요.');
    if (given.API_CERT_KEY !== certKey) return failure('200', 201, 'API_CERT_KEY가 유효하지 않습니다.');
    const sessionId = `${randomBytes(24).toString('hex')}:${ZONE}-${randomBytes(8).toString('base64url')}`;
    this.#endsAt.set(sessionId, this.clock() + this.knobs.value.sessionMs);
    const datas = { COM_CODE: comCode, USER_ID: userId, SESSION_ID: sessionId };
    return success({ EXPIRE_DATE: '', NOTICE: '', Code: '00', Datas: datas, Message: '', RedirectUrl: '' });
  }
}

export function success(data: unknown): StandInResponse {
  return json(200, { Data: data, Status: '200', Errors: null, Error: null, Timestamp: null });
}

/** An error stands in a 200; some have the Status 200 as well. */
export function failure(status: string, code: number, message: string): StandInResponse {
  const error = { Code: code, Message: message, MessageDetail: '' };
  return json(200, { Data: null, Status: status, Errors: null, Error: error, Timestamp: null });
}

/** Too many calls, in one of the two ways that the guide names. */
export function tooMany(status: 302 | 412): StandInResponse {
  const title = status === 302 ? 'Object moved' : '412 Forbidden';
  return {
    status,
    headers: { 'content-type': 'text/html', ...(status === 302 ? { location: '/error.html' } : {}) },
    body: `<html><head><title>${title}</title></head></html>`,
  };
}

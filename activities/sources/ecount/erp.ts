import { z } from 'zod';
import { exchangeHttp } from '../../http';
import { stopwatch, successOf } from '../../json-call';
import { OutsideUnavailable } from '../../outcome';
import type { SourceTools } from '../source';
import type { EcountSettings } from './settings';

const HOUR_MS = 3_600_000;
/** 서버요청 제한: zone and login once in ten minutes; how long others have to wait is not documented. */
const LIMIT_WAIT_MS = 10 * 60_000;
/** The guide's answers to too many calls. */
const EXCESS = new Set([302, 412]);
/** Assumed: by these words public clients know that a session has ended. */
const SESSION_ENDED = /not been authenticated|SESSION_ID|세션/i;

const word = z.union([z.string(), z.number()]).transform(String).catch('');
const envelopeSchema = z.looseObject({
  Status: z.union([z.string(), z.number()]).transform(String),
  Error: z.looseObject({ Code: word, Message: word }).nullish().catch(null),
  Data: z.looseObject({}).nullish().catch(null),
});
type Envelope = z.output<typeof envelopeSchema>;

export interface Answer {
  /** As it came. */
  readonly body: Uint8Array;
  readonly envelope: Envelope;
}

/** What remains of a call's time, in ms. */
type TimeLeft = () => number;

/** One company's ERP, and the session that all workers share: there is one login in ten minutes. */
export class Erp {
  constructor(
    readonly settings: EcountSettings,
    private readonly tools: SourceTools,
  ) {}

  /**
   * A call that only asks. A session that has ended is renewed, once and within the same time.
   *
   * @throws OutsideUnavailable when no answer came, or one that is no success.
   */
  async ask(path: string, input: object): Promise<Answer> {
    const left = stopwatch(this.settings.timeoutMs);
    const session = (await this.tools.session.read()) ?? (await this.renewed(undefined, left));
    const answer = await this.askIn(session, path, input, left);
    if (!hasEnded(answer.envelope)) return successful(path, answer);
    return successful(path, await this.askIn(await this.renewed(session, left), path, input, left));
  }

  private askIn(session: string, path: string, input: object, left: TimeLeft): Promise<Answer> {
    const [zone = '', sessionId = ''] = session.split(' ');
    const url = `${this.zoned(zone)}/OAPI/V2/${path}?SESSION_ID=${encodeURIComponent(sessionId)}`;
    return this.post(path, url, input, left);
  }

  /** Another worker may have been first: then there is a new one already, and no login to be had. */
  private async renewed(ended: string | undefined, left: TimeLeft): Promise<string> {
    const newer = await this.newerThan(ended);
    if (newer !== undefined) return newer;
    try {
      return await this.login(left);
    } catch (error) {
      const meanwhile = await this.newerThan(ended);
      if (meanwhile === undefined) throw error;
      return meanwhile;
    }
  }

  private async newerThan(ended: string | undefined): Promise<string | undefined> {
    const kept = await this.tools.session.read();
    return kept === ended ? undefined : kept;
  }

  private async login(left: TimeLeft): Promise<string> {
    const { comCode, userId, certKey, sessionHours, baseUrl } = this.settings;
    const company = { COM_CODE: comCode };
    const zone = await this.given('Zone', baseUrl, company, left, (data) => data.ZONE);
    const user = { ...company, USER_ID: userId, API_CERT_KEY: certKey, LAN_TYPE: 'ko-KR', ZONE: zone };
    const sessionId = await this.given('OAPILogin', this.zoned(zone), user, left, (data) => {
      const datas = z.looseObject({ SESSION_ID: word }).safeParse(data.Datas);
      return datas.data?.SESSION_ID;
    });
    const session = `${zone} ${sessionId}`;
    await this.tools.session.keep(session, new Date(Date.now() + sessionHours * HOUR_MS));
    return session;
  }

  /** Ten failures in a row lock our address out: who was refused is not asked again soon. */
  private async given(
    call: string,
    host: string,
    input: object,
    left: TimeLeft,
    find: (data: Record<string, unknown>) => unknown,
  ): Promise<string> {
    const { envelope } = await this.post(call, `${host}/OAPI/V2/${call}`, input, left);
    const found = word.parse(envelope.Data && find(envelope.Data));
    if (found !== '' && !/\s/.test(found)) return found;
    const { Code: code = '', Message: message = 'nothing that could be used' } = envelope.Error ?? {};
    throw new OutsideUnavailable(
      `ECOUNT ${call}: ${this.withoutKey(`${code} ${message}`.trim())}`,
      LIMIT_WAIT_MS,
    );
  }

  private async post(call: string, url: string, input: object, left: TimeLeft): Promise<Answer> {
    await this.tools.permit();
    const reply = await exchangeHttp({
      method: 'POST',
      url,
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(input),
      timeoutMs: left(),
    });
    const { result } = reply;
    if (result.kind === 'answered') {
      const { status, body } = result;
      if (EXCESS.has(status))
        throw new OutsideUnavailable(`ECOUNT ${call}: HTTP ${status}: too many calls`, LIMIT_WAIT_MS);
      // What the ERP itself says counts, under whatever status of HTTP it comes.
      const envelope = envelopeOf(body);
      if (envelope !== undefined) return { body, envelope };
    }
    successOf(reply, `ECOUNT ${call}`);
    throw new OutsideUnavailable(`ECOUNT ${call}: the answer cannot be read`);
  }

  private zoned(zone: string): string {
    return this.settings.zonedUrl.replace('{ZONE}', zone);
  }

  private withoutKey(text: string): string {
    return text.replaceAll(this.settings.certKey, '***').slice(0, 200);
  }
}

/** Bytes that are no UTF-8 spoil their own row only: the frame around it is ASCII. */
function envelopeOf(body: Uint8Array): Envelope | undefined {
  try {
    return envelopeSchema.parse(JSON.parse(new TextDecoder().decode(body)));
  } catch {
    return undefined;
  }
}

function hasEnded({ Status: status, Error: error }: Envelope): boolean {
  return status !== '200' && SESSION_ENDED.test(error?.Message ?? '');
}

function successful(call: string, answer: Answer): Answer {
  const { Status: status, Error: error } = answer.envelope;
  if (status === '200' && !error) return answer;
  const { Code: code = '', Message: message = '' } = error ?? {};
  throw new OutsideUnavailable(`ECOUNT ${call}: ${status} ${code} ${message}`.trim().slice(0, 200));
}

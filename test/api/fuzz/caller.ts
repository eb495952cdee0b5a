import { Agent, request } from 'undici';
import { makeToken } from '../../../client/use-cases/users';
import type { Database } from '../../../db/database';
import type { Role } from '../../../domain/role';
import type { FuzzedCall } from './calls';
import type { Operation } from './document';

export interface Answered {
  readonly status: number;
  readonly type: string | undefined;
  readonly text: string;
}

/** Every address may ask so many times a minute only: on Linux all of 127/8 is this machine. */
const ADDRESSES = process.platform === 'linux' ? 64 : 1;

/** Sends requests as they are, without a browser's or a library's good manners. */
export class Caller {
  private readonly agents = Array.from(
    { length: ADDRESSES },
    (_, index) =>
      new Agent({ connections: 1, ...(ADDRESSES === 1 ? {} : { localAddress: `127.0.1.${index + 1}` }) }),
  );
  private calls = 0;

  constructor(
    private readonly url: string,
    private readonly database: Database,
  ) {}

  /** A token of its own: whatever else is revoked by a request, it is not known to any. */
  async token(role: Role): Promise<{ authorization: string }> {
    const { token } = await makeToken(this.database, { name: 'fuzz', role }, { by: 'test', reason: 'fuzz' });
    return { authorization: `Bearer ${token}` };
  }

  async send(
    method: string,
    { path, headers, body }: FuzzedCall,
    also: Record<string, string> = {},
  ): Promise<Answered> {
    const dispatcher = this.agents[this.calls++ % ADDRESSES];
    const answer = await request(`${this.url}${path}`, {
      method: method as 'GET',
      headers: { ...also, ...headers },
      body: body ?? null,
      ...(dispatcher === undefined ? {} : { dispatcher }),
    });
    const type = answer.headers['content-type'];
    return { status: answer.statusCode, type: String(type), text: await answer.body.text() };
  }

  async close(): Promise<void> {
    await Promise.all(this.agents.map((agent) => agent.destroy()));
  }
}

/** A request in a sentence, for who has to mend what it brought to light. */
export function told({ id }: Operation, { path, headers, body }: FuzzedCall, answer: Answered): string {
  const content = body === undefined ? '' : `\n${JSON.stringify(body.subarray(0, 600).toString('latin1'))}`;
  return `${id} as ${path.slice(0, 300)} ${JSON.stringify(headers)}${content}\nwas answered ${answer.status} ${answer.type}: ${answer.text.slice(0, 600)}`;
}

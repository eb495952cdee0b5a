import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { Faults } from '../../sandbox/stand-in/faults';
import { Journal } from '../../sandbox/stand-in/journal';
import { json } from '../../sandbox/stand-in/message';
import { Settings } from '../../sandbox/stand-in/settings';
import { StandIn } from '../../sandbox/stand-in/stand-in';
import { eventually } from '../support/eventually';

describe('a journal', () => {
  const directory = mkdtempSync(join(tmpdir(), 'journal-'));
  const schema = z.strictObject({ n: z.int() });
  afterAll(() => rmSync(directory, { recursive: true }));

  function open(file: string) {
    const applied: number[] = [];
    const journal = new Journal(file, schema, ({ n }) => applied.push(n));
    return { journal, applied };
  }

  it('gives back every entry in order after a restart', () => {
    const file = join(directory, 'whole.jsonl');
    const before = open(file);
    for (const n of [1, 2, 3]) before.journal.record({ n });
    before.journal.close();
    const after = open(file);
    after.journal.close();
    expect(after.applied).toEqual([1, 2, 3]);
  });

  it.each(['{"n":', '{"n":3}', '{"n":"three"}\n'])('drops a torn last line (%j) with a warning', (torn) => {
    const warned = jest.spyOn(console, 'warn').mockImplementation(() => undefined);
    const file = join(directory, 'torn.jsonl');
    writeFileSync(file, `{"n":1}\n{"n":2}\n${torn}`);
    const { journal, applied } = open(file);
    expect(applied).toEqual([1, 2]);
    expect(warned).toHaveBeenCalledWith(expect.stringContaining('torn.jsonl'));
    journal.record({ n: 4 });
    journal.close();
    expect(readFileSync(file, 'utf8')).toBe('{"n":1}\n{"n":2}\n{"n":4}\n');
    warned.mockRestore();
  });

  it('takes nothing more once it is closed', () => {
    const { journal } = open(join(directory, 'closed.jsonl'));
    journal.close();
    expect(() => journal.record({ n: 1 })).toThrow('closed');
  });

  it('refuses a file that is broken in the middle, naming the line', () => {
    const file = join(directory, 'middle.jsonl');
    appendFileSync(file, '{"n":1}\nnonsense\n{"n":3}\n');
    expect(() => open(file)).toThrow(/middle\.jsonl: line 2/);
  });
});

describe('faults', () => {
  function struck(seed: number): boolean[] {
    const faults = new Faults();
    faults.set([{ endpoint: 'greet', kind: 'reset-after', probability: 0.3 }], seed);
    return Array.from({ length: 1_000 }, () => faults.strike('greet').kind !== null);
  }

  it('strike the same calls for the same seed, and about as many as their probability says', () => {
    expect(struck(7)).toEqual(struck(7));
    expect(struck(7)).not.toEqual(struck(8));
    const share = struck(7).filter(Boolean).length / 1_000;
    expect(share).toBeGreaterThan(0.25);
    expect(share).toBeLessThan(0.35);
  });

  it('end after the given number of calls and leave other endpoints alone', () => {
    const faults = new Faults();
    faults.set([{ endpoint: 'greet', kind: '429', probability: 1, times: 2 }], 1);
    const kinds = ['other', 'greet', 'greet', 'greet'].map((endpoint) => faults.strike(endpoint).kind);
    expect(kinds).toEqual([null, '429', '429', null]);
  });
});

describe('a stand-in', () => {
  let greeted = 0;
  const settings = new Settings(
    z.strictObject({ word: z.string().default('hello'), loud: z.boolean().default(false) }),
  );
  const standIn = new StandIn({
    name: 'greeter',
    routes: [
      {
        method: 'POST',
        path: '/v1/greet/:who',
        endpoint: 'greet',
        handle: ({ params }) => {
          greeted += 1;
          return json(200, { greeting: `${settings.value.word} ${params.who}` });
        },
      },
    ],
    rateLimited: () => json(429, {}, { 'retry-after': '7' }),
    ledger: () => ({ greeted }),
    settings,
  });
  const greet = (init: RequestInit = {}) =>
    fetch(`${standIn.url}/v1/greet/%EB%B3%84`, { method: 'POST', ...init });
  const admin = (path: string, method = 'GET', body?: unknown) =>
    fetch(`${standIn.adminUrl}/admin/${path}`, {
      method,
      body: body === undefined ? null : JSON.stringify(body),
    });

  const callsSchema = z.object({ greet: z.object({ received: z.int(), handled: z.int() }) });
  const greetCalls = async () => callsSchema.parse(await (await admin('calls')).json()).greet;

  beforeAll(() => standIn.start());
  afterAll(() => standIn.stop());
  beforeEach(async () => {
    greeted = 0;
    await standIn.setFaults([]);
  });

  it('answers, and shows its ledger', async () => {
    expect(await (await greet()).json()).toEqual({ greeting: 'hello 별' });
    expect(await (await admin('ledger')).json()).toEqual({ greeted: 1 });
  });

  it.each([
    { kind: 'timeout-before', handled: 0 },
    { kind: 'timeout-after', handled: 1 },
    { kind: 'reset-before', handled: 0 },
    { kind: 'reset-after', handled: 1 },
  ] as const)('gives no answer under $kind, having acted $handled times', async ({ kind, handled }) => {
    await standIn.setFaults([{ endpoint: 'greet', kind, times: 1 }]);
    await expect(greet({ signal: AbortSignal.timeout(150) })).rejects.toThrow();
    expect(greeted).toBe(handled);
  });

  it.each([
    { kind: '5xx-before', handled: 0, status: 502 },
    { kind: '5xx-after', handled: 1, status: 502 },
    { kind: '409-after', handled: 1, status: 409 },
    { kind: '429', handled: 0, status: 429 },
    { kind: 'broken-body', handled: 1, status: 200 },
    { kind: 'duplicate-delivery', handled: 2, status: 200 },
    { kind: 'slow', handled: 1, status: 200 },
  ] as const)(
    'answers $status under $kind, having acted $handled times',
    async ({ kind, handled, status }) => {
      await standIn.setFaults([{ endpoint: '*', kind, ms: 20 }]);
      const response = await greet();
      expect(response.status).toBe(status);
      expect(greeted).toBe(handled);
      const body = await response.text();
      if (kind === 'broken-body') expect(() => JSON.parse(body)).toThrow();
    },
  );

  it('refuses connections while down, is reached by its admin, and comes back on the same port', async () => {
    const { url } = standIn;
    await admin('faults', 'PUT', { faults: [{ endpoint: '*', kind: 'down' }] });
    await expect(greet()).rejects.toMatchObject({ cause: { code: 'ECONNREFUSED' } });
    await admin('faults', 'DELETE');
    expect((await greet()).status).toBe(200);
    await admin('faults', 'PUT', { faults: [{ endpoint: '*', kind: 'down', ms: 50 }] });
    await eventually(async () => expect((await greet()).status).toBe(200));
    expect(standIn.url).toBe(url);
  });

  it.each([
    { path: 'faults', body: { faults: [{ endpoint: 'gret', kind: '429' }] }, named: 'gret' },
    { path: 'faults', body: { faults: [{ endpoint: 'greet', kind: 'flood' }] }, named: 'kind' },
    { path: 'faults', body: { faults: [{ endpoint: 'greet', kind: 'down' }] }, named: 'down' },
    { path: 'settings', body: { wrod: 'hi' }, named: 'wrod' },
  ])('answers 400 naming what it does not know: $named', async ({ path, body, named }) => {
    const response = await admin(path, 'PUT', body);
    expect(response.status).toBe(400);
    expect(await response.text()).toContain(named);
  });

  it('does not act after it was stopped on what was still on its way', async () => {
    await standIn.setFaults([{ endpoint: 'greet', kind: 'slow', ms: 200 }]);
    const before = (await greetCalls()).received;
    const slow = greet().catch(() => 'broken');
    await eventually(async () => expect((await greetCalls()).received).toBe(before + 1));
    await standIn.stop();
    expect(await slow).toBe('broken');
    await new Promise((resolve) => setTimeout(resolve, 250));
    expect(greeted).toBe(0);
    await standIn.start();
  });

  it('changes only the settings that are named, and counts calls per endpoint', async () => {
    await admin('settings', 'PUT', { loud: true });
    await admin('settings', 'PUT', { word: 'hi' });
    expect(settings.value).toEqual({ word: 'hi', loud: true });
    const before = await greetCalls();
    await standIn.setFaults([{ endpoint: 'greet', kind: '429' }]);
    await greet();
    const after = await greetCalls();
    expect(after.received - before.received).toBe(1);
    expect(after.handled).toBe(before.handled);
  });
});

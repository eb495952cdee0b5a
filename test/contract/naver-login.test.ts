import { OutsideUnavailable } from '../../activities/outcome';
import { signatureOf } from '../../activities/sources/naver/signature';
import { HOUR, MINUTE, NaverSetup, ScriptedNaver, SECRET } from './naver-setup';

const naver = NaverSetup.forEachTest();
const scripted = ScriptedNaver.forEachTest();

async function failureOf(call: Promise<unknown>): Promise<OutsideUnavailable> {
  const thrown = await call.catch((error: unknown) => error);
  if (thrown instanceof OutsideUnavailable) return thrown;
  throw new Error(`It did not fail so: ${String(thrown)}`);
}
const confirm = async (source = naver.source) => (await source.acknowledge?.(['1']))?.[0]?.outcome;

describe('a signature', () => {
  test('is the one that Naver publishes with its example', async () => {
    const secret = '$2a$10$abcdefghijklmnopqrstuv';
    expect(await signatureOf('aaaabbbbcccc', secret, 1_643_961_623_299)).toBe(
      'JDJhJDEwJGFiY2RlZmdoaWprbG1ub3BxcnN0dXVCVldZSk42T0VPdEx1OFY0cDQxa2IuTnpVaUEzbmsy',
    );
  });

  test.each([
    ['ahead of', 7],
    ['behind', -7],
  ])("made by a clock that is %s Naver's is refused, and the reason is told", async (word, minutes) => {
    naver.now = Date.now() - minutes * MINUTE;
    const { message } = await failureOf(naver.collect());
    expect(message).toMatch(/: POST \/v1\/oauth2\/token: HTTP 400 BAD_REQUEST timestamp /);
    expect(message).toContain(`this machine's clock is 7 minutes ${word} Naver's`);
    expect(await confirm()).toMatchObject({ kind: 'not-received', reason: expect.stringContaining(word) });
  });

  test('that is wrong is refused, and its secret not quoted', async () => {
    const clientSecret = '$2a$04$wrongWrongWrongWrongWr';
    const source = await naver.connect({ clientSecret });
    const { message } = await failureOf(naver.collect(undefined, undefined, source));
    expect(message).toContain('client_secret_sign');
    expect(message).not.toContain(clientSecret);
  });

  test('is not quoted where Naver quotes it', async () => {
    const quote = (sent: string) => {
      const signature = new URLSearchParams(sent).get('client_secret_sign');
      return JSON.stringify({ code: 'BAD_REQUEST', message: `${signature} is wrong` });
    };
    scripted.answers = { token: { status: 400, body: quote } };
    expect(await confirm(await naver.connect({ baseUrl: scripted.url }))).toMatchObject({
      reason: expect.stringContaining('HTTP 400 BAD_REQUEST *** is wrong'),
    });
  });

  test('needs a salt of bcrypt', async () => {
    await expect(naver.connect({ clientSecret: 'secret' })).rejects.toThrow('is not a secret of Naver');
  });
});

describe('a token', () => {
  test('serves all calls of all workers', async () => {
    await naver.emit(5);
    const another = await naver.connect();
    for (const source of [naver.source, another, naver.source])
      await naver.collect(undefined, undefined, source);
    expect(await naver.callsOf('token')).toBe(1);
  });

  test('that has ended is renewed once for all who need it, and their calls go on', async () => {
    await naver.emit(5);
    const ids = (await naver.live()).map(({ recordId }) => recordId);
    await naver.endTokens();
    const reread = await Promise.all(Array.from({ length: 5 }, async () => naver.source.reread?.(ids)));
    expect(reread.map((records) => records?.length)).toEqual(Array.from({ length: 5 }, () => ids.length));
    expect(await naver.callsOf('token')).toBe(2);
  });

  test('that has ended is renewed for a call that changes something, too', async () => {
    await naver.emit(5);
    const [first] = await naver.live();
    await naver.endTokens();
    const [reply] = (await naver.source.acknowledge?.([first?.recordId ?? ''])) ?? [];
    expect(reply?.outcome).toEqual({ kind: 'done' });
  });

  test('that a colleague has renewed meanwhile is taken, and no other asked for', async () => {
    await naver.collect();
    const renewed = await naver.tools.session.read();
    const found = ['ended', renewed];
    naver.tools = { ...naver.tools, session: { ...naver.tools.session, read: async () => found.shift() } };
    expect(await naver.collect(undefined, undefined, await naver.connect())).toEqual([]);
    expect(found).toEqual([]);
    expect(await naver.callsOf('token')).toBe(1);
  });

  test('that ends within a minute is not used', async () => {
    await naver.set({ tokenMs: MINUTE, sameTokenAboveMs: 0 });
    await naver.collect();
    await naver.collect();
    expect(await naver.callsOf('token')).toBe(2);
  });

  test('that is not taken although it is new is not asked for a third time', async () => {
    scripted.answers = { confirm: { status: 401, body: '{"code":"GW.AUTHN"}' } };
    expect((await confirm(await naver.connect({ baseUrl: scripted.url })))?.kind).toBe('not-received');
    expect(scripted.asked.map(({ endpoint }) => endpoint)).toEqual(['token', 'confirm', 'token', 'confirm']);
  });

  test('is asked for on behalf of a seller where the application is a solution', async () => {
    expect(await naver.collect(undefined, undefined, await naver.connect({ accountId: 'ncp_1' }))).toEqual(
      [],
    );
  });

  test('leaves no trace in the evidence', async () => {
    const [reply] = (await naver.source.acknowledge?.(['1'])) ?? [];
    const token = (await naver.tools.session.read()) ?? SECRET;
    expect(JSON.stringify(reply)).not.toContain(token);
  });

  test('comes with a permit, as every call does', async () => {
    let permits = 0;
    naver.tools = { ...naver.tools, permit: async () => void (permits += 1) };
    await naver.collect(undefined, undefined, await naver.connect());
    expect(permits).toBe((await naver.callsOf('token')) + (await naver.callsOf('changes')));
  });
});

describe('the gateway', () => {
  test('says how soon it takes calls again, of each kind by itself', async () => {
    await naver.set({ callsPerSecond: 2 });
    for (let call = 0; call < 4; call += 1) await naver.collect();
    expect((await failureOf(naver.collect())).retryAfterMs).toBe(500);
    for (let call = 0; call < 4; call += 1) await confirm();
    expect(await confirm()).toMatchObject({ kind: 'not-received', retryAfterMs: 500 });
    naver.now += 500;
    expect(await naver.collect()).toEqual([]);
  });

  test('lets nothing through, and says so', async () => {
    scripted.answers = Object.fromEntries(
      ['confirm', 'last-changed-statuses'].map((endpoint) => [
        endpoint,
        { status: 503, body: '{"code":"GW.BLOCK","message":"점검","traceId":"T-1"}' },
      ]),
    );
    const source = await naver.connect({ baseUrl: scripted.url });
    expect(await confirm(source)).toMatchObject({ kind: 'not-received' });
    expect((await failureOf(naver.collect(undefined, undefined, source))).message).toContain('GW.BLOCK');
  });

  test('that waited in vain knows nothing of what became of a call', async () => {
    await naver.emit(5);
    const [first] = await naver.live();
    await naver.standIn.setFaults([{ endpoint: 'confirm', kind: '5xx-after' }]);
    const [reply] = (await naver.source.acknowledge?.([first?.recordId ?? ''])) ?? [];
    expect(reply?.outcome.kind).toBe('unknown');
    expect(reply?.exchange.response).toContain('GW.TIMEOUT');
    await naver.standIn.setFaults([{ endpoint: 'changes', kind: '5xx-before' }]);
    expect((await failureOf(naver.collect())).message).toMatch(/HTTP 504 GW\.TIMEOUT\.02 .*traceId/);
  });

  test('names an error by its code and the traceId that Naver asks for', async () => {
    const { message } = await failureOf(naver.collect(naver.now - 25 * HOUR, naver.now));
    expect(message).toMatch(/last-changed-statuses: HTTP 400 104139 .* \(traceId .+\)$/);
  });

  test.each([
    ['a page of HTML', { body: '<html>점검 중</html>' }, 'unknown'],
    ['a page of HTML that forbids', { status: 403, body: '<html>Forbidden</html>' }, 'not-received'],
    ['half an answer', { body: '{"data":{"successProductOrderInfos":[' }, 'unknown'],
    ['no answer', { body: '' }, 'unknown'],
    ['a redirect', { status: 302, body: '', headers: { location: '/login' } }, 'unknown'],
  ])('%s is unavailable, and never a success', async (_name, answer, kind) => {
    scripted.answers = { confirm: answer, 'last-changed-statuses': answer };
    const source = await naver.connect({ baseUrl: scripted.url });
    await failureOf(naver.collect(undefined, undefined, source));
    expect((await confirm(source))?.kind).toBe(kind);
  });
});

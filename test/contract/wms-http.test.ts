import { createServer, type Server, type Socket } from 'node:net';
import { exchangeHttp } from '../../activities/http';
import { write } from '../../activities/json-call';

/** What cannot be told from a stand-in's faults: exchanges that break below HTTP. */
describe('an HTTP exchange', () => {
  let server: Server;
  let url: string;
  let received = 0;
  let behave: (socket: Socket) => void = () => undefined;

  beforeAll(async () => {
    server = createServer((socket) => {
      socket.on('error', () => undefined);
      socket.on('data', () => {
        received += 1;
        behave(socket);
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    url = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}/`;
  });
  afterAll(() => new Promise((resolve) => server.close(resolve)));

  const send = (to = url, beforeHandOver: () => void = () => undefined) =>
    exchangeHttp({ method: 'POST', url: to, body: 'order', timeoutMs: 1_000, beforeHandOver });

  it.each(['http://no-such-host.invalid/', 'http://127.0.0.1:1/'])(
    'was certainly not received where nobody listens: %s',
    async (nowhere) => {
      expect((await send(nowhere)).result.kind).toBe('not-received');
    },
  );

  it.each([
    ['half a body', 'HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\nhalf'],
    ['half a head', 'HTTP/1.1 200 OK\r\ncontent-le'],
    ['no HTTP', 'hello'],
    ['nothing', ''],
  ])('is unknown after %s', async (_what, bytes) => {
    behave = (socket) => socket.end(bytes);
    expect((await send()).result.kind).toBe('unknown');
  });

  it('is unknown, and sent once only, when a kept-alive connection dies under it', async () => {
    behave = (socket) =>
      socket.write('HTTP/1.1 200 OK\r\ncontent-length: 0\r\nconnection: keep-alive\r\n\r\n');
    expect((await send()).result.kind).toBe('answered');
    const before = received;
    behave = (socket) => socket.resetAndDestroy();
    expect((await send()).result.kind).toBe('unknown');
    expect(received).toBe(before + 1);
  });

  it('hands over in the tick of the call, or not at all', async () => {
    behave = (socket) => socket.end('HTTP/1.1 204 No Content\r\n\r\n');
    let called = false;
    const exchange = send(url, () => {
      called = true;
    });
    expect(called).toBe(true);
    expect((await exchange).result).toMatchObject({ kind: 'answered', status: 204 });
    const before = received;
    const refuse = () => {
      throw new Error('too late');
    };
    await expect(send(url, refuse)).rejects.toThrow('too late');
    expect(received).toBe(before);
  });

  it.each([
    ['a wait', () => '30'],
    ['a moment in seconds', () => String(Date.now() / 1_000 + 30)],
    ['a moment in milliseconds', () => String(Date.now() + 30_000)],
  ])('waits until a closed gate opens, told as %s', async (_how, reset) => {
    behave = (socket) =>
      socket.end(`HTTP/1.1 429 Too Many\r\nx-ratelimit-reset: ${reset()}\r\ncontent-length: 0\r\n\r\n`);
    const { result } = await write({ method: 'POST', url, timeoutMs: 1_000 });
    const waitMs = result.kind === 'not-received' ? result.retryAfterMs : undefined;
    expect(Math.ceil((waitMs ?? 0) / 30_000)).toBe(1);
  });

  it('follows no redirect', async () => {
    behave = (socket) => socket.end('HTTP/1.1 302 Found\r\nlocation: /\r\ncontent-length: 0\r\n\r\n');
    const before = received;
    expect((await send()).result).toMatchObject({ status: 302 });
    expect(received).toBe(before + 1);
  });
});

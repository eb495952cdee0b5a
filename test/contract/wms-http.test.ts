import { createServer, type Server, type Socket } from 'node:net';
import { exchangeHttp } from '../../activities/http';

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

  it('follows no redirect', async () => {
    behave = (socket) => socket.end('HTTP/1.1 302 Found\r\nlocation: /\r\ncontent-length: 0\r\n\r\n');
    const before = received;
    expect((await send()).result).toMatchObject({ status: 302 });
    expect(received).toBe(before + 1);
  });
});

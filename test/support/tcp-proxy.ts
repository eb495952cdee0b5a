import { connect, createServer, type Server, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

/** What becomes of one piece of what a client sends, and of the answer to it. */
export type Fate = 'pass' | 'lose-the-answer' | 'never-arrives';

/**
 * A stretch of network that fails on command: slow, silent, or with nobody at its end. Its own port
 * stays the same, whatever becomes of the server behind it.
 */
export class TcpProxy {
  private server: Server | undefined;
  private readonly sockets = new Set<Socket>();
  private readonly toServer = new Set<Socket>();
  private listensAt = 0;
  private silent = false;
  private delayMs = 0;
  private held: { readonly until: Promise<void>; readonly letGo: () => void } | undefined;

  protected constructor(private readonly target: { readonly host: string; readonly port: number }) {}

  static async to(host: string, port: number): Promise<TcpProxy> {
    const proxy = new TcpProxy({ host, port });
    await proxy.accept();
    return proxy;
  }

  get port(): number {
    return this.listensAt;
  }

  /** From now on nothing gets through, and nobody is told. */
  fallSilent(): void {
    this.silent = true;
  }

  /** Whatever was on its way is lost with its connection. */
  speakAgain(): void {
    this.silent = false;
    this.cut();
  }

  /** Nobody listens any more, and whoever was connected is cut off. */
  async refuse(): Promise<void> {
    const closed = new Promise<void>((resolve) => {
      if (this.server === undefined) resolve();
      else this.server.close(() => resolve());
    });
    this.server = undefined;
    this.cut();
    await closed;
  }

  async accept(): Promise<void> {
    if (this.server !== undefined) return;
    const server = createServer((client) => this.join(client));
    this.server = server;
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(this.listensAt, '127.0.0.1', resolve);
    });
    const address = server.address();
    this.listensAt = typeof address === 'object' && address !== null ? address.port : 0;
  }

  /** Everything arrives so much later, also what its sender has given up meanwhile. */
  slowDown(delayMs: number): void {
    this.delayMs = delayMs;
  }

  /** From now on everything waits here, and nothing is lost. */
  hold(): void {
    let letGo = () => {};
    const until = new Promise<void>((resolve) => {
      letGo = resolve;
    });
    this.held ??= { until, letGo };
  }

  /** What has waited arrives, in its order. */
  letGo(): void {
    this.held?.letGo();
    this.held = undefined;
  }

  /** Breaks every connection. */
  cut(): void {
    for (const socket of this.sockets) socket.destroy();
  }

  /** The ports that the server knows the clients behind the proxy by. */
  get clientPorts(): readonly number[] {
    return [...this.toServer].flatMap(({ localPort }) => (localPort === undefined ? [] : [localPort]));
  }

  async stop(): Promise<void> {
    await this.refuse();
  }

  /** What a kind of proxy that understands the protocol decides about a piece of a request. */
  protected fateOf(_request: Buffer): Fate {
    return 'pass';
  }

  private join(client: Socket): void {
    const server = connect(this.target.port, this.target.host);
    for (const socket of [client, server]) {
      socket.setNoDelay(true);
      this.sockets.add(socket);
      socket.on('close', () => this.sockets.delete(socket));
    }
    this.toServer.add(server);
    server.on('close', () => this.toServer.delete(server));
    let deaf = false;
    const there = this.lane(client, server);
    const back = this.lane(server, client);
    client.on('data', (chunk) => {
      if (this.silent) return;
      const fate = this.fateOf(chunk);
      if (fate === 'never-arrives') return void client.destroy();
      deaf = fate === 'lose-the-answer';
      there(() => server.write(chunk));
    });
    server.on('data', (chunk) => {
      if (this.silent) return;
      if (!deaf) return back(() => client.write(chunk));
      // The answer is here, so the request has been carried out.
      deaf = false;
      client.destroy();
    });
    // The server must not hear of a hang-up before its answer is lost, nor across a partition.
    client.on('close', () => deaf || this.silent || there(() => server.destroy()));
    server.on('close', () => this.silent || back(() => client.destroy()));
  }

  /** Keeps the order of what goes one way, however the delay changes and whatever is held. */
  private lane(from: Socket, to: Socket): (deliver: () => void) => void {
    let tail: Promise<void> | undefined;
    from.on('error', () => to.destroy());
    return (deliver) => {
      if (tail === undefined && this.delayMs === 0 && this.held === undefined) return deliver();
      const due = performance.now() + this.delayMs;
      const mine = (tail ?? Promise.resolve())
        .then(() => this.held?.until)
        .then(() => sleep(Math.max(0, due - performance.now())))
        .then(() => {
          if (!to.destroyed) deliver();
          if (tail === mine) tail = undefined;
        });
      tail = mine;
    };
  }
}

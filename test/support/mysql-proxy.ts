import { connect, createServer, type Server, type Socket } from 'node:net';

const QUERY = 0x03;
const COMMIT = Buffer.from('COMMIT');

/** Is this the packet that commits? mysql2 sends a short statement whole, maybe after a count of attributes. */
function isCommit(chunk: Buffer): boolean {
  return chunk.byteLength < 16 && chunk[4] === QUERY && chunk.subarray(-COMMIT.byteLength).equals(COMMIT);
}

type Fate = 'pass' | 'lose-the-answer' | 'never-arrives';

/**
 * A stretch of network between a client and MySQL that fails on command: a COMMIT that is carried out
 * and whose answer is lost, one that never arrives, or silence.
 */
export class MysqlProxy {
  private readonly server: Server;
  private readonly sockets = new Set<Socket>();
  private readonly toServer = new Set<Socket>();
  private fates: Fate[] = [];
  private silent = false;
  /** How many COMMITs have met another fate than to pass. */
  struck = 0;

  private constructor(private readonly target: URL) {
    this.server = createServer((client) => this.join(client));
  }

  static async start(databaseUrl: string): Promise<MysqlProxy> {
    const proxy = new MysqlProxy(new URL(databaseUrl));
    await new Promise<void>((resolve) => proxy.server.listen(0, '127.0.0.1', resolve));
    return proxy;
  }

  /** The address of the same database, by way of the proxy. */
  get url(): string {
    const url = new URL(this.target);
    const address = this.server.address();
    url.host = `127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`;
    return url.href;
  }

  /** What becomes of the next COMMITs, one after the other; those after them pass. */
  fateOfCommits(...fates: Fate[]): void {
    this.fates = fates;
  }

  /** From now on nothing gets through, and nobody is told. */
  fallSilent(): void {
    this.silent = true;
  }

  speakAgain(): void {
    this.silent = false;
    for (const socket of this.sockets) socket.destroy();
  }

  /** The ports that MySQL knows the clients behind the proxy by. */
  get clientPorts(): readonly number[] {
    return [...this.toServer].flatMap(({ localPort }) => (localPort === undefined ? [] : [localPort]));
  }

  async stop(): Promise<void> {
    for (const socket of this.sockets) socket.destroy();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private join(client: Socket): void {
    const server = connect(Number(this.target.port), this.target.hostname);
    this.toServer.add(server);
    server.on('close', () => this.toServer.delete(server));
    let deaf = false;
    for (const [one, other] of [
      [client, server],
      [server, client],
    ] as const) {
      this.sockets.add(one);
      one.on('error', () => other.destroy());
      one.on('close', () => {
        this.sockets.delete(one);
        if (!deaf) other.destroy();
      });
    }
    client.on('data', (chunk) => {
      if (this.silent) return;
      const fate = isCommit(chunk) ? this.nextFate() : 'pass';
      if (fate === 'never-arrives') return void client.destroy();
      deaf = fate === 'lose-the-answer';
      server.write(chunk);
    });
    server.on('data', (chunk) => {
      if (this.silent) return;
      if (!deaf) return void client.write(chunk);
      // The answer is here, so the COMMIT has been carried out.
      deaf = false;
      client.destroy();
    });
  }

  private nextFate(): Fate {
    const fate = this.fates.shift() ?? 'pass';
    if (fate !== 'pass') this.struck += 1;
    return fate;
  }
}

import { type Fate, TcpProxy } from './tcp-proxy';

const QUERY = 0x03;
const COMMIT = Buffer.from('COMMIT');

/** Is this the packet that commits? mysql2 sends a short statement whole, maybe after a count of attributes. */
function isCommit(chunk: Buffer): boolean {
  return chunk.byteLength < 16 && chunk[4] === QUERY && chunk.subarray(-COMMIT.byteLength).equals(COMMIT);
}

/**
 * A stretch of network between a client and MySQL that knows a COMMIT when it sees one: it can be
 * carried out with its answer lost, or never arrive.
 */
export class MysqlProxy extends TcpProxy {
  private fates: Fate[] = [];
  private atCommit: (() => void) | undefined;
  /** How many COMMITs have met another fate than to pass. */
  struck = 0;

  private constructor(private readonly database: URL) {
    super({ host: database.hostname, port: Number(database.port) });
  }

  static async start(databaseUrl: string): Promise<MysqlProxy> {
    const proxy = new MysqlProxy(new URL(databaseUrl));
    await proxy.accept();
    return proxy;
  }

  /** The address of the same database, by way of the proxy. */
  get url(): string {
    const url = new URL(this.database);
    url.host = `127.0.0.1:${this.port}`;
    return url.href;
  }

  /** What becomes of the next COMMITs, one after the other; those after them pass. */
  fateOfCommits(...fates: Fate[]): void {
    this.fates = fates;
  }

  /** Calls back in the tick in which the next COMMIT is on its way. */
  onNextCommit(strike: () => void): void {
    this.atCommit = strike;
  }

  protected override fateOf(request: Buffer): Fate {
    if (!isCommit(request)) return 'pass';
    const strike = this.atCommit;
    this.atCommit = undefined;
    // Once the packet has been written.
    if (strike !== undefined) setImmediate(strike);
    const fate = this.fates.shift() ?? 'pass';
    if (fate !== 'pass') this.struck += 1;
    return fate;
  }
}

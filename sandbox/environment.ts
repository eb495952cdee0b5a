import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { explainDatabase } from '../client/connect';
import { migrate } from '../db/migrate';
import { SEARCH_ATTRIBUTES } from '../workflows/names';
import { type Child, startChild } from './child';
import { type Progress, requirePortFree, startMysql, startTemporal } from './servers';
import { type Addresses, STAND_INS } from './stand-ins';

export interface EnvironmentOptions {
  /** Everything is kept here: databases, ledgers, logs. */
  readonly dataDir: string;
  readonly progress: Progress;
  /** 0 for each: any free port. */
  readonly ports: {
    readonly mysql: number;
    readonly temporal: number;
    readonly ui: number | undefined;
    readonly sandbox: number;
  };
  /** Given: nothing is started in its place. */
  readonly databaseUrl?: string | undefined;
  readonly temporalAddress?: string | undefined;
  readonly namespace?: string;
  readonly shipAfterMs?: number;
}

export interface Environment {
  readonly databaseUrl: string;
  readonly temporalAddress: string;
  /** Of the secrets in the database, where the environment names no other. */
  readonly secretKeyFile: string;
  readonly uiUrl: string | undefined;
  readonly addresses: Addresses;
  readonly pids: {
    readonly mysql: number | undefined;
    readonly temporal: number | undefined;
    readonly sandbox: number | undefined;
  };
  /** Stops what was started, the newest first. */
  stop(): Promise<void>;
}

/** Brings up what Boosta needs of the world: MySQL with the schema, Temporal, and the stand-ins. */
export async function startEnvironment(options: EnvironmentOptions): Promise<Environment> {
  const { dataDir, progress, ports } = options;
  const log = (name: string) => join(dataDir, 'logs', `${name}.log`);
  const started: { stop(): Promise<unknown> }[] = [];
  const stop = async () => {
    for (const server of started.splice(0).reverse()) await server.stop();
  };
  try {
    const mysql =
      options.databaseUrl === undefined
        ? await startMysql({
            dataDir: join(dataDir, 'mysql'),
            port: ports.mysql,
            logFile: log('mysql'),
            progress,
          })
        : undefined;
    if (mysql !== undefined) started.push(mysql);
    const databaseUrl = options.databaseUrl ?? mysql?.url ?? '';
    const temporal =
      options.temporalAddress === undefined
        ? await startTemporal({
            dbFile: join(dataDir, 'temporal.db'),
            port: ports.temporal,
            uiPort: ports.ui,
            namespace: options.namespace ?? 'default',
            searchAttributes: SEARCH_ATTRIBUTES,
            logFile: log('temporal'),
            progress,
          })
        : undefined;
    if (temporal !== undefined) started.push(temporal);
    await migrate(databaseUrl).catch((error: unknown) => {
      throw explainDatabase({ databaseUrl }, error);
    });
    const sandbox = await startSandbox(options, log('sandbox'));
    started.push(sandbox);
    return {
      databaseUrl,
      temporalAddress: options.temporalAddress ?? temporal?.address ?? '',
      secretKeyFile: secretKeyIn(dataDir),
      uiUrl: temporal?.uiUrl,
      addresses: sandbox.firstMessage as Addresses,
      pids: { mysql: mysql?.pid, temporal: temporal?.pid, sandbox: sandbox.process.pid },
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Made once; it stays with the data. */
function secretKeyIn(dataDir: string): string {
  const file = join(dataDir, 'secret.key');
  mkdirSync(dataDir, { recursive: true });
  if (!existsSync(file)) writeFileSync(file, `${randomBytes(32).toString('base64')}\n`, { mode: 0o600 });
  return file;
}

/** What our own processes are told of it. */
export function variablesOf({ databaseUrl, temporalAddress, secretKeyFile }: Environment) {
  return {
    DATABASE_URL: databaseUrl,
    TEMPORAL_ADDRESS: temporalAddress,
    BOOSTA_SECRET_KEY_FILE: secretKeyFile,
  };
}

/** Each stand-in has a port for the protocol and one for admin commands. */
async function requireSandboxPorts(first: number): Promise<void> {
  if (first === 0) return;
  for (let port = first; port < first + 2 * STAND_INS.length; port += 1) {
    await requirePortFree(port, "the sandbox's stand-ins", 'BOOSTA_SANDBOX_PORT');
  }
}

async function startSandbox(options: EnvironmentOptions, logFile: string): Promise<Child> {
  await requireSandboxPorts(options.ports.sandbox);
  const env: Record<string, string> = {
    BOOSTA_SANDBOX_DATA: join(options.dataDir, 'sandbox'),
    BOOSTA_SANDBOX_PORT: String(options.ports.sandbox),
  };
  if (options.shipAfterMs !== undefined) env['BOOSTA_SANDBOX_SHIP_AFTER_MS'] = String(options.shipAfterMs);
  return startChild(compiled('sandbox/main'), { env, logFile });
}

/** A module of the build, whether this one runs from the build or (in tests) from the sources. */
export function compiled(module: string): string {
  const root = __dirname.includes(`${join('dist', 'sandbox')}`)
    ? join(__dirname, '..')
    : join(__dirname, '..', 'dist');
  return join(root, `${module}.js`);
}

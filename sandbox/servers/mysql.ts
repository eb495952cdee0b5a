import { existsSync } from 'node:fs';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { createConnection } from 'mysql2/promise';
import { ensureMysql, type MysqlCommand } from './mysql-binary';
import { removePidFile, stopLeftOver, writePidFile } from './pid-file';
import { freePort, requirePortFree } from './ports';
import { type Progress, reportWhile } from './progress';
import { run } from './run';
import { type RunningServer, startServer } from './server-process';

export interface MysqlOptions {
  /** Created and initialised on first use. */
  dataDir: string;
  /** 0: any free port. */
  port: number;
  logFile: string;
  progress: Progress;
  /** Further ones of mysqld, after ours. */
  settings?: readonly string[];
}

export interface RunningMysql extends RunningServer {
  port: number;
  /** A `mysql://` address of the database `boosta` for a user who may do everything. */
  url: string;
}

/** Writing a full buffer pool and the change buffer to a slow laptop's disk takes its time. */
const STOP_PATIENCE_MS = 30_000;
/** A half-done initialisation holds nothing that is worth waiting for. */
const NO_PATIENCE = 0;
/** After a crash InnoDB recovers before it answers. */
const START_PATIENCE_MS = 120_000;

/** Starts a MySQL that keeps its data on disk, answers on the loopback interface only, and loses no commit. */
export async function startMysql(options: MysqlOptions): Promise<RunningMysql> {
  const { progress, logFile } = options;
  const dataDir = resolve(options.dataDir);
  await stopLeftOver('MySQL', dataDir, STOP_PATIENCE_MS, progress);
  if (options.port !== 0) await requirePortFree(options.port, 'MySQL', 'BOOSTA_MYSQL_PORT (or DATABASE_URL)');
  const mysqld = await ensureMysql(progress);
  await initialiseOnce(mysqld, dataDir, progress);
  await writeFile(join(dataDir, INIT_FILE), INIT_SQL);
  const port = options.port || (await freePort());
  const url = `mysql://boosta:boosta@127.0.0.1:${port}/boosta`;
  const server = await startServer({
    what: 'MySQL',
    command: mysqld.command,
    args: [...mysqld.args, ...asRoot(), ...settings(dataDir, port), ...(options.settings ?? [])],
    data: dataDir,
    logFile,
    stopPatienceMs: STOP_PATIENCE_MS,
    startPatienceMs: START_PATIENCE_MS,
    probe: () => probe(url),
    progress,
  });
  return { ...server, port, url };
}

/**
 * Initialises the data folder beside its place and renames it, so that an initialisation that was killed half-way
 * is not taken for done. An orphaned one is stopped first: without its files it would spin for ever.
 */
async function initialiseOnce(mysqld: MysqlCommand, dataDir: string, progress: Progress): Promise<void> {
  if (existsSync(join(dataDir, 'mysql.ibd'))) return;
  const fresh = `${dataDir}.initialising`;
  await stopLeftOver('MySQL', fresh, NO_PATIENCE, progress);
  await rm(fresh, { recursive: true, force: true });
  await mkdir(fresh, { recursive: true });
  progress(`MySQL: initialising ${dataDir}…`);
  const args = [...mysqld.args, ...asRoot(), '--initialize-insecure', `--datadir=${fresh}`];
  const onStart = (pid: number) => writePidFile(fresh, pid);
  await reportWhile(progress, 'MySQL', run(mysqld.command, args, { onStart }));
  await removePidFile(fresh);
  await rename(fresh, dataDir);
}

/** mysqld refuses to run as root (containers) unless told that this is meant. */
function asRoot(): string[] {
  return process.getuid?.() === 0 ? ['--user=root'] : [];
}

const INIT_FILE = 'boosta-init.sql';

/** Run at each start before anyone can connect: the account that the address names, reachable by TCP only. */
const INIT_SQL = `CREATE DATABASE IF NOT EXISTS boosta;
CREATE USER IF NOT EXISTS boosta@'127.0.0.1' IDENTIFIED BY 'boosta';
GRANT ALL ON *.* TO boosta@'127.0.0.1' WITH GRANT OPTION;
`;

/** Durable as in production; small, and without what one developer's machine has no use for. */
function settings(dataDir: string, port: number): string[] {
  return [
    `--datadir=${dataDir}`,
    `--port=${port}`,
    '--bind-address=127.0.0.1',
    '--skip-name-resolve',
    '--mysqlx=OFF',
    // Relative to the data folder: the path of a Unix socket may not be longer than some 100 characters.
    '--socket=mysqld.sock',
    '--pid-file=mysqld.pid',
    `--init-file=${join(dataDir, INIT_FILE)}`,
    '--secure-file-priv=NULL',
    '--innodb-flush-log-at-trx-commit=1',
    '--innodb-doublewrite=ON',
    '--skip-log-bin',
    '--innodb-buffer-pool-size=256M',
    '--innodb-lock-wait-timeout=5',
    '--performance-schema=OFF',
    '--max-connections=300',
    '--character-set-server=utf8mb4',
    '--default-time-zone=+00:00',
  ];
}

async function probe(url: string): Promise<void> {
  const connection = await createConnection({ uri: url, connectTimeout: 2_000 });
  try {
    await connection.query('SELECT 1');
  } finally {
    connection.destroy();
  }
}

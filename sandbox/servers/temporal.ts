import { mkdir } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { Connection } from '@temporalio/client';
import { stopLeftOver } from './pid-file';
import { freePort, requirePortFree } from './ports';
import type { Progress } from './progress';
import { registerSearchAttributes, type SearchAttributes } from './search-attributes';
import { type RunningServer, startServer } from './server-process';
import { ensureTemporal } from './temporal-binary';

export interface TemporalOptions {
  /** SQLite file that holds all workflows; created on first use. */
  dbFile: string;
  /** 0: any free port. */
  port: number;
  /** 0: any free port; undefined: no Web UI. */
  uiPort: number | undefined;
  namespace: string;
  /** Registered if missing, also in a database of an earlier version. */
  searchAttributes: SearchAttributes;
  logFile: string;
  progress: Progress;
}

export interface RunningTemporal extends RunningServer {
  /** host:port of the frontend. */
  address: string;
  uiUrl: string | undefined;
}

const STOP_PATIENCE_MS = 20_000;
const START_PATIENCE_MS = 60_000;

/** Starts a Temporal dev server that keeps its workflows on disk and answers on the loopback interface only. */
export async function startTemporal(options: TemporalOptions): Promise<RunningTemporal> {
  const { progress, logFile } = options;
  const dbFile = resolve(options.dbFile);
  await stopLeftOver('Temporal', dbFile, STOP_PATIENCE_MS, progress);
  const port = await choosePort(options.port, 'Temporal', 'BOOSTA_TEMPORAL_PORT (or TEMPORAL_ADDRESS)');
  const uiPort =
    options.uiPort === undefined
      ? undefined
      : await choosePort(options.uiPort, "Temporal's Web UI", 'BOOSTA_TEMPORAL_UI_PORT');
  const command = await ensureTemporal(progress);
  await mkdir(dirname(dbFile), { recursive: true });
  const address = `127.0.0.1:${port}`;
  const server = await startServer({
    what: 'Temporal',
    command,
    args: settings(options, dbFile, port, uiPort),
    data: dbFile,
    logFile,
    stopPatienceMs: STOP_PATIENCE_MS,
    startPatienceMs: START_PATIENCE_MS,
    probe: () => probe(address, options),
    progress,
  });
  return { ...server, address, uiUrl: uiPort === undefined ? undefined : `http://127.0.0.1:${uiPort}` };
}

async function choosePort(wanted: number, what: string, variable: string): Promise<number> {
  if (wanted === 0) return freePort();
  await requirePortFree(wanted, what, variable);
  return wanted;
}

/** WAL triples the rate of workflows; with FULL, what the server has acknowledged survives a power cut. */
function settings(
  options: TemporalOptions,
  dbFile: string,
  port: number,
  uiPort: number | undefined,
): string[] {
  return [
    'server',
    'start-dev',
    `--db-filename=${dbFile}`,
    '--sqlite-pragma=journal_mode=WAL',
    '--sqlite-pragma=synchronous=FULL',
    '--ip=127.0.0.1',
    `--port=${port}`,
    uiPort === undefined ? '--headless' : `--ui-port=${uiPort}`,
    `--namespace=${options.namespace}`,
    '--log-level=error',
  ];
}

/** The frontend answers a while before the namespace is there. */
async function probe(address: string, options: TemporalOptions): Promise<void> {
  const { namespace, searchAttributes, progress } = options;
  const connection = await Connection.connect({ address, connectTimeout: 2_000 });
  try {
    await connection.workflowService.describeNamespace({ namespace });
    await registerSearchAttributes(connection, namespace, searchAttributes, progress);
  } finally {
    await connection.close();
  }
}

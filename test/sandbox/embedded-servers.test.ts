import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Connection } from '@temporalio/client';
import { createConnection, type RowDataPacket } from 'mysql2/promise';
import {
  freePort,
  PortInUse,
  requirePortFree,
  type SearchAttributes,
  ServerAlreadyRunning,
  startMysql,
  startTemporal,
} from '../../sandbox/servers';

let folder: string;
const lines: string[] = [];
const progress = (line: string) => void lines.push(line);

beforeEach(async () => {
  lines.length = 0;
  folder = await mkdtemp(join(tmpdir(), 'boosta-servers-'));
});

afterEach(() => rm(folder, { recursive: true }));

const mysql = (dataDir = join(folder, 'mysql')) =>
  startMysql({ dataDir, port: 0, logFile: join(folder, 'mysql.log'), progress });

const temporal = (searchAttributes: SearchAttributes) =>
  startTemporal({
    dbFile: join(folder, 'temporal.db'),
    port: 0,
    uiPort: undefined,
    namespace: 'boosta',
    searchAttributes,
    logFile: join(folder, 'temporal.log'),
    progress,
  });

async function query(url: string, sql: string): Promise<RowDataPacket[]> {
  const connection = await createConnection(url);
  try {
    const [rows] = await connection.query<RowDataPacket[]>(sql);
    return rows;
  } finally {
    await connection.end();
  }
}

it('MySQL keeps its rows over a kill -9, in a folder too deep for a socket path', async () => {
  const dataDir = join(folder, ...Array.from({ length: 6 }, () => 'a-folder-with-a-long-name'), 'mysql');
  const first = await mysql(dataDir);
  await query(first.url, 'CREATE TABLE kept (id INT PRIMARY KEY)');
  await query(first.url, 'INSERT INTO kept VALUES (1)');
  process.kill(first.pid, 'SIGKILL');
  await first.exited;
  const second = await mysql(dataDir);
  expect(await query(second.url, 'SELECT id FROM kept')).toEqual([{ id: 1 }]);
  await first.stop();
  await second.stop();
});

it('a second start on the same data is refused while the first is alive', async () => {
  const first = await mysql();
  await expect(mysql()).rejects.toThrow(ServerAlreadyRunning);
  await first.stop();
});

it('a server that a killed process left behind is stopped, a stranger with its number is not', async () => {
  const data = join(folder, 'mysql');
  const stranger = spawn('sleep', ['60']);
  await writeFile(`${data}.pid`, `${stranger.pid} 1\n`);
  const first = await mysql();
  expect(stranger.exitCode).toBeNull();
  stranger.kill();
  // As if the process that started it had been another one.
  await writeFile(`${data}.pid`, `${first.pid} 1\n`);
  const second = await mysql();
  expect(await first.exited).toEqual({ code: 0, signal: null });
  expect(lines).toContain(
    `MySQL: stopping the server that an earlier run left behind (process ${first.pid})`,
  );
  await second.stop();
});

it('Temporal keeps its search attributes, adds new ones, and leaves those of another kind', async () => {
  const first = await temporal({ Channel: 'Keyword', Stage: 'Keyword' });
  await first.stop();
  const second = await temporal({ Source: 'Keyword', Stage: 'Text' });
  const connection = await Connection.connect({ address: second.address });
  const { customAttributes } = await connection.operatorService.listSearchAttributes({ namespace: 'boosta' });
  await connection.close();
  await second.stop();
  expect(customAttributes).toMatchObject({ Channel: 2, Stage: 2, Source: 2 });
  expect(lines).toContainEqual(expect.stringContaining('Stage is not a Text'));
});

it('a port in use is refused in one sentence that names the setting', async () => {
  const port = await freePort();
  const listener = createServer().listen(port, '127.0.0.1');
  await once(listener, 'listening');
  const refused = requirePortFree(port, 'MySQL', 'BOOSTA_MYSQL_PORT');
  await expect(refused).rejects.toThrow(PortInUse);
  await expect(refused).rejects.toThrow(
    `Port ${port} for MySQL is in use: stop what listens there, or set BOOSTA_MYSQL_PORT`,
  );
  listener.close();
});

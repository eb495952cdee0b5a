import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureTimeSkippingServer, type Progress, startMysql, startTemporal } from '../../sandbox/servers';
import { SEARCH_ATTRIBUTES } from '../../workflows/names';
import { BrowserUnavailable, ensureBrowser } from './browser';
import { setRunning } from './running';

/** One real MySQL, Temporal and browser for all tests; each test file gets a database of its own. */
export default async function globalSetup(): Promise<void> {
  const progress = (line: string) => void process.stderr.write(`${line}\n`);
  const dir = mkdtempSync(join(tmpdir(), 'boosta-test-'));
  const mysql = await startMysql({
    dataDir: join(dir, 'mysql'),
    port: 0,
    logFile: join(dir, 'mysql.log'),
    progress,
  });
  const temporal = await startTemporal({
    dbFile: join(dir, 'temporal.db'),
    port: 0,
    uiPort: undefined,
    namespace: 'default',
    searchAttributes: SEARCH_ATTRIBUTES,
    logFile: join(dir, 'temporal.log'),
    progress,
  });
  setRunning({ dir, servers: [temporal, mysql] });
  process.env['BOOSTA_TEST_MYSQL'] = mysql.url;
  process.env['BOOSTA_TEST_TEMPORAL'] = temporal.address;
  process.env['BOOSTA_TEST_TIME_SKIPPING'] = await ensureTimeSkippingServer(progress);
  process.env['BOOSTA_TEST_BROWSER'] = await browserOrNone(progress);
}

/** Without a browser its tests are skipped, which the closing line counts. */
async function browserOrNone(progress: Progress): Promise<string> {
  try {
    return await ensureBrowser(progress);
  } catch (error) {
    if (!(error instanceof BrowserUnavailable)) throw error;
    progress(`${error.message} The tests in test/browser are skipped.`);
    return '';
  }
}

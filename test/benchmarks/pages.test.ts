import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type RunningMysql, startMysql } from '../../sandbox/servers';
import { type FreshTemporal, freshTemporal } from '../support/temporal';
import { locate } from './pages/compare';
import { type House, openHouse } from './pages/house';
import { METERED, Meter } from './pages/meter';
import { READS_EVERYTHING } from './pages/questions';

const SMALL = { orders: 1_000, days: 20, perDayNow: 50, seed: 7 };

/** What the benchmark of the pages asks, of one small house: what it costs is measured by the benchmark itself. */
describe('in a house that the benchmark has filled', () => {
  let dir: string;
  let mysql: RunningMysql;
  let meter: Meter;
  let temporal: FreshTemporal;
  let house: House;

  beforeAll(async () => {
    dir = mkdtempSync(join(tmpdir(), 'boosta-pages-'));
    const logFile = join(dir, 'mysql.log');
    const settings = ['--local-infile=ON', ...METERED];
    const progress = () => undefined;
    mysql = await startMysql({ dataDir: join(dir, 'mysql'), port: 0, logFile, progress, settings });
    meter = await Meter.at(mysql.url);
    temporal = await freshTemporal();
    house = await openHouse({ mysqlUrl: mysql.url, temporal: temporal.client, meter, progress }, SMALL);
  });
  afterAll(async () => {
    await house.close();
    await temporal.close();
    await meter.close();
    await mysql.stop();
    rmSync(dir, { recursive: true, force: true });
  });

  it('every route that a page reads is asked', () => {
    const asked = new Set([...READS_EVERYTHING, ...house.questions.map(({ route }) => route)]);
    expect(house.routes.filter((route) => !asked.has(route))).toEqual([]);
  });

  it('every question has its answer, and costs something that can be measured', async () => {
    const before = await house.cost();
    for (const question of house.questions) {
      const { at, status } = await locate(house, question);
      expect({ at, status: (await house.ask(at)).status }).toEqual({ at, status });
    }
    expect((await house.cost()).rows).toBeGreaterThan(before.rows);
  });
});

import { migrate } from '../../db/migrate';
import type { Config } from '../../worker/config';
import { SEARCH_ATTRIBUTES } from '../../workflows/names';
import { connect, explainDatabase, type TemporalServer, temporalOrExplain } from '../connect';
import { applySchedules, wantedSchedules } from '../schedules';
import { describeSchedule } from '../use-cases/schedules';
import { checkDatabase } from './check-database';
import { checkTemporal, missingSearchAttributes } from './check-temporal';
import type { Finding } from './finding';

/** Every check, one after the other for each server. */
export async function examine(config: Config): Promise<Finding[]> {
  return (await Promise.all([checkDatabase(config), checkTemporal(config)])).flat();
}

/** Mends what can be mended without a decision: schema, search attributes, missing schedules. */
export async function mend(config: Config, say: (line: string) => void): Promise<void> {
  await migrate(config.databaseUrl).catch((error: unknown) => {
    throw explainDatabase(config, error);
  });
  say('schema: up to date');
  const server = await temporalOrExplain(config);
  try {
    say(`search attributes: ${(await registerSearchAttributes(server)).join(', ') || 'all there'}`);
  } finally {
    await server.connection.close();
  }
  say(`schedules: ${(await addMissingSchedules(config)).join(', ') || 'all there'}`);
}

/** The numbers of the kinds in Temporal's API. */
const NUMBER_OF_KIND = { Keyword: 2, Datetime: 6 } as const;

async function registerSearchAttributes(server: TemporalServer): Promise<string[]> {
  const missing = await missingSearchAttributes(server);
  if (missing.length === 0) return [];
  const kinds = Object.entries(SEARCH_ATTRIBUTES).filter(([name]) => missing.includes(name));
  await server.connection.operatorService.addSearchAttributes({
    namespace: server.client.options.namespace,
    searchAttributes: Object.fromEntries(kinds.map(([name, kind]) => [name, NUMBER_OF_KIND[kind]])),
  });
  return missing;
}

/** Those that are there keep the intervals that somebody gave them. */
async function addMissingSchedules(config: Config): Promise<string[]> {
  const context = await connect(config);
  try {
    const wanted = await wantedSchedules(context.database.db);
    const found = await Promise.all(
      wanted.map(({ scheduleId }) => describeSchedule(context.temporal, scheduleId)),
    );
    const missing = wanted.filter((_, index) => found[index] === undefined);
    await applySchedules(context.temporal, missing);
    return missing.map(({ scheduleId }) => scheduleId);
  } finally {
    await context.close();
  }
}

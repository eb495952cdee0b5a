import { openOrExplain } from '../client/connect';
import { explain } from '../client/explain';
import { migrate } from '../db/migrate';
import { readConfig } from '../worker/config';
import { seedCatalogue } from './seed';

/** `npm run db:seed`: the sandbox brand's items, configurations and matches, in the database of DATABASE_URL. */
async function main(): Promise<void> {
  const config = readConfig();
  await migrate(config.databaseUrl);
  const database = await openOrExplain(config);
  try {
    await seedCatalogue(database);
  } finally {
    await database.close();
  }
}

main().catch((error: unknown) => {
  process.stderr.write(`${explain(error)}\n`);
  process.exitCode = 1;
});

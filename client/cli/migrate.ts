import type { Command } from 'commander';
import { migrate } from '../../db/migrate';
import { sealConnections } from '../../db/queries/connections';
import { readConfig } from '../../worker/config';
import { explainDatabase } from '../connect';
import { say } from './output';
import { withDatabase } from './session';

export function addMigrate(program: Command): void {
  program
    .command('migrate')
    .description('create the database if it is missing and bring it to the newest schema')
    .action(async () => {
      const config = readConfig();
      await migrate(config.databaseUrl).catch((error: unknown) => {
        throw explainDatabase(config, error);
      });
      say('The schema is up to date.');
      const sealed = await withDatabase(sealConnections);
      if (sealed.length > 0) say(`The secrets of ${sealed.join(', ')} are sealed now.`);
    });
}

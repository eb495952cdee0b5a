import type { Command } from 'commander';
import { migrate } from '../../db/migrate';
import { readConfig } from '../../worker/config';
import { explainDatabase } from '../connect';
import { say } from './output';

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
    });
}

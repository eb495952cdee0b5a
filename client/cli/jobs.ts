import type { Command } from 'commander';
import { bulkRows } from '../../db/queries/bulk';
import { formatTime } from '../format';
import { type BulkStanding, listBulk, readBulk, retryBulk } from '../use-cases/bulk-orders';
import { as, byOption, count, reasonOption, recordNumber } from './arguments';
import { print, say, table } from './output';
import { withDatabase, withServers } from './session';

interface Asked {
  readonly json?: true;
  readonly limit: number;
}

export function addJobs(program: Command): void {
  const jobs = program.command('jobs').description('what runs in the background for many orders');
  jobs
    .command('list', { isDefault: true })
    .description('the newest jobs and how far they are')
    .option('--limit <n>', 'at most so many', as(count), 20)
    .action((_, command: Command) => list(command.optsWithGlobals<Asked>()));
  jobs
    .command('show')
    .description('how far a job is, and what could not be done')
    .argument('<id>', 'job', as(recordNumber))
    .option('--limit <n>', 'at most so many orders', as(count), 200)
    .action((id: number, _, command: Command) => show(id, command.optsWithGlobals<Asked>()));
  jobs
    .command('retry')
    .description('try what failed again, and have the job go on where it stands still')
    .argument('<id>', 'job', as(recordNumber))
    .addOption(reasonOption().makeOptionMandatory())
    .addOption(byOption())
    .action(async (id: number, _, command: Command) => {
      const { json, by, reason } = command.optsWithGlobals<Asked & { by: string; reason: string }>();
      const orders = await withServers((context) => retryBulk(context, id, { by, reason }));
      print(json, { id, orders }, () => `${orders} orders of job ${id} are tried again.`);
    });
}

async function list({ json, limit }: Asked): Promise<void> {
  const jobs = await withDatabase(({ db }) => listBulk(db, limit));
  if (json !== true && jobs.length === 0) return say('There was no job.');
  print(json, jobs, () => tableOf(jobs));
}

async function show(id: number, { json, limit }: Asked): Promise<void> {
  const { job, failures } = await withDatabase(async ({ db }) => ({
    job: await readBulk(db, id),
    failures: await bulkRows(db, id, 'failed', '', limit),
  }));
  const failed = failures.map(({ orderKey, says }) => [orderKey, says]);
  print(json, { ...job, failures }, () =>
    [tableOf([job]), ...(failed.length === 0 ? [] : [table(['order', 'why not'], failed)])].join('\n'),
  );
}

function tableOf(jobs: readonly BulkStanding[]): string {
  return table(
    ['job', 'what', 'by', 'since', 'orders', 'done', 'failed', 'to do'],
    jobs.map((job) => [
      job.id,
      job.command,
      job.madeBy,
      formatTime(job.madeAt),
      job.total,
      job.done,
      job.failed,
      job.pending,
    ]),
  );
}

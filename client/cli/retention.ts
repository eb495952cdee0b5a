import type { Command } from 'commander';
import { z } from 'zod';
import { KEEP_DAYS_LEAST, KEEP_DAYS_MOST, LOOKED_AT_MOST } from '../../domain/retention';
import { formatTime } from '../format';
import { eraseNow, previewErasure, setRetention, showRetention } from '../use-cases/retention';
import { as, byOption, reasonOption } from './arguments';
import { print } from './output';
import { withDatabase, withServers } from './session';

interface Decision {
  readonly json?: true;
  readonly by: string;
  readonly reason: string;
}

const DAYS = `It must be a whole number from ${KEEP_DAYS_LEAST} to ${KEEP_DAYS_MOST}.`;
const days = z
  .string()
  .regex(/^\d{1,4}$/u, DAYS)
  .transform(Number)
  .refine((many) => many >= KEEP_DAYS_LEAST && many <= KEEP_DAYS_MOST, DAYS);

export function addRetention(program: Command): void {
  const retention = program
    .command('retention')
    .description('how long personal data is kept; erase what is older');
  retention
    .command('show', { isDefault: true })
    .description("for how many days after an order's end, and when all older was last erased")
    .action((_, command: Command) => show(command.optsWithGlobals<{ json?: true }>()));
  retention
    .command('preview')
    .description('how many orders would be erased, and older than when; erases nothing')
    .option('--days <n>', 'as if it were kept for so many days', as(days))
    .action((_, command: Command) => preview(command.optsWithGlobals<{ json?: true; days?: number }>()));
  retention
    .command('set')
    .description('keep personal data for so many days; a schedule erases what is older')
    .requiredOption('--days <n>', "days after an order's end", as(days))
    .addOption(reasonOption().makeOptionMandatory())
    .addOption(byOption())
    .action((_, command: Command) => set(command.optsWithGlobals<Decision & { days: number }>()));
  retention
    .command('run')
    .description('erase now what is older, for good')
    .addOption(reasonOption().makeOptionMandatory())
    .addOption(byOption())
    .action((_, command: Command) => run(command.optsWithGlobals<Decision>()));
}

async function show({ json }: { json?: true }): Promise<void> {
  const shown = await withDatabase(({ db }) => showRetention(db));
  const { keepDays, changedBy, changedAt, doneAt } = shown;
  const since =
    changedAt === null ? 'unless somebody decides otherwise' : `by ${changedBy}, ${formatTime(changedAt)}`;
  print(json, shown, () =>
    [
      `Kept for ${keepDays} days after an order's end (${since}).`,
      doneAt === null
        ? 'Nothing was erased yet.'
        : `All that was older had been erased by ${formatTime(doneAt)}.`,
    ].join('\n'),
  );
}

async function preview({ json, days: given }: { json?: true; days?: number }): Promise<void> {
  const shown = await withDatabase(({ db }) => previewErasure(db, given));
  const { orders, before, oldest, held, more } = shown;
  print(json, shown, () =>
    [
      `${more ? 'At least ' : ''}${orders} orders that ended before ${formatTime(before)} would be erased${oldest === null ? '' : `, the first of ${formatTime(oldest)}`}.`,
      `Kept, though as old: ${held.task} with an open task, ${held.claim} with a claim, ${held.return} with a return since, ${held.news} with news.`,
      ...(more ? [`Counted are the ${LOOKED_AT_MOST} that ended first; there are others.`] : []),
    ].join('\n'),
  );
}

async function set({ json, days: keepDays, by, reason }: Decision & { days: number }): Promise<void> {
  await withDatabase(async (database) => {
    const { version } = await showRetention(database.db);
    await setRetention(database, { keepDays, version }, { by, reason });
  });
  print(json, { keepDays }, () => `Personal data is kept for ${keepDays} days after an order's end.`);
}

async function run({ json, by, reason }: Decision): Promise<void> {
  const erased = await withServers((servers) => eraseNow(servers, { by, reason }));
  print(json, erased, () => `Personal data of ${erased.orders} orders is erased.`);
}

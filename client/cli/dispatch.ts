import { type Command, Option } from 'commander';
import type { Verdict } from '../../domain/verdict';
import { formatTime } from '../format';
import { type ShownDispatch, type ShownDispatches, showDispatches } from '../use-cases/show-dispatch';
import { as, byOption, code, orderKey, reasonOption } from './arguments';
import { answer } from './order-command';
import { forTerminal, print, say } from './output';
import { withDatabase, withServers } from './session';

interface ShowOptions {
  readonly json?: true;
  readonly reveal?: true;
  readonly by: string;
  readonly reason?: string;
}

interface ResolveOptions extends Readonly<Partial<Record<(typeof SAID)[number]['option'], true>>> {
  readonly json?: true;
  readonly wms?: string;
  readonly by: string;
  readonly reason: string;
}

/** What a person may say of a dispatch, one of them. */
const SAID = [
  {
    verdict: 'received',
    option: 'received',
    flag: '--received',
    means: 'the WMS has it: it is taken as accepted',
  },
  {
    verdict: 'not-received',
    option: 'notReceived',
    flag: '--not-received',
    means: 'the WMS does not have it: it is sent anew, under a new code',
  },
  {
    verdict: 'cancelled',
    option: 'cancelled',
    flag: '--cancelled',
    means: 'the WMS was asked to cancel it, and has: it is cancelled, or moves on',
  },
  {
    verdict: 'ships',
    option: 'ships',
    flag: '--ships',
    means: 'the WMS was asked to cancel it, and it has left or can be stopped no more',
  },
] as const satisfies readonly { verdict: Verdict; option: string; flag: string; means: string }[];

export function addDispatch(program: Command): void {
  const dispatch = program
    .command('dispatch')
    .description('what was said to a WMS; settle what nobody else can tell');
  dispatch
    .command('show')
    .description('every request to a WMS, its answer and every look-up, with personal data masked')
    .argument('<key>', 'order key', as(orderKey))
    .option('--reveal', 'show the personal data too; who did and why is kept')
    .addOption(reasonOption())
    .addOption(byOption())
    .action((key: string, _, command: Command) => show(key, command));
  const resolving = dispatch
    .command('resolve')
    .description('after a look into the WMS: say whether it has the order, or what came of its cancellation')
    .argument('<key>', 'order key', as(orderKey))
    .option('--wms <wms>', 'which WMS, where several are in doubt', as(code))
    .addOption(reasonOption().makeOptionMandatory())
    .addOption(byOption())
    .action((key: string, _, command: Command) => resolve(key, command));
  for (const { flag, option, means } of SAID) {
    const others = SAID.flatMap((other) => (other.option === option ? [] : [other.option]));
    resolving.addOption(new Option(flag, means).conflicts(others));
  }
}

async function show(key: string, command: Command): Promise<void> {
  const { json, reveal, by, reason } = command.optsWithGlobals<ShowOptions>();
  if (reveal === true && reason === undefined) command.error('error: --reveal needs a --reason');
  const revealed = reveal === true && reason !== undefined ? { by, reason } : undefined;
  const shown = await withDatabase((database) => showDispatches(database, key, revealed));
  print(json, shown, () => forTerminal(forPeople(shown)));
  if (json !== true && shown.masked) say('Personal data is masked: --reveal --reason … shows it.');
}

function forPeople({ orderKey: key, erasedAt, dispatches, next }: ShownDispatches): string {
  if (dispatches.length === 0) return `${key} has no dispatch yet.`;
  return [
    ...(erasedAt === null ? [] : [`What was sent and received was erased on ${formatTime(erasedAt)}.`]),
    ...next.map((task) => `→ ${task.kind}: ${task.reason}\n  next: ${task.nextAction}`),
    ...dispatches.map(dispatchForPeople),
  ].join('\n\n');
}

function dispatchForPeople(d: ShownDispatch): string {
  const to = d.wms ?? d.directedTo ?? 'no WMS chosen yet';
  const doubt = d.doubt === 'none' ? '' : `, doubt ${d.doubt}`;
  const known = d.reference === null ? '' : `, there ${d.reference}`;
  const lease = d.leaseExpiresAt === null ? '' : `; last lease until ${formatTime(d.leaseExpiresAt)}`;
  return [
    `${d.code}, generation ${d.generation}, to ${to}: ${d.state}${doubt}${known}`,
    ...(d.orders.length > 1 ? [`packed together: ${d.orders.join(', ')}`] : []),
    `made ${formatTime(d.createdAt)}${lease}${d.problem === null ? '' : `; ${d.problem}`}`,
    ...d.attempts.map(attemptForPeople),
  ].join('\n');
}

function attemptForPeople(a: ShownDispatch['attempts'][number]): string {
  const took = a.finishedAt === null ? '' : ` (${a.finishedAt.getTime() - a.startedAt.getTime()} ms)`;
  const status = a.status === null ? '' : `, HTTP ${a.status}`;
  const why = a.reason === null ? '' : `: ${a.reason}`;
  const block = (name: string, text: string | null) =>
    text === null || text === '' ? [] : [`    ${name}: ${text.replaceAll('\n', '\n      ')}`];
  return [
    `  ${formatTime(a.startedAt)} ${a.kind} → ${a.outcome ?? 'no answer recorded'}${status}${why}${took}`,
    ...block('request', a.request),
    ...block('response', a.response),
  ].join('\n');
}

async function resolve(key: string, command: Command): Promise<void> {
  const { json, wms, by, reason, ...options } = command.optsWithGlobals<ResolveOptions>();
  const said = SAID.find(({ option }) => options[option] === true);
  if (said === undefined)
    return command.error(`error: say what the WMS shows: ${SAID.map(({ flag }) => flag).join(', ')}`);
  const told = { by, reason, ...(wms === undefined ? {} : { wms }) };
  const { resolveDispatch } = await import('../use-cases/command-order.js');
  answer(json, key, await withServers((context) => resolveDispatch(context, key, said.verdict, told)));
}

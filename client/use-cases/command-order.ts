import type { Answer } from '../../activities/answer';
import type { CombineCommand } from '../../activities/combine-orders';
import type { DispatchMeant } from '../../activities/resolve-dispatch';
import type { SplitCommand } from '../../activities/split-order';
import { type Command, recordAudit } from '../../db/queries/audit';
import { isAtRest, type Standing } from '../../domain/stage';
import type { Verdict } from '../../domain/verdict';
import { type Commanded, commandJourney, PATIENCE_MS } from '../../worker/command-journey';
import type { Servers } from '../connect';
import { type OrderRow, requireOrder } from './find-order';
import { UseCaseError } from './use-case-error';

/** Keeps an order in the house, lets it go on, cancels it, takes over what came late, or takes it out of a group. @throws UseCaseError. */
export async function commandOrder(
  context: Servers,
  name: 'hold' | 'release' | 'cancel' | 'takeChange' | 'separate' | 'sendNow',
  orderKey: string,
  command: Command,
): Promise<Answer> {
  return update<Answer>(context, orderKey, name, command);
}

/** Sends a part of an order now and the rest later. @throws UseCaseError. */
export async function splitOrder(context: Servers, orderKey: string, command: SplitCommand): Promise<Answer> {
  return update<Answer>(context, orderKey, 'split', command);
}

/** Packs an order with others, whose receivers are the same or nearly so. @throws UseCaseError. */
export async function combineOrders(
  context: Servers,
  orderKey: string,
  command: CombineCommand,
): Promise<Answer> {
  return update<Answer>(context, orderKey, 'combine', command);
}

/** Has an order sent by another WMS, once the one that has it has confirmed to have cancelled it. @throws UseCaseError. */
export async function moveOrder(
  context: Servers,
  orderKey: string,
  to: string,
  command: Command,
): Promise<Answer> {
  return update<Answer>(context, orderKey, 'move', { ...command, to });
}

/**
 * Lets an order look again now, and answers where it stands then.
 *
 * @param command who asks and why, where that is to be kept.
 * @throws UseCaseError.
 */
export async function rematchOrder(context: Servers, orderKey: string, command?: Command): Promise<Standing> {
  if (command !== undefined) {
    await requireOrder(context.database.db, orderKey);
    await recordAudit(context.database.db, { ...command, action: 'order.rematch', subject: orderKey });
  }
  return update<Standing>(context, orderKey, 'rematchNow');
}

/** Says of an order what nobody else can tell: whether the WMS has it, or has cancelled it. @throws UseCaseError. */
export async function resolveDispatch(
  context: Servers,
  orderKey: string,
  verdict: Verdict,
  command: Command & DispatchMeant,
): Promise<Answer> {
  return update<Answer>(context, orderKey, 'resolveDispatch', { ...command, verdict });
}

async function update<T>(
  { temporal, database }: Servers,
  orderKey: string,
  name: string,
  argument?: object,
): Promise<T> {
  const order = await requireOrder(database.db, orderKey);
  const commanded = await commandJourney<T>(temporal, orderKey, name, { argument });
  if (commanded.kind === 'answered') return commanded.answer;
  throw new UseCaseError(whyNot(commanded, order));
}

function whyNot(commanded: Exclude<Commanded<unknown>, { kind: 'answered' }>, order: OrderRow): string {
  const { key } = order;
  const seconds = PATIENCE_MS / 1000;
  switch (commanded.kind) {
    case 'no-journey':
      return noJourney(order);
    case 'refused':
      return commanded.says;
    case 'not-through':
      return `${key} has heard it, but is not through after ${seconds} s: boosta orders show ${key} tells what it comes to.`;
    case 'not-heard':
      return `No worker has taken it up within ${seconds} s, and one that comes soon still may: boosta doctor tells whether one runs, boosta orders show ${key} what became of it.`;
  }
}

function noJourney({ key, stage }: OrderRow): string {
  if (isAtRest({ stage })) return `${key} is ${stage}: its journey is over and takes no more commands.`;
  return `${key} has no open journey: the sweep starts one within two minutes, try again then (boosta doctor tells whether it runs).`;
}

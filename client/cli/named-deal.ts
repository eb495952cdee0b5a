import type { Command } from 'commander';
import type { Db } from '../../db/database';
import type { Deal } from '../../domain/deal';
import { dealOfOrder } from '../use-cases/match-deals';
import { UseCaseError } from '../use-cases/use-case-error';
import { as, code, orderKey, wording } from './arguments';

/** By its wording, or by an order that has it. */
export interface NamedDeal {
  readonly channel?: string;
  readonly deal?: string;
  readonly option: string;
  readonly order?: string;
  readonly line?: string;
}

/** Gives a command the options by which a deal is named. */
export function namingDeal(command: Command): Command {
  return command
    .option('--channel <channel>', 'where it is sold', as(code))
    .option('--deal <text>', 'the product wording, as match list shows it', as(wording))
    .option('--option <text>', 'the option wording', '')
    .option('--order <key>', 'or: take the wording from this order', as(orderKey))
    .option('--line <number>', 'its line, where it has several');
}

/** @throws UseCaseError. */
export async function dealOf(db: Db, { channel, deal, option, order, line }: NamedDeal): Promise<Deal> {
  if (order !== undefined) return dealOfOrder(db, order, line);
  if (channel !== undefined && deal !== undefined) return { channel, deal, option };
  throw new UseCaseError('Name the deal by --channel, --deal and --option, or by --order and --line.');
}

export function nameOf({ channel, deal, option }: Deal): string {
  return option === '' ? `${channel}: ${deal}` : `${channel}: ${deal} / ${option}`;
}

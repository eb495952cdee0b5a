import type { Command } from '../db/queries/audit';
import type { Answer } from './answer';

/** A person's commands, as activities give them to the orders' workflows for many orders at once. */
export interface Commands {
  /** @param id given again, the same command is not carried out twice. */
  give(
    orderKey: string,
    name: 'hold' | 'release' | 'cancel' | 'rematchNow',
    command: Command,
    id: string,
  ): Promise<Answer>;
}

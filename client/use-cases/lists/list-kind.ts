import type { Db } from '../../../db/database';
import type { Command } from '../../../db/queries/audit';
import type { ListColumn, ListRow } from '../../import/list-file';
import type { TableCell } from '../../import/workbook';
import { UseCaseError } from '../use-case-error';

/** @throws UseCaseError where a file changes more than one transaction should, in which each is written and audited. */
export function requireFewChanges({ length }: readonly ListChange[], { mostChanges }: ListKind): void {
  if (length >= mostChanges)
    throw new UseCaseError(
      `The file changes more than ${mostChanges.toLocaleString('en-US')} things: split it into several.`,
    );
}

/** A problem of a cell or of its row; the message goes on from the column's name, where there is one. */
export interface Flaw {
  readonly row: number;
  readonly field: string | null;
  readonly message: string;
}

/** What a row of a file does to what there is. */
export interface ListChange {
  readonly row: number;
  readonly name: string;
  /** Null: there was none. */
  readonly before: string | null;
  readonly after: string;
}

export interface Applied {
  readonly changes: ListChange[];
  /** Things of the file that are so already. */
  readonly unchanged: number;
  /** Background jobs that carry it to orders. */
  readonly jobs: number[];
}

export interface ListKind {
  /** The sheet's, and the file's. */
  readonly title: string;
  readonly columns: readonly ListColumn[];
  /** So many as are written within a minute: what they lock, others wait for so long. */
  readonly mostChanges: number;
  /** All there is, a row for each of the file's. */
  rows(db: Db): Promise<TableCell[][]>;
  /**
   * Does what the rows say, in a transaction that is taken back where anything is wrong.
   *
   * @param flaws are added to, so that all of them are told at once.
   */
  apply(tx: Db, rows: readonly ListRow[], command: Command, flaws: Flaw[]): Promise<Applied>;
}

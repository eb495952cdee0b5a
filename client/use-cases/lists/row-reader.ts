import {
  CellMisfit,
  isBlank,
  krwOf,
  momentOf,
  piecesOf,
  textOf,
} from '../../../activities/sources/upload/read-cell';
import type { Cell } from '../../../activities/sources/upload/record';
import type { ListRow } from '../../import/list-file';
import { UseCaseError } from '../use-case-error';
import type { Flaw } from './list-kind';

const CODE = /^[A-Za-z0-9._-]{1,60}$/u;

/** Reads the cells of a row as what they mean, and keeps what is wrong with each. */
export class RowReader {
  readonly row: number;
  private isSound = true;

  constructor(
    private readonly given: ListRow,
    private readonly flaws: Flaw[],
  ) {
    this.row = given.row;
  }

  code(field: string): string {
    return this.read(field, '', (cell) => {
      const code = this.required(cell);
      if (!CODE.test(code)) throw new CellMisfit('must be letters, digits, . _ - only, 60 at most');
      return code;
    });
  }

  text(field: string, most: number, isRequired = true): string {
    return this.read(field, '', (cell) => {
      const text = isRequired ? this.required(cell) : textOf(cell);
      if (text.length > most) throw new CellMisfit(`has more than ${most} characters`);
      return text;
    });
  }

  count(field: string, most: number): number {
    return this.read(field, 0, (cell) => {
      const count = piecesOf(cell);
      if (count < 1) throw new CellMisfit('must be at least 1');
      if (count > most) throw new CellMisfit(`must be at most ${most}`);
      return count;
    });
  }

  won(field: string): bigint {
    return this.read(field, 0n, (cell) => {
      const amount = krwOf(cell);
      if (amount < 0n) throw new CellMisfit('must not be negative');
      return amount;
    });
  }

  /** One of these words. */
  word<Word extends string>(field: string, words: Readonly<Record<string, Word>>, otherwise: Word): Word {
    return this.read(field, otherwise, (cell) => {
      const word = words[this.required(cell)];
      if (word === undefined) throw new CellMisfit(`must be ${Object.keys(words).join(' or ')}`);
      return word;
    });
  }

  /** Null where the cell is empty. */
  moment(field: string): Date | null {
    return this.read(field, null, (cell) => (isBlank(cell) ? null : momentOf(cell, false)));
  }

  /** That the row was written for the version there is now (0: there is none), where it says for which. */
  requireVersion(now: number): void {
    this.read('version', undefined, (cell) => {
      if (isBlank(cell) || piecesOf(cell) === now) return;
      throw new CellMisfit(`is ${now} now: it was changed since the file went out`);
    });
  }

  /** Whether all that was read of the row so far could be. */
  get isWhole(): boolean {
    return this.isSound;
  }

  /** Something is wrong with the row that no cell alone shows. */
  refuse(message: string, field: string | null = null): void {
    this.isSound = false;
    this.flaws.push({ row: this.row, field, message });
  }

  /** What a use case says against the row is one of its flaws. */
  async attempt(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      if (!(error instanceof UseCaseError)) throw error;
      this.refuse(error.message);
    }
  }

  private required(cell: Cell | undefined): string {
    if (isBlank(cell)) throw new CellMisfit('is missing');
    return textOf(cell);
  }

  private read<Value>(field: string, otherwise: Value, convert: (cell: Cell | undefined) => Value): Value {
    try {
      return convert(this.given.cells[field]);
    } catch (error) {
      if (!(error instanceof CellMisfit)) throw error;
      this.refuse(error.message, field);
      return otherwise;
    }
  }
}

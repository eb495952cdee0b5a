import { DrizzleQueryError } from 'drizzle-orm';
import { explain } from '../../client/explain';
import { errorWithoutParameters } from '../../worker/log';

describe('an error of the database', () => {
  const refused = Object.assign(new Error("Duplicate entry '김하늘'"), {
    code: 'ER_DUP_ENTRY',
    sql: "'김하늘'",
  });
  const failed = new DrizzleQueryError('insert into `recipient` values (?)', ['김하늘'], refused);

  it.each([failed, refused])('goes to the log without what the statement was given', (error) => {
    expect(errorWithoutParameters(error)).toMatchObject({
      message: 'a database error',
      code: 'ER_DUP_ENTRY',
    });
    expect(JSON.stringify(errorWithoutParameters(error))).not.toContain('김하늘');
  });

  it.each([failed, refused])('is told to a person without it, too', (error) => {
    expect(explain(error)).toContain('ER_DUP_ENTRY');
    expect(explain(error)).not.toContain('김하늘');
  });
});

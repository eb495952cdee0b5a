import { ApplicationFailure } from '@temporalio/common';
import { asFailure } from '../../activities/failures';
import { type FreshDatabase, freshDatabase } from '../support/database';

describe('what Temporal is told of a failure', () => {
  let database: FreshDatabase;
  beforeAll(async () => {
    database = await freshDatabase();
  });
  afterAll(() => database.close());

  const told = (error: unknown, attempt = 1) => {
    const failure = asFailure(error, 'normalizeOrder', attempt);
    if (!(failure instanceof ApplicationFailure)) throw new Error('not a failure of Temporal’s');
    return failure;
  };
  const failureOf = (statement: string) =>
    database.pool.query(statement).then(
      () => new Error('it did not fail'),
      (error: unknown) => error,
    );

  it('ends the trying where the data do not fit their columns, and does not quote them', async () => {
    const tooLong = 'x'.repeat(100);
    const error = await failureOf(
      `insert into permit (connection_id, tokens, refilled_at) values ('${tooLong}', 1, now(6))`,
    );
    expect(told(error)).toMatchObject({ type: 'DatabaseError', nonRetryable: true });
    expect(told(error).message).not.toContain('xxx');
  });

  it('goes on trying while the database has trouble of its own', async () => {
    const error = await failureOf('select * from not_there_yet');
    expect(told(error, 100)).toMatchObject({ type: 'DatabaseError', nonRetryable: false });
  });

  it('ends the trying of what nobody has foreseen after ten attempts, so that it becomes a task', () => {
    const bug = new TypeError('홍길동 is not iterable');
    expect(told(bug, 9)).toMatchObject({ type: 'TypeError', nonRetryable: false });
    expect(told(bug, 10)).toMatchObject({ type: 'TypeError', nonRetryable: true });
    expect(told(bug).message).not.toContain('홍길동');
  });
});

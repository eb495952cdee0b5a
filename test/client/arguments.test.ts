import { InvalidArgumentError } from 'commander';
import { as, count, day, endMoment, moment, orderKey, reason } from '../../client/cli/arguments';
import { forTerminal, table, toJson } from '../../client/cli/output';
import { isOlder } from '../../client/doctor/check-database';
import { formatTime, formatWon } from '../../client/format';
import { withoutGap } from '../../client/use-cases/backfills';
import { editDistance } from '../../client/use-cases/find-order';
import { cutWindow } from '../../domain/window';

describe('what people type', () => {
  it('takes a day as one in Seoul, up to its end', () => {
    expect(as(moment)('2026-11-22')).toEqual(new Date('2026-11-21T15:00:00Z'));
    expect(as(endMoment)('2026-11-22')).toEqual(new Date('2026-11-22T15:00:00Z'));
  });

  it('takes a time as one in Seoul, or with its own offset', () => {
    expect(as(moment)('2026-11-22T10:30')).toEqual(new Date('2026-11-22T01:30:00Z'));
    expect(as(endMoment)('2026-11-22T10:30:00Z')).toEqual(new Date('2026-11-22T10:30:00Z'));
  });

  it('takes the workflow ID of a journey for its order key', () => {
    expect(as(orderKey)('order/coupang/1')).toBe('coupang/1');
  });

  it.each([
    [moment, 'yesterday'],
    [moment, '10:30'],
    [moment, '2026-02-30'],
    [day, '2026-02-30'],
    [day, '2026-11-22T10:00'],
    [count, '0'],
    [count, '1e3'],
    [reason, '  '],
    [reason, 'x'.repeat(301)],
    [orderKey, ''],
  ])('says what would fit instead of %#: %s', (schema, text) => {
    expect(() => as<unknown>(schema)(text)).toThrow(InvalidArgumentError);
  });
});

describe('what is printed', () => {
  it('keeps every won in JSON', () => {
    expect(JSON.parse(toJson({ total: 9_007_199_254_740_993n }))).toEqual({ total: '9007199254740993' });
  });

  it('tells times in Seoul with their offset, and amounts in won', () => {
    expect(formatTime(new Date('2026-11-22T15:30:05Z'))).toBe('2026-11-23 00:30:05 +09:00');
    expect(formatWon(-1_234_567n)).toBe('-1,234,567원');
  });

  it('lets nobody steer the terminal by an order', () => {
    expect(forTerminal('김\u001b[2J\u0007\u202e김\n')).toBe('김·[2J··김\n');
    expect(table(['deal'], [['\u001b]0;x\u0007']], false)).not.toContain('\u001b');
  });
});

describe('a window to read again', () => {
  const at = (hour: number) => new Date(Date.UTC(2026, 10, 22, hour));

  it('is cut without a gap', () => {
    const parts = cutWindow({ from: at(0), to: at(5) }, 2);
    expect(parts.map(({ from, to }) => [from, to])).toEqual([
      [at(0), at(2)],
      [at(2), at(4)],
      [at(4), at(5)],
    ]);
  });

  it('begins where the source was read up to, when it would leave a gap behind it', () => {
    expect(withoutGap({ from: at(8), to: at(9) }, at(3), at(10))).toEqual({ from: at(3), to: at(9) });
    expect(withoutGap({ from: at(1), to: at(2) }, at(3), at(10))).toEqual({ from: at(1), to: at(2) });
  });

  it('ends now at the latest', () => {
    expect(withoutGap({ from: at(1), to: at(24) }, at(3), at(10))).toEqual({ from: at(1), to: at(10) });
  });
});

it('knows which MySQL is too old', () => {
  expect(['8.0.19', '5.7.44-log', '8.0.20-debian', '8.0.36', '8.4.0', '9.7.4-2'].map(isOlder)).toEqual([
    true,
    true,
    false,
    false,
    false,
    false,
  ]);
});

it('counts what has to be changed in a key', () => {
  expect(editDistance('coupang/123', 'coupang/1243')).toBe(1);
  expect(editDistance('', 'abc')).toBe(3);
});

import { seoulDay } from '../../domain/seoul';
import { isAtRest, STAGES, WAITING_REASONS } from '../../domain/stage';
import { NEXT_ACTION, TASK_KINDS } from '../../domain/task';
import { describe as describeStanding } from '../../workflows/describe';

describe('an order that waits', () => {
  it.each(WAITING_REASONS)('for %s is a task with a next action', (reason) => {
    expect(TASK_KINDS).toContain(reason);
    expect(NEXT_ACTION[reason].length).toBeGreaterThan(10);
  });

  it.each(WAITING_REASONS)('for %s says so in the Temporal UI, with what to do and its own key', (reason) => {
    const text = describeStanding('coupang/1', { stage: 'matched', waiting: reason });
    expect(text).toContain(reason);
    expect(text).toContain('coupang/1');
    expect(text).not.toContain('KEY');
    expect(text).toContain(NEXT_ACTION[reason].replaceAll('KEY', 'coupang/1'));
  });

  it('says that the warehouse is at work while it waits for its parcel', () => {
    expect(describeStanding('coupang/1', { stage: 'dispatched', waiting: 'shipment' })).toContain(
      'warehouse',
    );
  });
});

describe('every task', () => {
  it.each(TASK_KINDS)('%s names its next action, short enough for its column', (kind) => {
    expect(NEXT_ACTION[kind].length).toBeGreaterThan(10);
    expect(NEXT_ACTION[kind].length).toBeLessThanOrEqual(300);
  });
});

describe('an order', () => {
  it('is at rest only when it is done or cancelled', () => {
    expect(STAGES.filter((stage) => isAtRest({ stage }))).toEqual(['done', 'cancelled']);
  });
});

describe('the day in Seoul', () => {
  it.each([
    ['2026-11-20T14:59:59.999Z', '2026-11-20'],
    ['2026-11-20T15:00:00.000Z', '2026-11-21'],
    ['2026-12-31T15:00:00.000Z', '2027-01-01'],
    ['2028-02-28T15:00:00.000Z', '2028-02-29'],
    ['2026-03-01T00:00:00.000Z', '2026-03-01'],
  ])('of %s is %s', (at, day) => {
    expect(seoulDay(new Date(at))).toBe(day);
  });
});

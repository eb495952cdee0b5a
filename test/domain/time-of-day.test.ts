import { minutesOf, timeOfDay } from '../../domain/time-of-day';

describe('a time of day', () => {
  it('is read as it is written, the end of the day included', () => {
    for (const minutes of [0, 1, 599, 840, 1_439, 1_440]) expect(minutesOf(timeOfDay(minutes))).toBe(minutes);
    expect([timeOfDay(840), minutesOf(' 9:05 ')]).toEqual(['14:00', 545]);
  });

  it.each(['24:01', '25:00', '12:60', '12', 'noon', ''])('is not %s', (text) => {
    expect(minutesOf(text)).toBeUndefined();
  });
});

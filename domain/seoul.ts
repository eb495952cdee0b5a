const DAY = new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Seoul', dateStyle: 'short' });

/** The day in Seoul, as YYYY-MM-DD. Times are UTC everywhere else. */
export function seoulDay(at: Date): string {
  return DAY.format(at);
}

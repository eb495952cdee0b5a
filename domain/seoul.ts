const DAY = new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Seoul', dateStyle: 'short' });

/** The day in Seoul, as YYYY-MM-DD. Times are UTC everywhere else. */
export function seoulDay(at: Date): string {
  return DAY.format(at);
}

/** @returns an invalid Date unless the text is `yyyymmdd[hhmm[ss]]`, with or without separators, in Seoul; a fraction is cut off. */
export function seoulTime(text: string): Date {
  const matched = /^(\d{4})[-./]?(\d\d)[-./]?(\d\d)(?:[ T]?(\d\d):?(\d\d)(?::?(\d\d)(?:\.\d{1,6})?)?)?$/.exec(
    text,
  );
  if (!matched) return new Date(Number.NaN);
  const [, year, month, day, hour = '00', minute = '00', second = '00'] = matched;
  // Date rolls 30 February over to March.
  const isADay = new Date(`${year}-${month}-${day}T00:00:00Z`).getUTCDate() === Number(day);
  return new Date(isADay ? `${year}-${month}-${day}T${hour}:${minute}:${second}+09:00` : Number.NaN);
}

const SEOUL_AHEAD_MS = 9 * 3_600_000;

/** `yyyy-mm-ddThh:mm:ss` in Seoul, what is left of the second cut off. */
export function seoulStamp(at: Date): string {
  return new Date(at.getTime() + SEOUL_AHEAD_MS).toISOString().slice(0, 19);
}

/** `yyyymmddhhmmss` in Seoul, as above. */
export function seoulSecond(at: Date): string {
  return seoulStamp(at).replaceAll(/\D/g, '');
}

/** `yyyymmddhhmm` in Seoul, the seconds cut off. */
export function seoulMinute(at: Date): string {
  return seoulSecond(at).slice(0, 12);
}

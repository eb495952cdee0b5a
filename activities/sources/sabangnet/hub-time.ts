const SEOUL_MS = 9 * 3_600_000;

/** `yyyymmddhhmmss` in Korea, which both of Sabangnet's APIs take; what is left of the second is cut off. */
export function hubSecond(at: Date): string {
  return new Date(at.getTime() + SEOUL_MS).toISOString().slice(0, 19).replace(/\D/g, '');
}

/** `yyyymmdd` in Korea. */
export function hubDay(at: Date): string {
  return hubSecond(at).slice(0, 8);
}

/** @returns an invalid Date unless the text is `yyyymmdd[hhmm[ss]]`, with or without separators, in Korea. */
export function hubTime(text: string): Date {
  const matched = /^(\d{4})[-./]?(\d\d)[-./]?(\d\d)(?:[ T]?(\d\d):?(\d\d)(?::?(\d\d))?)?$/.exec(text);
  if (!matched) return new Date(Number.NaN);
  const [, year, month, day, hour = '00', minute = '00', second = '00'] = matched;
  // Date rolls 30 February over to March.
  const isADay = new Date(`${year}-${month}-${day}T00:00:00Z`).getUTCDate() === Number(day);
  return new Date(isADay ? `${year}-${month}-${day}T${hour}:${minute}:${second}+09:00` : Number.NaN);
}

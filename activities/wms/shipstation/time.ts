import { DateTime } from 'luxon';

/** ShipStation gives and takes the times of Los Angeles, without an offset. */
const ZONE = 'America/Los_Angeles';
const SECONDS = "yyyy-MM-dd'T'HH:mm:ss";
const HOUR_MS = 3_600_000;
const LOCAL = /^(\d{4}-\d\d-\d\dT\d\d):(\d\d:\d\d(?:\.\d{1,3})?)/;

export function toLocal(at: Date): string {
  return DateTime.fromJSDate(at, { zone: ZONE }).toFormat(SECONDS);
}

/**
 * Reads many times of a few hours cheaply: the offset is worked out once an hour. Of the hour that the
 * clock shows twice in autumn, the earlier is meant, so that a window beginning there leaves nothing out.
 */
export function localReader(): (text: string) => Date {
  const hours = new Map<string, number>();
  return (text) => {
    const [, hour = '', rest = ''] = LOCAL.exec(text) ?? [];
    let start = hours.get(hour);
    if (start === undefined) {
      start = startOfHour(hour);
      hours.set(hour, start);
    }
    const [minutes = Number.NaN, seconds = Number.NaN] = rest.split(':').map(Number);
    return new Date(start + minutes * 60_000 + Math.floor(seconds * 1_000));
  };
}

function startOfHour(hour: string): number {
  const read = DateTime.fromISO(`${hour}:00:00`, { zone: ZONE });
  const before = read.minus({ hours: 1 });
  return before.toFormat(SECONDS) === read.toFormat(SECONDS) ? before.toMillis() : read.toMillis();
}

/** The clock's reading for the beginning of a window, an hour early where the reading is ambiguous. */
export function windowStart(from: Date): string {
  const read = toLocal(from);
  const hourLater = toLocal(new Date(from.getTime() + HOUR_MS));
  return read === hourLater ? toLocal(new Date(from.getTime() - HOUR_MS)) : read;
}

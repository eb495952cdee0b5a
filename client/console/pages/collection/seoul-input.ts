const OFFSET_MS = 9 * 3_600_000;

/** What an input of a date and time shows: the wall clock's time in Seoul, to the minute. */
export function toSeoulInput(iso: string): string {
  return new Date(Date.parse(iso) + OFFSET_MS).toISOString().slice(0, 16);
}

/** ISO 8601 of what stands in such an input; Korea has had no summer time since 1988. */
export function fromSeoulInput(wall: string): string {
  return `${wall}:00+09:00`;
}

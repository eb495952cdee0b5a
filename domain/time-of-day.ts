const MINUTES = 60;

/** Minutes after midnight as people write them: 14:00. */
export function timeOfDay(minutes: number): string {
  const pad = (n: number) => String(n).padStart(2, '0');
  return `${pad(Math.floor(minutes / MINUTES))}:${pad(minutes % MINUTES)}`;
}

/** The minutes after midnight that such a text says, up to 24:00; undefined: it is no time of day. */
export function minutesOf(text: string): number | undefined {
  const [, hours, minutes] = /^(\d{1,2}):([0-5]\d)$/u.exec(text.trim()) ?? [];
  if (hours === undefined) return undefined;
  const all = Number(hours) * MINUTES + Number(minutes);
  return all <= 24 * MINUTES ? all : undefined;
}

import Table from 'cli-table3';

/** Data goes to stdout, whatever else is said to stderr. */

export function say(line: string): void {
  process.stderr.write(`${forTerminal(line)}\n`);
}

/** Prints data: as JSON for programs, as the text for people. */
export function print(json: boolean | undefined, data: unknown, forPeople: () => string): void {
  const text = json === true ? toJson(data) : forPeople();
  if (text !== '') process.stdout.write(`${text}\n`);
}

/** Amounts become strings: a number loses won above 2^53. */
export function toJson(data: unknown): string {
  return JSON.stringify(data, (_, value: unknown) => (typeof value === 'bigint' ? String(value) : value), 2);
}

type Cell = string | number | null;

const PLAIN = { head: [], border: [] };

/** A table for people; without colours where it is not read on a terminal, or NO_COLOR asks for it. */
export function table(
  head: readonly string[],
  rows: readonly (readonly Cell[])[],
  inColor = hasColor(),
): string {
  const view = new Table({
    head: [...head],
    ...(inColor ? { style: { head: ['cyan'] } } : { style: PLAIN }),
  });
  for (const row of rows) view.push(row.map((cell) => forTerminal(cell === null ? '' : String(cell))));
  return view.toString();
}

function hasColor(): boolean {
  return process.stdout.isTTY && process.stdout.hasColors();
}

/** What customers and channels write must not steer the terminal: control characters become a dot. */
export function forTerminal(text: string): string {
  return text.replace(/(?![\n\t])[\p{Cc}\p{Bidi_Control}]/gu, '·');
}

import { VERDICTS } from '../domain/verdict';

/** As wide as the columns they are kept in. */
const LONGEST = { by: 100, reason: 300 } as const;

/**
 * Refuses a command that does not say who asks and why. Commands come from any terminal, and one that
 * is taken in must be able to succeed: its journey would try for ever.
 *
 * @throws Error with what is wrong, for the person who asked.
 */
export function checkCommand(command: unknown): void {
  for (const [field, longest] of Object.entries(LONGEST)) {
    const value = fieldOf(command, field);
    if (typeof value !== 'string' || value.trim() === '' || value.length > longest)
      throw new Error(`It needs {"by": "name", "reason": "…"}: ${field} has 1 to ${longest} characters`);
  }
}

/** Where it is to go must be a code; that there is such a WMS is known to the activity only. */
export function checkMove(command: unknown): void {
  checkCommand(command);
  const to = fieldOf(command, 'to');
  if (typeof to !== 'string' || !/^[\x21-\x7e]{1,60}$/.test(to))
    throw new Error('It needs "to": the WMS, as boosta wms names it');
}

/** That there are such orders is known to the activity only. */
export function checkCombine(command: unknown): void {
  checkCommand(command);
  const others = fieldOf(command, 'with');
  const isKey = (key: unknown) => typeof key === 'string' && /^[\x21-\x7e]{1,160}$/.test(key);
  if (!Array.isArray(others) || others.length === 0 || !others.every(isKey))
    throw new Error('It needs "with": ["channel/number", …], the orders that it is to go with');
}

/** Anything but a clear word is refused: taken for "not-received", it would send the order again. */
export function checkVerdict(command: unknown): void {
  checkCommand(command);
  const known: readonly unknown[] = VERDICTS;
  if (!known.includes(fieldOf(command, 'verdict')))
    throw new Error(`It needs "verdict": ${VERDICTS.map((verdict) => `"${verdict}"`).join(' or ')}`);
}

/** Without lines it is what is in stock; a misspelt field must not mean that. */
export function checkSplit(command: unknown): void {
  checkCommand(command);
  const lines = fieldOf(command, 'lines');
  const known = Object.keys(command as object).every((field) => ['by', 'reason', 'lines'].includes(field));
  const fits = (line: unknown) => {
    const quantity = fieldOf(line, 'quantity');
    return typeof fieldOf(line, 'line') === 'string' && Number.isInteger(quantity) && Number(quantity) > 0;
  };
  if (!known || (lines !== undefined && !(Array.isArray(lines) && lines.length > 0 && lines.every(fits))))
    throw new Error('It needs "lines": [{"line": "number", "quantity": 1}, …], or none for what is in stock');
}

function fieldOf(command: unknown, field: string): unknown {
  return typeof command === 'object' && command !== null ? Reflect.get(command, field) : undefined;
}

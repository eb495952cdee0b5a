import { userInfo } from 'node:os';
import { InvalidArgumentError, Option } from 'commander';
import { DateTime } from 'luxon';
import { z } from 'zod';
import { seoulDay } from '../../domain/seoul';

/** What people type, parsed at the edge: whatever does not fit is a usage error that says what would. */

/** An argument's parser for commander. @throws InvalidArgumentError with the schema's own message. */
export function as<T>(schema: z.ZodType<T>): (text: string) => T {
  return (text) => {
    const parsed = schema.safeParse(text);
    if (parsed.success) return parsed.data;
    throw new InvalidArgumentError(parsed.error.issues[0]?.message ?? 'It does not fit.');
  };
}

/** An order key; the workflow ID of its journey is taken for it. */
export const orderKey = z
  .string()
  .transform((text) => text.trim().replace(/^order\//u, ''))
  .refine((text) => text !== '' && text.length <= 160, 'An order key looks like coupang/29000012345678.');

export const count = z
  .string()
  .regex(/^[1-9]\d{0,5}$/u, 'It must be a whole number from 1 to 999999.')
  .transform(Number);

/** Pieces, none included. */
export const level = z
  .string()
  .regex(/^\d{1,6}$/u, 'It must be a whole number from 0 to 999999.')
  .transform(Number);

/** Of what something was; more than so many times as much is no likeness any more. */
export const percent = z
  .string()
  .regex(/^\d{1,3}$/u, 'It must be a whole percentage from 0 to 999.')
  .transform(Number);

/** Commander takes no null for an answer. */
export const levelOrNone = z.union([z.literal('none'), level], {
  error: 'It must be a whole number from 0 to 999999, or none.',
});

/** A line of an order and how many units of it. */
export const lineUnits = z
  .string()
  .regex(
    /^.{1,60}=[1-9]\d{0,5}$/u,
    'It must be a line and its units, as 1=2 (boosta orders show names the lines).',
  )
  .transform((text) => {
    const at = text.lastIndexOf('=');
    return { line: text.slice(0, at), quantity: Number(text.slice(at + 1)) };
  });

/** An item and how many pieces of it. */
export const itemPieces = z
  .string()
  .regex(/^[\x21-\x7e]{1,60}=[1-9]\d{0,3}$/u, 'It must be an item and its pieces, as TEA-01=2.')
  .transform((text) => {
    const at = text.lastIndexOf('=');
    return { itemCode: text.slice(0, at), quantity: Number(text.slice(at + 1)) };
  });

/** Whole won. */
export const itemPrice = z
  .string()
  .regex(/^\d{1,9}$/u, 'It must be whole won, as 12900.')
  .transform(BigInt);

export const recordNumber = z
  .string()
  .regex(/^[1-9]\d{0,14}$/u, 'It must be a number, as boosta tasks and boosta orders show name it.')
  .transform(Number);

const DAY = /^\d{4}-\d{2}-\d{2}$/u;

/** A day in Seoul. */
export const day = z
  .string()
  .regex(DAY, 'It must be a day in Seoul, as 2026-11-22.')
  .refine((text) => DateTime.fromISO(text).isValid, 'There is no such day.');

const TIME = 'It must be a day or a time, as 2026-11-22 or 2026-11-22T10:30 (in Seoul), or with an offset.';

/** A moment: of a day its beginning in Seoul. */
export const moment = z.string().transform((text, context) => momentOf(text, context, 0));

/** A moment at which something ends: of a day its end in Seoul. */
export const endMoment = z.string().transform((text, context) => momentOf(text, context, 1));

function momentOf(text: string, context: z.core.$RefinementCtx<string>, daysLater: number): Date {
  const at = DateTime.fromISO(text, { zone: 'Asia/Seoul' });
  if (!at.isValid || !/^\d{4}-\d{2}-\d{2}/u.test(text)) {
    context.addIssue({ code: 'custom', message: TIME });
    return z.NEVER;
  }
  return at.plus({ days: DAY.test(text) ? daysLater : 0 }).toJSDate();
}

/** As the database keeps it; a longer one is refused here, not there. */
const text = (what: string, most: number) =>
  z.string().trim().min(1, `${what} must not be empty.`).max(most, `${what} has at most ${most} characters.`);

export const person = text('A name', 100);
export const reason = text('A reason', 300);
export const wording = text('A wording', 500);
export const viewName = text('The name of a view', 60);
export const code = z
  .string()
  .regex(
    /^[\x21-\x7e]{1,60}$/u,
    'It must be a code of at most 60 letters, digits and signs, without blanks.',
  );

/** Who decides: the user of this computer, unless said otherwise. */
export const byOption = (what = 'who decides') =>
  new Option('--by <name>', what).argParser(as(person)).default(osUser(), osUser());

/** Why: kept with the order, and in Temporal, so it must not name a customer. */
export const reasonOption = () =>
  new Option('--reason <text>', 'why; kept for good, so no personal data').argParser(as(reason));

function osUser(): string {
  try {
    return userInfo().username;
  } catch {
    // A container may run under a number that has no name.
    return 'unknown';
  }
}

export function today(): string {
  return seoulDay(new Date());
}

import { oneLine } from '../order-part';
import type { Cell } from './record';

/** What cells mean. Spreadsheets turn numbers into text, text into numbers and dates, and drop leading zeros. */

/** A cell that cannot be taken as what its column means; the message goes on from the column's name. */
export class CellMisfit extends Error {
  override readonly name = 'CellMisfit';
}

/** Excel keeps so many digits of a number; later ones become zeros. */
const DIGITS_KEPT = 15;
const LOST_DIGITS =
  'has lost digits, since Excel keeps 15 of a number: format the column as text and enter it again';
const SCIENTIFIC = /^[+-]?\d+(?:[.,]\d+)?e[+-]?\d+$/iu;
const ERROR = /^#(?:N\/A|REF!|VALUE!|DIV\/0!|NAME\?|NULL!|NUM!|SPILL!|CALC!|BUSY!)$/u;
/** How some systems keep a CSV's leading zeros from Excel: `="0101234"`. */
const PROTECTED = /^="([^"]*)"$/u;
const FORMULA = /^=[\p{L}\d(+"'-]/u;

export function isBlank(cell: Cell | undefined): boolean {
  return cell === undefined || (typeof cell === 'string' && cell.trim() === '');
}

/** One line of text; empty where the cell is. @throws CellMisfit. */
export function textOf(cell: Cell | undefined): string {
  if (cell === undefined) return '';
  if (typeof cell === 'boolean') return cell ? 'TRUE' : 'FALSE';
  if (typeof cell === 'number') return wholeDigits(cell);
  if (typeof cell === 'object') {
    if ('formula' in cell) throw new CellMisfit('is a formula: paste it as a value');
    throw new CellMisfit('is a date, into which Excel may have turned a text: format the column as text');
  }
  const text = oneLine(cell);
  // Most texts begin with neither, and there are millions.
  return text.startsWith('=') || text.startsWith('#') ? ordinaryText(text) : text;
}

function ordinaryText(text: string): string {
  const within = PROTECTED.exec(text)?.[1];
  if (within !== undefined) return within.trim();
  if (ERROR.test(text)) throw new CellMisfit(`holds the error ${text}`);
  if (FORMULA.test(text)) throw new CellMisfit('is a formula: paste it as a value');
  return text;
}

/** A number or a name of something, in which every digit counts. @throws CellMisfit. */
export function identifierOf(cell: Cell | undefined): string {
  const text = textOf(cell).normalize('NFKC');
  if (SCIENTIFIC.test(text)) throw new CellMisfit(LOST_DIGITS);
  return text;
}

/** Of a number the digits that a person sees. @throws CellMisfit where some are lost. */
function wholeDigits(value: number): string {
  if (Math.abs(value) >= 10 ** DIGITS_KEPT) throw new CellMisfit(LOST_DIGITS);
  return String(value);
}

const COUNTED = /^(-?\d[\d,]*)(?:\.0+)?(?:개|ea|box|박스|세트)?$/iu;
const WON = /^[₩￦\\]?(-?\d[\d,]*)(?:\.0+)?원?$/u;

/** A number of pieces. @throws CellMisfit. */
export function piecesOf(cell: Cell | undefined): number {
  return Number(wholeNumber(cell, COUNTED, 'a whole number'));
}

/** KRW. @throws CellMisfit. */
export function krwOf(cell: Cell | undefined): bigint {
  return wholeNumber(cell, WON, 'whole KRW');
}

function wholeNumber(cell: Cell | undefined, form: RegExp, what: string): bigint {
  if (isBlank(cell)) throw new CellMisfit('is missing');
  const whole = typeof cell === 'number' ? unrounded(cell) : cell;
  if (Number.isSafeInteger(whole)) return BigInt(wholeDigits(Number(whole)));
  const text = identifierOf(whole).replaceAll(' ', '');
  const digits = form.exec(text)?.[1]?.replaceAll(',', '');
  if (digits === undefined || digits.length > DIGITS_KEPT)
    throw new CellMisfit(`must be ${what}, and is ${JSON.stringify(text.slice(0, 40))}`);
  return BigInt(digits);
}

/** What a sum of binary fractions missed by less than anybody means: 59400.00000000001. */
function unrounded(value: number): number {
  const whole = Math.round(value);
  return Math.abs(value - whole) < 1e-6 ? whole : value;
}

/** Numbers that begin with no zero: 1588-1234 and the like. */
const WITHOUT_AREA = /^1[5-8]\d{6}$/u;

/** A telephone number; the leading zero that a spreadsheet dropped comes back. @throws CellMisfit. */
export function phoneOf(cell: Cell | undefined): string {
  const text = identifierOf(cell);
  if (!/^[1-9][\d -]*$/u.test(text)) return text;
  const digits = text.replace(/\D/gu, '');
  const hasLostZero = digits.length >= 8 && digits.length <= 11 && !WITHOUT_AREA.test(digits);
  return hasLostZero ? `0${text}` : text;
}

/** A postcode of five digits, which Excel shows as four where it begins with a zero. @throws CellMisfit. */
export function postcodeOf(cell: Cell | undefined): string {
  const text = identifierOf(cell);
  return /^\d{4}$/u.test(text) ? `0${text}` : text;
}

const DAY_MS = 86_400_000;
/** Day 0 of both ways of counting; after February 1900, which Excel thinks a leap year. */
const EPOCH_1900 = Date.UTC(1899, 11, 30);
const EPOCH_1904 = Date.UTC(1904, 0, 1);
const NO_TIME = 'is no date and time, as 2026-11-20 10:30';

const TIME =
  /^(\d{4})[-./년]\s?(\d{1,2})[-./월]\s?(\d{1,2})[.일]?(?:[T ]\s*(오전|오후|AM|PM)?\s*(\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?\s*(AM|PM)?)?\s*(Z|[+-]\d{2}:?\d{2})?$/iu;
const DIGITS_ONLY = /^(\d{4})(\d{2})(\d{2})(?:(\d{2})(\d{2})(\d{2})?)?$/u;

/** A moment: what names no zone is Seoul's time. @throws CellMisfit. */
export function momentOf(cell: Cell | undefined, from1904: boolean): Date {
  if (typeof cell === 'object' && 'date' in cell) return dateOf(cell.date);
  const text = textOf(cell).normalize('NFKC');
  const serial = Number(text);
  // Between the years 2000 and 2100: a day as Excel counts it, in a cell that is not formatted as one.
  if (/^\d{5}(\.\d+)?$/u.test(text) && serial >= 35_000 && serial < 73_051) return ofSerial(serial, from1904);
  const compact = DIGITS_ONLY.exec(text);
  if (compact !== null) {
    const [, year, month, day, hour = '00', minute = '00', second = '00'] = compact;
    return seoul(`${year}-${month}-${day}T${hour}:${minute}:${second}`);
  }
  const parts = TIME.exec(text);
  if (parts === null) throw new CellMisfit(NO_TIME);
  const [, year, month = '', day = '', before, hour = '0', minute = '00', second = '00', after, zone] = parts;
  const at = `${year}-${two(month)}-${two(day)}T${hour24(hour, before ?? after)}:${minute}:${second}`;
  return seoul(at, zone);
}

function ofSerial(serial: number, from1904: boolean): Date {
  const wall = (from1904 ? EPOCH_1904 : EPOCH_1900) + Math.round((serial * DAY_MS) / 1000) * 1000;
  return seoul(new Date(wall).toISOString().slice(0, 19));
}

/** Of a 31st of February, JavaScript makes a day in March. */
function seoul(wall: string, zone?: string): Date {
  if (asUtc(`${wall}Z`)?.startsWith(wall) !== true) throw new CellMisfit(NO_TIME);
  return dateOf(wall, zone);
}

/** Korea has had no summer time since 1988. */
function dateOf(wall: string, zone = '+09:00'): Date {
  const at = new Date(`${wall}${zone.toUpperCase()}`);
  if (Number.isNaN(at.getTime())) throw new CellMisfit(NO_TIME);
  return at;
}

function asUtc(iso: string): string | undefined {
  const at = new Date(iso);
  return Number.isNaN(at.getTime()) ? undefined : at.toISOString();
}

const two = (digits: string) => digits.padStart(2, '0');

function hour24(hour: string, half: string | undefined): string {
  if (half === undefined) return two(hour);
  const isAfternoon = /오후|pm/iu.test(half);
  return two(String((Number(hour) % 12) + (isAfternoon ? 12 : 0)));
}

import type { TimeWindow } from '../../../domain/order';
import { cutArray } from '../json-records';
import type { FetchedPage, FetchedRecord } from '../source';
import type { Wing } from './client';
import { fetchClaims } from './fetch-claims';
import { MINUTE_MS, minutesOf } from './minutes';
import { recordsOf } from './records';
import { STATUSES, sheetKind } from './sheet';
import { minuteOf } from './wire';

const PAGE = 500;
/** Claims are read again from the first: which ones were withdrawn follows from all of them together. */
const CLAIMS = 'claims';

/** One question: the sheets of one status made in a stretch of time. */
interface Question extends TimeWindow {
  readonly status: (typeof STATUSES)[number];
}

/**
 * Every sheet that was made in the window, whatever has become of it since, and the claims of its time. By the
 * minute (`searchType=timeFrame`) and not by the day: a question then costs what it asks for, where a day's pages
 * would be read over and over, and nothing can slip through between two pages. All statuses, in the order in which a
 * parcel goes through them: one that moves on meanwhile is past those that were asked for, and will be seen, or was
 * seen in one of them.
 *
 * @param from a page's `next`.
 * @throws OutsideUnavailable when Coupang did not answer.
 */
export async function* fetchRecords(
  wing: Wing,
  window: TimeWindow,
  from?: string,
): AsyncGenerator<FetchedPage> {
  const questions = from === CLAIMS ? [] : questionsFor(wing, window);
  const once = new Once();
  for (const [index, question] of questions.entries()) {
    if (from !== undefined && index < Number(from)) continue;
    const sheets = once.of(await askSheets(wing, question));
    const next = index + 1 < questions.length ? String(index + 1) : CLAIMS;
    yield* pagesOf(sheets, String(index), next);
  }
  let page: FetchedRecord[] = [];
  for await (const claims of fetchClaims(wing, window)) {
    if (page.length > 0) yield { records: page, next: CLAIMS };
    page = once.of(claims);
  }
  yield { records: page };
}

function questionsFor({ settings }: Wing, window: TimeWindow): Question[] {
  return minutesOf(window, settings.lookBackMinutes * MINUTE_MS, settings.sliceMinutes / 60).flatMap(
    (slice) => STATUSES.map((status) => ({ ...slice, status })),
  );
}

async function askSheets(wing: Wing, { status, from, to }: Question): Promise<FetchedRecord[]> {
  const body = await wing.read(wing.ofVendor('/ordersheets'), {
    createdAtFrom: minuteOf(from),
    createdAtTo: minuteOf(to),
    searchType: 'timeFrame',
    status,
  });
  return cutArray(body, ['data']).flatMap((sheet) => recordsOf(sheet, sheetKind));
}

function* pagesOf(records: readonly FetchedRecord[], here: string, next: string): Generator<FetchedPage> {
  let first = 0;
  for (; records.length - first > PAGE; first += PAGE)
    yield { records: records.slice(first, first + PAGE), next: here };
  yield { records: records.slice(first), next };
}

/** A version of a record comes once, however many answers it is in. */
class Once {
  readonly #seen = new Set<string>();

  of(records: readonly FetchedRecord[]): FetchedRecord[] {
    return records.filter(({ recordId, contentHash }) => {
      const version = `${recordId} ${contentHash}`;
      return !this.#seen.has(version) && this.#seen.add(version);
    });
  }
}

import { generateDay } from '../../generator/generate-day';
import type { Entry } from './entries';
import { fieldsOf, hubTime } from './fields';
import { type HubClaim, HubRecord } from './hub-record';

const FIRST_IDX = 17_000_000;
/** So many records at most are numbered for one generated day. */
const IDX_PER_DAY = 1_000_000;

type Day = Extract<Entry, { type: 'day' }>;

/**
 * What the hub has collected so far. Days are generated anew from their seed at every start, and a record
 * is there from its moment on: nothing runs in the background, and nothing of them is on disk.
 */
export class HubState {
  readonly byIdx = new Map<string, HubRecord>();
  readonly days: Day[] = [];
  /** Still to come, the next one last. */
  #waiting: HubRecord[] = [];
  /** By the day in Korea on which the hub collected them, in the order of its answers. */
  readonly #collected = new Map<string, { records: HubRecord[]; sorted: boolean }>();
  #handMade = 0;
  readonly #claims = new Map<string, HubClaim>();

  apply(entry: Entry): void {
    switch (entry.type) {
      case 'day':
        return this.#addDay(entry);
      case 'record': {
        this.#handMade += 1;
        const { fields } = entry.made;
        return this.#collect(new HubRecord(entry.idx, entry.at, fields, null, entry.made));
      }
      case 'read':
        return this.#each(entry.idx, (record) => {
          record.read = true;
        });
      case 'cancel':
        return this.#each(entry.idx, (record) => {
          record.cancelAt ??= entry.at;
          record.cancelAt = Math.min(record.cancelAt, entry.at);
        });
      case 'claim': {
        const record = this.byIdx.get(entry.idx);
        const { number, words } = entry;
        const { at } = this.#claims.get(number) ?? entry;
        if (record) this.#claims.set(number, { number, at, words, record });
        return;
      }
      case 'invoice':
        return this.#each([entry.idx], (record) => record.invoices.push(entry));
    }
  }

  /** Days from `from` to `to`, as `yyyymmdd`, both included. */
  collected(from: string, to: string, now: number): HubRecord[] {
    this.#moveOn(now);
    const days = [...this.#collected.keys()].filter((day) => day >= from && day <= to).sort();
    return days.flatMap((day) => this.#sorted(day));
  }

  all(now: number): HubRecord[] {
    return this.collected('', '99999999', now);
  }

  /** Those that the hub learned of from `from` to `to`, as `yyyymmdd`, both included. */
  claims(from: string, to: string, now: number): HubClaim[] {
    const cancelled = this.all(now).flatMap((record) => record.cancellation(now) ?? []);
    return [...cancelled, ...this.#claims.values()].filter(({ at }) => {
      const day = hubTime(at).slice(0, 8);
      return day >= from && day <= to;
    });
  }

  nextClaimNumber(): string {
    return String(60_000_001 + this.#claims.size);
  }

  get waiting(): number {
    return this.#waiting.length;
  }

  nextHandMadeIdx(): string {
    return String(90_000_001 + this.#handMade);
  }

  #addDay(day: Day): void {
    const ordinal = this.days.push(day);
    const known = new Set(
      this.days.slice(0, -1).flatMap((earlier) => (earlier.seed === day.seed ? orderNumbers(earlier) : [])),
    );
    let number = FIRST_IDX + (ordinal - 1) * IDX_PER_DAY;
    const orders = generateDay(day);
    const stepMs = (day.overSeconds * 1_000) / Math.max(1, orders.length);
    for (const [index, order] of orders.entries()) {
      const at = Math.round(day.startedAt + index * stepMs);
      for (const line of order.lines) {
        number += 1;
        if (known.has(order.orderNumber)) continue;
        const cancelled = order.cancellation?.lineNumbers.includes(line.lineNumber);
        const cancelAt = cancelled ? at + (order.cancellation?.afterSeconds ?? 0) * 1_000 : null;
        const record = new HubRecord(String(number), at, fieldsOf(order, line), cancelAt);
        this.byIdx.set(record.idx, record);
        this.#waiting.push(record);
      }
    }
    this.#waiting.sort((one, other) => other.collectedAt - one.collectedAt);
  }

  #moveOn(now: number): void {
    for (let next = this.#waiting.at(-1); next && next.collectedAt <= now; next = this.#waiting.at(-1)) {
      this.#collect(next);
      this.#waiting.pop();
    }
  }

  #collect(record: HubRecord): void {
    this.byIdx.set(record.idx, record);
    const key = hubTime(record.collectedAt).slice(0, 8);
    const day = this.#collected.get(key) ?? { records: [], sorted: true };
    day.records.push(record);
    day.sorted = false;
    this.#collected.set(key, day);
  }

  #sorted(key: string): readonly HubRecord[] {
    const day = this.#collected.get(key);
    if (!day) return [];
    if (!day.sorted) {
      const keys = new Map(day.records.map((record) => [record, record.sortKey]));
      const sortKey = (record: HubRecord) => keys.get(record) ?? '';
      day.records.sort((one, other) => (sortKey(one) < sortKey(other) ? -1 : 1));
      day.sorted = true;
    }
    return day.records;
  }

  #each(idx: readonly string[], change: (record: HubRecord) => void): void {
    for (const each of idx) {
      const record = this.byIdx.get(each);
      if (record) change(record);
    }
  }
}

/** A seed gives the same orders again: a longer day of it adds those that are missing. */
function orderNumbers(day: Day): string[] {
  return generateDay(day).map((order) => order.orderNumber);
}

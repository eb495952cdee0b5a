import type { RowDataPacket } from 'mysql2/promise';
import { percentile } from '../measure';
import type { Answered, House } from './house';
import type { Question, SmallHouse } from './questions';

/** What a question costs one house. */
export interface Cost {
  /** CPU of MySQL for the statements of the page, in ms. */
  readonly cpuP50: number;
  readonly cpuP95: number;
  /** From asking to the whole answer, in ms. */
  readonly answerP50: number;
  readonly answerP95: number;
  /** Rows, and entries of indexes, that MySQL went through. */
  readonly rows: number;
}

/** The houses that are asked the same. */
export type Houses<T = House> = { readonly [house in SmallHouse | 'large']: T };

export interface Comparison extends Houses<Cost> {
  readonly route: string;
  readonly what: string;
  readonly beside: SmallHouse;
  /** Of the 95th percentiles of the large house to those of each of the others. */
  readonly ratios: { readonly [other in SmallHouse]: { readonly cpu: number; readonly answer: number } };
}

/** A question, and the address at which a house has the page that is meant. */
interface Located extends Question {
  readonly at: string;
}

/** Never counted: the first answers fill caches, ours and MySQL's. */
const WARM_UP = 3;

/** Asks the houses their nth question, in turns, so many times. */
export async function compare(houses: Houses, n: number, samples: number): Promise<Comparison> {
  const asked = {
    quiet: await prepare(houses.quiet, n),
    busy: await prepare(houses.busy, n),
    large: await prepare(houses.large, n),
  };
  const all = Object.values(asked);
  showAlike(all);
  for (let turn = -WARM_UP; turn < samples; turn += 1)
    for (const { house, question, taken } of turn % 2 === 0 ? all : all.toReversed()) {
      const sample = await measure(house, question);
      if (turn >= 0) taken.push(sample);
    }
  const { route, what, beside } = asked.large.question;
  const [quiet, busy, large] = [
    costOf(asked.quiet.taken),
    costOf(asked.busy.taken),
    costOf(asked.large.taken),
  ];
  return {
    route,
    what,
    beside,
    quiet,
    busy,
    large,
    ratios: { quiet: ratios(quiet, large), busy: ratios(busy, large) },
  };
}

interface Asked {
  readonly house: House;
  question: Located;
  /** How many rows there are to be shown; undefined: it is no page of a list. */
  readonly shown: number | undefined;
  readonly taken: Sample[];
}

async function prepare(house: House, n: number): Promise<Asked> {
  const question = await locate(house, nth(house, n));
  const { body } = await get(house, question);
  const page = body.startsWith('{') ? (JSON.parse(body) as { rows?: unknown[]; next?: unknown }) : {};
  const shown = page.next === undefined ? undefined : page.rows?.length;
  return { house, question, shown, taken: [] };
}

/** A page costs what it shows: of a list that is shorter than a page in one house, all show as many rows. */
function showAlike(all: readonly Asked[]): void {
  const shown = all.map((one) => one.shown ?? 0);
  const [least, most] = [Math.min(...shown), Math.max(...shown)];
  if (least === 0 || least === most) return;
  for (const one of all) {
    const url = new URL(one.question.at, 'http://house');
    url.searchParams.set('limit', String(least));
    one.question = { ...one.question, at: `${url.pathname}${url.search}` };
  }
}

function ratios(small: Cost, large: Cost) {
  return { cpu: ratio(small.cpuP95, large.cpuP95), answer: ratio(small.answerP95, large.answerP95) };
}

interface Sample {
  readonly cpuMs: number;
  readonly answerMs: number;
  readonly rows: number;
}

async function measure(house: House, question: Located): Promise<Sample> {
  const before = await house.cost();
  const { ms } = await get(house, question);
  const after = await house.cost();
  return { cpuMs: after.cpuMs - before.cpuMs, answerMs: ms, rows: after.rows - before.rows };
}

function costOf(samples: readonly Sample[]): Cost {
  const at = (figure: keyof Sample, share: number) => {
    const sorted = samples.map((sample) => sample[figure]).toSorted((a, b) => a - b);
    return rounded(percentile(sorted, share));
  };
  return {
    cpuP50: at('cpuMs', 0.5),
    cpuP95: at('cpuMs', 0.95),
    answerP50: at('answerMs', 0.5),
    answerP95: at('answerMs', 0.95),
    rows: at('rows', 0.5),
  };
}

const rounded = (value: number) => Number(value.toFixed(2));
/** What asks MySQL nothing costs it the same. */
const ratio = (small: number, large: number) => (small === 0 ? 1 : rounded(large / small));

function nth(house: House, n: number): Question {
  const question = house.questions[n];
  if (question === undefined) throw new RangeError(`No question ${n}`);
  return question;
}

/** Where the page of the list is that is asked for; the last one, where a list ends before. */
export async function locate(house: House, question: Question): Promise<Located> {
  let at = question.path;
  for (let page = 0; page < question.pagesOn; page += 1) {
    const { next } = JSON.parse((await get(house, { ...question, at })).body) as { next: string | null };
    if (next === null) break;
    const url = new URL(question.path, 'http://house');
    url.searchParams.set('cursor', next);
    at = `${url.pathname}${url.search}`;
  }
  return { ...question, at };
}

/** @throws Error for any other answer than the one that belongs to it. */
async function get(house: House, { at, status }: Located): Promise<Answered> {
  const answer = await house.ask(at);
  if (answer.status !== status) throw new Error(`${at}: ${answer.status} ${answer.body.slice(0, 500)}`);
  return answer;
}

/** How MySQL goes about the dearest statements of a question. */
export async function explain(house: House, n: number, most: number): Promise<string[]> {
  const { statements } = await get(house, await locate(house, nth(house, n)));
  const dearest = statements
    .filter(({ sql }) => /^\s*select/iu.test(sql))
    .toSorted((a, b) => b.ms - a.ms)
    .slice(0, most);
  const plans: string[] = [];
  for (const { sql, values } of dearest) {
    const [rows] = await house.database.pool.query<RowDataPacket[]>({
      sql: `EXPLAIN ANALYZE ${sql}`,
      values,
    });
    plans.push(`${sql}\n${String(rows[0]?.['EXPLAIN'])}`);
  }
  return plans;
}

import { Refusal } from './answers';

export interface Stretch {
  readonly from: number;
  readonly to: number;
}

const PATTERNS = {
  minute: /^\d{4}-\d\d-\d\dT\d\d:\d\d$/,
  second: /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/,
} as const;

/** The stretch that a question is of. @throws Refusal where it is none. */
export function stretchOf(query: URLSearchParams, precision: keyof typeof PATTERNS): Stretch {
  const [from, to] = ['createdAtFrom', 'createdAtTo'].map((name) => {
    const text = query.get(name) ?? '';
    const at = PATTERNS[precision].test(text) ? Date.parse(`${text}+09:00`) : Number.NaN;
    if (Number.isNaN(at)) throw new Refusal(400, `${name} should be in ISO format`);
    return at;
  });
  if (from === undefined || to === undefined || from > to)
    throw new Refusal(400, 'endTime should be after startTime');
  return { from, to };
}

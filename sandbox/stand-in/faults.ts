import { z } from 'zod';
import { seededRandom } from './random';

/**
 * What can go wrong with a call. `…-before`: nothing was acted on; `…-after`: it was, and the answer is
 * lost; `409-after` puts a refusal in its place that no system of the sandbox documents. `down` closes the port of the whole stand-in; `duplicate-delivery` acts twice on one request.
 */
export const FAULT_KINDS = [
  'down',
  'slow',
  'timeout-before',
  'timeout-after',
  '5xx-before',
  '5xx-after',
  '409-after',
  'reset-before',
  'reset-after',
  'broken-body',
  '429',
  'duplicate-delivery',
] as const;

export type FaultKind = (typeof FAULT_KINDS)[number];

const faultSchema = z.strictObject({
  /** A route's `endpoint`, or `*` for all of them. */
  endpoint: z.string(),
  kind: z.enum(FAULT_KINDS),
  probability: z.number().min(0).max(1).default(1),
  /** Ends after it has struck so many calls; without it, it stays until it is deleted. */
  times: z.int().positive().optional(),
  /** `slow`: the delay. `down`: when the port opens again; without it, when the fault is deleted. */
  ms: z.int().positive().optional(),
});

export type Fault = z.infer<typeof faultSchema>;
/** As a test writes it: what has a default may be left out. */
export type FaultInput = z.input<typeof faultSchema>;

/** The body of `PUT /admin/faults`; replaces what was set before. */
export function faultsSchema(endpoints: readonly string[]) {
  const known = ['*', ...endpoints];
  return z.strictObject({
    seed: z.int().default(1),
    faults: z.array(
      faultSchema
        .refine((fault) => known.includes(fault.endpoint), {
          path: ['endpoint'],
          error: (issue) => `unknown endpoint ${endpointOf(issue.input)}; known: ${known.join(', ')}`,
        })
        .refine((fault) => fault.kind !== 'down' || fault.endpoint === '*', {
          path: ['endpoint'],
          error: 'down closes the whole stand-in: its endpoint is *',
        }),
    ),
  });
}

function endpointOf(input: unknown): string {
  return z.object({ endpoint: z.string() }).catch({ endpoint: '?' }).parse(input).endpoint;
}

const DEFAULT_SLOW_MS = 1_000;

/** What strikes one call: a delay, and at most one fault of another kind. */
export interface Strike {
  readonly delayMs: number;
  readonly kind: Exclude<FaultKind, 'slow' | 'down'> | null;
}

/** The faults in force; draws from a seeded random, so that the same calls meet the same faults. */
export class Faults {
  #faults: Fault[] = [];
  #random = seededRandom(1);

  set(faults: readonly Fault[], seed: number): void {
    this.#faults = faults.map((fault) => ({ ...fault }));
    this.#random = seededRandom(seed);
  }

  list(): readonly Fault[] {
    return this.#faults;
  }

  strike(endpoint: string): Strike {
    let delayMs = 0;
    for (const fault of this.#faults) {
      if (!this.#strikes(fault, endpoint)) continue;
      if (fault.kind === 'slow') delayMs += fault.ms ?? DEFAULT_SLOW_MS;
      else if (fault.kind !== 'down') return { delayMs, kind: fault.kind };
    }
    return { delayMs, kind: null };
  }

  #strikes(fault: Fault, endpoint: string): boolean {
    if (fault.kind === 'down' || (fault.endpoint !== '*' && fault.endpoint !== endpoint)) return false;
    if (fault.times === 0 || this.#random() >= fault.probability) return false;
    if (fault.times !== undefined) fault.times -= 1;
    return true;
  }
}

import type { Known } from './fitting';

/** Enough to find something by most of them. */
const OF_A_NAME = 12;

/** Collects what the API has told, by the names it was told under, so that requests can ask for it. */
export class Harvest {
  private readonly values = new Map<string, Map<string, unknown>>();

  get known(): Known {
    return Object.fromEntries([...this.values].map(([name, values]) => [name, [...values.values()]]));
  }

  add(name: string, ...values: readonly unknown[]): void {
    const there = this.values.get(name) ?? new Map<string, unknown>();
    for (const value of values) if (there.size < OF_A_NAME) there.set(JSON.stringify(value), value);
    this.values.set(name, there);
  }

  /** All that an answer names, at any depth. */
  addAll(answer: unknown, name = ''): void {
    if (answer === null || answer === undefined || typeof answer === 'boolean') return;
    if (Array.isArray(answer)) {
      for (const one of answer) this.addAll(one, name);
      return;
    }
    if (name !== '') this.add(name, answer);
    if (typeof answer !== 'object') return;
    for (const [inner, value] of Object.entries(answer)) this.addAll(value, inner);
  }
}

import type { z } from 'zod';

/** A stand-in's knobs: given at the start, changed by `PUT /admin/settings`, not kept over a restart. */
export class Settings<Schema extends z.ZodObject> {
  readonly #schema: Schema;
  #value: z.output<Schema>;

  /** @param schema strict and with a default for every knob. */
  constructor(schema: Schema, given: Partial<z.input<Schema>> = {}) {
    this.#schema = schema;
    this.#value = schema.parse(given);
  }

  get value(): z.output<Schema> {
    return this.#value;
  }

  /** @throws ZodError naming the knob that is unknown or does not fit; nothing is changed then. */
  change(patch: unknown): void {
    const changes = this.#schema.partial().parse(patch);
    const named = Object.fromEntries(
      Object.entries(changes).filter(([name]) => Object.hasOwn(Object(patch) as object, name)),
    );
    this.#value = this.#schema.parse({ ...this.#value, ...named });
  }
}

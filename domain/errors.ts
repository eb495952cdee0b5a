/** A raw record that cannot be read as an order: kept raw, and a task that names the field. */
export class UndecodableRecord extends Error {
  override readonly name = 'UndecodableRecord';

  constructor(
    readonly field: string,
    reason: string,
    options?: ErrorOptions,
  ) {
    super(`${field}: ${reason}`, options);
  }
}

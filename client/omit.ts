/** An object without some of its fields. */
export function omit<T extends object, K extends keyof T>(object: T, ...fields: readonly K[]): Omit<T, K> {
  const rest = { ...object };
  for (const field of fields) delete rest[field];
  return rest;
}

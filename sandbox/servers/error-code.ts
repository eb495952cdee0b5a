/**
 * The system's name of an error (ENOENT, EADDRINUSE …), if it has one. It does not ask for `instanceof Error`:
 * jest gives tests an Error class of their own, which Node's errors are no instances of.
 */
export function errorCode(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null || !('code' in error)) return undefined;
  return typeof error.code === 'string' ? error.code : undefined;
}

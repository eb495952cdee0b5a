import { setTimeout as delay } from 'node:timers/promises';

/**
 * Waits for something to become true: asks until `probe` passes without throwing, or rethrows its last
 * error at the deadline. Never sleeps longer than it must.
 */
export async function eventually<T>(
  probe: () => T | Promise<T>,
  { withinMs = 30_000, everyMs = 25 }: { withinMs?: number; everyMs?: number } = {},
): Promise<T> {
  const deadline = performance.now() + withinMs;
  for (;;) {
    try {
      return await probe();
    } catch (error) {
      if (performance.now() >= deadline) throw error;
    }
    await delay(everyMs);
  }
}

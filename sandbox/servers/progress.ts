/** Receives one short line for a person; the caller decides where it is shown. */
export type Progress = (line: string) => void;

/** How long a step may be silent before it looks like a hang to the person who waits. */
const SILENCE_MS = 10_000;

/** Awaits `work`, and says every ten seconds that it is still going on. */
export async function reportWhile<T>(progress: Progress, what: string, work: Promise<T>): Promise<T> {
  const started = Date.now();
  const timer = setInterval(() => {
    progress(`${what}: still at it after ${Math.round((Date.now() - started) / 1000)} s`);
  }, SILENCE_MS);
  try {
    return await work;
  } finally {
    clearInterval(timer);
  }
}

/** Lets a line through at most once in `everyMs`, for counters that tick many times a second. */
export function throttled(progress: Progress, everyMs = 1_000): Progress {
  let last = 0;
  return (line) => {
    if (Date.now() - last < everyMs) return;
    last = Date.now();
    progress(line);
  };
}

import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type Progress, reportWhile } from './progress';

/** One place to get a thing from. */
export interface Source {
  /** For progress: "the SDK's own download", "PyPI" … */
  what: string;
  /** Puts the thing where it belongs; `scratch` is an empty folder that is thrown away afterwards. */
  fetch(scratch: string): Promise<void>;
}

/** Tries the sources in their order until one delivers; `folder` is where scratch folders may be. */
export async function fetchFromFirst(
  sources: readonly Source[],
  folder: string,
  say: Progress,
): Promise<void> {
  const scratch = join(folder, 'scratch');
  const failures: unknown[] = [];
  for (const source of sources) {
    await mkdir(scratch);
    try {
      say(`fetching from ${source.what}…`);
      return await reportWhile(say, source.what, source.fetch(scratch));
    } catch (error) {
      failures.push(error);
      say(`${source.what} does not deliver on this machine`);
    } finally {
      await rm(scratch, { recursive: true, force: true });
    }
  }
  throw new AggregateError(failures, 'no source delivers');
}

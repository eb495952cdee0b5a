/** What one check of the doctor came to. */
export interface Finding {
  readonly check: string;
  readonly ok: boolean;
  readonly says: string;
  /** The command that mends it, where one does. */
  readonly mend?: string;
}

export const ok = (check: string, says: string): Finding => ({ check, ok: true, says });

export const wrong = (check: string, says: string, mend?: string): Finding => ({
  check,
  ok: false,
  says,
  ...(mend === undefined ? {} : { mend }),
});

/** Runs a check; one that fails is a finding, too, and stops no other. */
export async function attempt(
  check: string,
  work: () => Promise<Finding | Finding[]>,
  mend?: string,
): Promise<Finding[]> {
  try {
    return [await work()].flat();
  } catch (error) {
    return [wrong(check, error instanceof Error ? error.message : String(error), mend)];
  }
}

export const FIX = 'npx boosta doctor --fix';

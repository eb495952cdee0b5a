import { ZodError } from 'zod';

/** What is wrong with a connection. It names the settings and never their values, which may be secrets. */
export function explainSettings(error: unknown): string {
  if (error instanceof ZodError)
    return error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('; ');
  return error instanceof Error ? error.message : String(error);
}

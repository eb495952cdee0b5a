/** An error's message, then what led to it, indented: for a terminal or a log. */
export function explain(error: unknown): string[] {
  if (!(error instanceof Error)) return [String(error)];
  const causes = error instanceof AggregateError ? error.errors : [error.cause ?? []].flat();
  return [error.message, ...causes.flatMap(explain).map((line) => `  ${line}`)];
}

/** The first words of what led to an error, for use inside a sentence. */
export function reasonOf(error: unknown, length = 160): string {
  const message = (error instanceof Error ? error.message : String(error)).replaceAll(/\s+/g, ' ');
  return message.length > length ? `${message.slice(0, length)}…` : message;
}

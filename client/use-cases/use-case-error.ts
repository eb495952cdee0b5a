/** What was asked for cannot be done; the message is one sentence for a person and says what to do. */
export class UseCaseError extends Error {
  override readonly name = 'UseCaseError';
}

/** What was asked for cannot be done; the message is one sentence for a person and says what to do. */
export class UseCaseError extends Error {
  override readonly name: string = 'UseCaseError';
}

/** What was asked about does not exist. */
export class NotFound extends UseCaseError {
  override readonly name = 'NotFound';
}

/** It takes more than who asks may do. */
export class NotAllowed extends UseCaseError {
  override readonly name = 'NotAllowed';
}

/** Somebody else has changed it meanwhile: what was asked for was decided on what is no longer so. */
export class ChangedMeanwhile extends UseCaseError {
  override readonly name = 'ChangedMeanwhile';
}

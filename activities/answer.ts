/** What a person's command came to, in a sentence; a workflow update returns it. */
export interface Answer {
  readonly done: boolean;
  readonly says: string;
}

// Bounds that are the reader's own, beside those of all languages.
export const limits = {
  /** Rounds of one loop that are followed one by one. */
  rounds: 64,
  /** Characters of a text that is repeated or put together. */
  text: 1_048_576,
} as const;

// Identifiers: `volumeDelete`, `delete-bucket`, `sites:delete`, `DELETE_ALL` split into their words, and their verbs.

/** The lower-case words of an identifier, split at case changes and at `-`, `_`, `:`, `.`. */
export function identifierWords(text: string): string[] {
  return text
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replace(/([A-Z])([A-Z][a-z])/g, '$1 $2')
    .split(/[\s\-_:.]+/)
    .filter((word) => word !== '')
    .map((word) => word.toLowerCase());
}

/**
 * The words of a subcommand that can be its verb: `delete-bucket` starts with it, `sites:delete` and `ecto.drop` end
 * with it. A dotted word may be a file, so that its first piece tells nothing (`delete.sh`).
 */
export function verbsOf(word: string): string[] {
  if (!/^[A-Za-z][\w:.-]*$/.test(word)) return [];
  const words = identifierWords(word);
  const first = word.includes('.') ? undefined : leadingVerb(words);
  const last = words.length > 1 && /[:.]/.test(word) ? words.at(-1) : undefined;
  return [first, last].filter((piece): piece is string => piece !== undefined);
}

/** Words in front of a verb that only say how or for whom: `batch-delete-image`, `admin-delete-user`. */
const qualifiers = new Set(['batch', 'bulk', 'admin', 'force', 'mass', 'hard', 'global']);

const leadingVerb = (words: readonly string[]): string | undefined =>
  qualifiers.has(words[0] ?? '') && words.length > 1 ? words[1] : words[0];

const harmless = new Set(
  'list ls get show describe create add set update put view inspect edit generate copy attach enable new read tail invoke print scp test bench check doc search'.split(
    ' ',
  ),
);

/** Whether a subcommand says by its own verb that nothing is lost. */
export const isHarmlessVerb = (word: string): boolean => harmless.has(leadingVerb(identifierWords(word)) ?? '');

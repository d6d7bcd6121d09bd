// Identifiers: `volumeDelete`, `delete-bucket`, `sites:delete`, `DELETE_ALL` split into their words.

/** The lower-case words of an identifier, split at case changes and at `-`, `_`, `:`, `.`. */
export function identifierWords(text: string): string[] {
  return text
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replace(/([A-Z])([A-Z][a-z])/g, '$1 $2')
    .split(/[\s\-_:.]+/)
    .filter((word) => word !== '')
    .map((word) => word.toLowerCase());
}

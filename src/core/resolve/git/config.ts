// Git's configuration files as text: sections, subsections, quotes, comments and continued lines.

export interface ConfigEntry {
  /** `section.name` or `section.subsection.name`; section and name in lower case. */
  readonly key: string;
  readonly value: string;
  /** 1-based. */
  readonly line: number;
}

/** Longest text that is read; real files are far smaller. */
const maxLength = 100_000;

/** All entries in order. A name without `=` is `true`. Source: git-config(1), SYNTAX. */
export function readGitConfig(text: string): readonly ConfigEntry[] {
  const entries: ConfigEntry[] = [];
  const lines = text.slice(0, maxLength).split(/\r?\n/);
  let section = '';
  for (let at = 0; at < lines.length; at += 1) {
    const line = at + 1;
    let rest = (lines[at] as string).trimStart();
    const header = /^\[\s*([\w.-]+)\s*(?:"((?:[^"\\]|\\.)*)")?\s*\]/.exec(rest);
    if (header !== null) {
      const [whole, name = '', subsection] = header;
      section = `${name.toLowerCase()}.${subsection === undefined ? '' : `${subsection.replace(/\\(.)/g, '$1')}.`}`;
      rest = rest.slice(whole.length).trimStart();
    }
    const name = /^([A-Za-z][\w-]*)[ \t]*(=?)[ \t]*/.exec(rest);
    if (name === null) continue;
    let value = rest.slice(name[0].length);
    // A backslash at the end of a line continues it.
    while (/(^|[^\\])(\\\\)*\\$/.test(value) && at + 1 < lines.length) {
      at += 1;
      value = value.slice(0, -1) + lines[at];
    }
    entries.push({
      key: `${section}${(name[1] as string).toLowerCase()}`,
      value: name[2] === '' ? 'true' : unquoted(value),
      line,
    });
  }
  return entries;
}

const escapes: Readonly<Record<string, string>> = { n: '\n', t: '\t', b: '\b' };

/** The value without its quotes, its escapes decoded, up to a comment; blanks at its end are no part of it. */
function unquoted(value: string): string {
  let result = '';
  let kept = 0;
  let isQuoted = false;
  for (let at = 0; at < value.length; at += 1) {
    const character = value[at] as string;
    if (character === '"') isQuoted = !isQuoted;
    else if (character === '\\') {
      at += 1;
      const escaped = value[at] ?? '';
      result += escapes[escaped] ?? escaped;
    } else if (!isQuoted && (character === '#' || character === ';')) break;
    else result += character;
    if (isQuoted || !/\s/.test(character)) kept = result.length;
  }
  return result.slice(0, kept);
}

// What no committed text may say: paths of one machine, hosts of package registries, notes to be done later.
import type { Violation } from './sources.ts';

interface ForbiddenText {
  readonly name: string;
  readonly pattern: RegExp;
}

// The patterns are written so that this file does not hold what it looks for.
const forbidden: readonly ForbiddenText[] = [
  { name: 'a path of one machine', pattern: /[/]work[/]|[/]tmp[/]brief/ },
  {
    name: 'a package registry host',
    pattern: /registry[.](?:npmjs|yarnpkg|npmmirror)|npm[.]pkg[.]github|npm[.]jsr[.]io/i,
  },
  // `grep TODO` is an ordinary command and may stand in an example; a comment that begins with the word may not.
  { name: 'a note to be done later', pattern: /(?:\/\/|\/\*|#|<!--|^\s*\*)\s{0,8}(?:TODO|FIXME|XXX|HACK)\b/ },
];

/** Lines of a file that say what they must not. */
export function textViolations(path: string, text: string): Violation[] {
  return text
    .split('\n')
    .flatMap((line, index) =>
      forbidden
        .filter(({ pattern }) => pattern.test(line))
        .map(({ name }) => ({ path, line: index + 1, message: name })),
    );
}

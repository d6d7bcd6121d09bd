// Texts to fuzz with: the tables of the other tests, spliced into each other.
// biome-ignore-all lint/suspicious/noTemplateCurlyInString: shell text, not JavaScript templates
import fc from 'fast-check';
import { holes } from '../core/parse/holes.ts';
import { snippets } from '../core/parse/snippets.ts';
import { known, unknown } from '../oracle/command-lines.ts';

export const seeds: readonly string[] = [...snippets.map(([source]) => source), ...holes, ...known, ...unknown];

const tokens: readonly string[] = [
  ...['$(c3)', '`c3`', '<(c3)', '>(c3)', "'$(c3)'", '"$(c3)"', '\\`c3\\`', "'", '"', '\\', '\\\n', '#', ' ', '\n', ';'],
  ...['$', '{', '}', '(', ')', '((', '))', '$((', '$[', '[', ']', '${x:-', '${x', '<<E\n', '\nE\n', "$'", '$"', '|'],
  ...[
    '&&',
    '||',
    '&',
    '!',
    'case x in ',
    'x) ',
    ';;',
    'esac',
    'if ',
    'then ',
    'else ',
    'fi',
    'for x in ',
    'do ',
    'done',
  ],
  ...[
    'x=',
    'x=c3 ',
    'x[',
    ']=',
    'x=(',
    'a',
    '1',
    ',',
    '..',
    '*',
    '?',
    '@(',
    '2',
    '~',
    '[[ ',
    ' ]]',
    '=~',
    '<',
    '>',
    '{a,',
  ],
  ...[
    'time ',
    'let ',
    'eval ',
    'export ',
    'local ',
    'set -- ',
    'shift;',
    'f() { ',
    'f ',
    '; }',
    '"$@"',
    '$1',
    '$x',
    '${x}',
  ],
  ...[
    'bash -c ',
    'sh -c ',
    'env ',
    'xargs ',
    'command ',
    'exec ',
    'trap ',
    ' EXIT',
    'echo c3 | ',
    ' | sh',
    ' > x.sh',
    '. x.sh',
  ],
  ...['c8 && ', 'c8 || ', 'c2 ', 'IFS=c;', 'unset x;', 'cd d;', 'read x;', 'alias c1=c3;', 'break;', 'return;'],
];

const splice = fc.record({
  at: fc.nat(2_000),
  drop: fc.oneof(fc.constant(0), fc.nat(6)),
  text: fc.oneof(
    { arbitrary: fc.constantFrom(...tokens), weight: 4 },
    { arbitrary: fc.constantFrom(...seeds), weight: 1 },
  ),
});

/** A text of the tables with up to four others, or tokens of the grammar, spliced into it. */
export const mutated = fc
  .tuple(fc.constantFrom(...seeds), fc.array(splice, { minLength: 1, maxLength: 4 }))
  .map(([seed, splices]) =>
    splices.reduce((text, { at, drop, text: piece }) => {
      const place = at % (text.length + 1);
      return text.slice(0, place) + piece + text.slice(place + drop);
    }, seed),
  );

/** Anything at all: lone surrogates, control characters, NUL. */
export const arbitrary = fc.string({ unit: 'binary', maxLength: 200 });

/** Tokens one after the other: deep and broken in ways that no person writes. */
export const tokenSoup = fc
  .array(fc.oneof(fc.constantFrom(...tokens), fc.constantFrom('railway volume delete ', 'rm -rf x ')), {
    maxLength: 60,
  })
  .map((pieces) => pieces.join(''));

/** What opens something that never ends. */
export const openers: readonly string[] = [
  ...[
    '(',
    '$(',
    '`',
    '${',
    '"$(',
    '"${x:-',
    '$((',
    '$[',
    '<(',
    '>(',
    '{',
    '{a,',
    '[',
    '[[ ',
    '((',
    '((a);',
    '@(',
    'a=(',
  ],
  ...[
    '<<A ',
    "<<'A' ",
    '$(<<A\n',
    '`$(',
    '"`',
    '$(case x in x) ',
    'case x in x) ',
    'if ',
    'while ',
    'for x in a; do ',
    'f() { ',
  ],
  ...[
    'coproc ',
    '! ',
    'time ',
    "'",
    '"',
    "$'",
    '\\',
    '#',
    '~',
    'x[',
    '{1..1000}',
    '$(a)',
    'a;',
    'a|',
    'a&&',
    'a\n',
    'sudo ',
    'eval ',
  ],
];

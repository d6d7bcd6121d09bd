// The real shell is the oracle: what bash accepts, which stubs it runs, and which argv they get.
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { WordNode, WordPart } from '../../../src/core/model/script.ts';
import { parseScript } from '../../../src/core/parse/parse.ts';
import { holes } from './holes.ts';
import { namesOf } from './show.ts';
import { disagreements, snippets } from './snippets.ts';

const bash = '/bin/bash';
let box = '';

beforeAll(() => {
  box = mkdtempSync(join(tmpdir(), 'guard-parse-'));
  mkdirSync(join(box, 'bin'));
  mkdirSync(join(box, 'work'));
  for (let stub = 1; stub <= 9; stub++) {
    writeFileSync(join(box, 'bin', `c${stub}`), `#!/bin/sh\necho c${stub} >> "$LOG"\n`, { mode: 0o755 });
  }
});
afterAll(() => rmSync(box, { recursive: true, force: true }));

let runs = 0;

/** The stubs that bash runs for a text. Nothing else is on its PATH. Descriptor 9 tells when the last child is gone. */
function stubsRun(source: string): readonly string[] {
  const log = join(box, `log-${runs++}`);
  writeFileSync(log, '');
  const closed = 'ignore';
  spawnSync(bash, ['--norc', '-c', source], {
    cwd: join(box, 'work'),
    env: { PATH: join(box, 'bin'), LOG: log },
    input: '',
    stdio: ['pipe', closed, closed, closed, closed, closed, closed, closed, closed, 'pipe'],
    timeout: 3_000,
  });
  return [...new Set(readFileSync(log, 'utf8').split('\n').filter(Boolean))];
}

/** Stubs that ran although guard said that it had read the text and shows no such command. */
function missed(source: string): readonly string[] {
  const ran = stubsRun(source);
  const found = possibleNames(source);
  return found === 'any' ? [] : ran.filter((stub) => !found.has(stub));
}

/** The commands that guard shows for a text; any, where it says that it does not know. */
function possibleNames(source: string): ReadonlySet<string> | 'any' {
  const script = parseScript(source);
  const names = new Set(namesOf(script));
  if (!script.complete || names.has('*')) return 'any';
  for (const { text } of script.unexplained) {
    const hidden = possibleNames(text);
    if (hidden === 'any') return 'any';
    for (const name of hidden) names.add(name);
  }
  return names;
}

/** Builtins that run a text they are given: which text that is, is not the parser's business. */
const runsText = /\b(?:eval|exec c1|trap|alias)\b/;

describe('bash accepts what guard accepts', () => {
  test.each(snippets.map(([source, , state]) => [source, state === undefined] as const))('%j', (source, isComplete) => {
    const isAccepted = spawnSync(bash, ['-n', '-c', source]).status === 0;
    expect(isAccepted === isComplete).toBe(!disagreements.has(source));
  });
});

describe('every command that bash runs is shown', () => {
  const sources = snippets.map(([source]) => source).filter((source) => !runsText.test(source));
  test.each(sources)('%j', (source) => {
    expect(missed(source)).toEqual([]);
  });
  test.each(holes)('%j', (source) => {
    expect(stubsRun(source)).toContain('c2');
    expect(missed(source)).toEqual([]);
  });
});

describe('every command that bash runs is shown for mutated texts too', () => {
  // Texts that could run without end, or more processes than the test should start, are left out.
  const isTame = (source: string) =>
    !/\b(?:eval|exec|trap|alias|function|while|until|coproc)\b|\(\)|@P|\//.test(source);
  const seeds = [...snippets.map(([source]) => source), ...holes].filter(isTame);
  const tokens = [
    ...['$(c3)', '`c3`', '<(c3)', '>(c3)', "'$(c3)'", '"$(c3)"', '\\`c3\\`', "'", '"', '\\', '\\\n', '#', ' ', '\n'],
    ...['$', '{', '}', '(', ')', '((', '))', '$((', '$[', '[', ']', '${x:-', '${x', '<<E\n', '\nE\n', "$'", '$"', ';'],
    ...[
      '|',
      '&&',
      'case x in ',
      'x) ',
      'esac',
      'if ',
      'then ',
      'fi',
      'x=',
      'x[',
      ']=',
      'x=(',
      'a',
      '1',
      ',',
      '..',
      '!',
    ],
    ...['*', '@(', '2', '~', '[[ ', ' ]]', '=~', '<', '>', '{a,', 'time ', 'for x in ', 'do ', 'done', 'let '],
  ];
  const splice = fc.record({ at: fc.nat(1_000), drop: fc.nat(3), text: fc.constantFrom(...tokens, ...seeds) });
  const mutated = fc
    .tuple(fc.constantFrom(...seeds), fc.array(splice, { minLength: 1, maxLength: 3 }))
    .map(([seed, splices]) =>
      splices.reduce((source, { at, drop, text }) => {
        const place = at % (source.length + 1);
        return source.slice(0, place) + text + source.slice(place + drop);
      }, seed),
    )
    .filter(isTame);

  test('in a sample', () => {
    fc.assert(
      fc.property(mutated, (source) => {
        expect(missed(source)).toEqual([]);
      }),
      { numRuns: 250, seed: 20_260_424 },
    );
  });
});

describe('words have the text that bash gives to the command', () => {
  const words: readonly string[] = [
    'orders acme-prod',
    '\'a b\' "c d" e\\ f',
    '"" \'\' x',
    "a\"b\"'c'$'d'e",
    '"a\\$b \\"c\\" \\\\ \\`d\\` \\n \\x"',
    '"it\'s" \'say "hi"\'',
    "$'tab\\tnew\\nline \\x41 \\101 \\u00e9 \\' \\\" \\\\ \\e \\cA'",
    'a\\\nb "c\\\nd" \'e\\\nf\'',
    '\\* \\? \\[ \\~ \\{a,b\\} \\# \\&',
    '"*" \'?\' "[a]"',
    '{a,b} x{1,2}y {,a}z {a,}',
    '{1..3} {3..1} {a..e..2} {e..a..2} {01..10..4} {-2..2..2} {1..3..0}',
    '{a,{b,c}}d {{a,b},c} {a,b}{c,d}',
    '{a} {} {a,b { a} {a..} {1..b} {a,b\\}',
    '{"a b",\'c,d\',e\\,f}',
    'x={a,b} -{a,b}= {a,b}.{ts,js}',
    'a{b{c,d} {a,b}}',
    'key=value --key=value @x %y ^z +1 a:b,c',
    'a#b a~ é 日本',
    '$"plain" "a"$\'\\t\'"b"',
    '{a..c} {Z..X} {1..10..3} {10..1..-3} {+1..3}',
  ];
  test.each(words)('%j', (text) => {
    const printed = execFileSync(bash, ['--norc', '-c', `printf '%s\\0' ${text}`], {
      cwd: box,
      stdio: ['ignore', 'pipe', 'ignore'],
      env: { LC_ALL: 'C.UTF-8' },
    });
    const command = parseScript(`printf ${text}`).statements[0]?.command;
    const nodes = command?.type === 'simple' ? command.words.slice(1) : [];
    const values = nodes.flatMap((own) => (own.type === 'word' ? valuesOf(own) : []));
    expect(values).toEqual(printed.toString('utf8').split('\0').slice(0, -1));
  });
});

/** A static word's values: more than one where braces expand. An unquoted word that is empty then is none. */
function valuesOf(word: WordNode): readonly string[] {
  const values = word.parts.reduce<string[]>(
    (heads, part) => heads.flatMap((head) => partValues(part).map((tail) => head + tail)),
    [''],
  );
  return word.parts.some((part) => part.type === 'brace') ? values.filter(Boolean) : values;
}

function partValues(part: WordPart): readonly string[] {
  if (part.type === 'brace') return (part.alternatives ?? []).flatMap(alternativeValues);
  if (part.type === 'double') return [part.parts.map((own) => partValues(own)[0] ?? '').join('')];
  return 'value' in part ? [part.value] : [];
}

const alternativeValues = (word: WordNode): readonly string[] => (word.parts.length === 0 ? [''] : valuesOf(word));

// Whole scripts: what the tree shows, and that problems are never lost.
// biome-ignore-all lint/suspicious/noTemplateCurlyInString: shell text, not JavaScript templates
import { describe, expect, test } from '@jest/globals';
import type { SimpleNode } from '../../../src/core/model/script.ts';
import { parseScript } from '../../../src/core/parse/parse.ts';
import { commandsOf } from './show.ts';
import { snippets } from './snippets.ts';

/** The first command of a text, which must be a simple one. */
function simpleOf(source: string): SimpleNode {
  const command = parseScript(source).statements[0]?.command;
  if (command?.type !== 'simple') throw new Error(`not a simple command: ${source}`);
  return command;
}

describe('the tree shows every command', () => {
  test.each(snippets.map(([source, commands, state]) => [source, commands, state === undefined] as const))(
    '%j',
    (source, commands, isComplete) => {
      const script = parseScript(source);
      expect(commandsOf(script)).toEqual(commands);
      expect(script.complete).toBe(isComplete);
      expect(script.problems.length === 0).toBe(isComplete);
      expect(script.unexplained).toEqual([]);
    },
  );

  test('no snippet stands twice in the table', () => {
    expect(new Set(snippets.map(([source]) => source)).size).toBe(snippets.length);
  });
});

describe('problems', () => {
  const nested: readonly string[] = [
    'git log $(if)',
    'git log "$(if)"',
    'git log `if`',
    'git log `ls \\`if\\``',
    'git log <(if)',
    'git log ${branch:-$(if)}',
    'git log ${branch/$(if)/x}',
    'git log ${refs[$(if)]}',
    'git log $((1 + $(if)))',
    'branch=$(if)',
    'branches=(main $(if))',
    'branches[$(if)]=main',
    'cat <<E\n$(if)\nE',
    'cat <<< $(if)',
    'cat < $(if)',
    '[[ $(if) ]]',
    '(( $(if) ))',
    'for ((i = $(if); ; )); do ls; done',
    'case $(if) in main) ls ;; esac',
    'case main in $(if)) ls ;; esac',
    'for branch in $(if); do ls; done',
    'ls @(a|$(if))',
    'ls [$(if)]',
    'ls {a,$(if)}',
    'deploy() { ls $(if); }',
    'ls $(echo $(echo $(if)))',
  ];
  test.each(nested)('of a nested script are the whole script’s: %j', (source) => {
    const script = parseScript(source);
    expect(script.complete).toBe(false);
    expect(script.problems.length).toBeGreaterThan(0);
  });

  test('stand where they are in the text that was given', () => {
    const source = 'git log; git show $(git rev-parse $(git tag | ))';
    expect(parseScript(source).problems[0]?.at).toBe(source.indexOf('|') + 1);
  });

  test('of a decoded text stand where its backtick does', () => {
    const source = 'git show `git log \\`git tag | \\``';
    expect(parseScript(source).problems[0]?.at).toBe(source.indexOf('`'));
  });

  test('NUL bytes are dropped as bash drops them, and said', () => {
    const script = parseScript('r\0m -rf build');
    expect(commandsOf(script)).toEqual(['rm -rf build']);
    expect(script.complete).toBe(false);
  });
});

describe('spans', () => {
  test('count in the text of the script that owns them', () => {
    const source = 'git status; git push "$(git remote)" main';
    const script = parseScript(source);
    const last = script.statements[1]?.command;
    if (last?.type !== 'simple') throw new Error('not a simple command');
    expect(source.slice(last.span.start, last.span.end)).toBe('git push "$(git remote)" main');
    const part = last.words[2]?.type === 'word' ? last.words[2].parts[0] : undefined;
    const nested = part?.type === 'double' && part.parts[0]?.type === 'command' ? part.parts[0].script : undefined;
    const command = nested?.statements[0]?.command;
    expect(nested?.source).toBe('git remote');
    expect(command?.type === 'simple' ? command.span : undefined).toEqual({ start: 0, end: 10 });
  });

  test('of a text with escaped backticks count in the decoded text', () => {
    const word = simpleOf('echo `git show \\`git tag\\``').words[1];
    const part = word?.type === 'word' ? word.parts[0] : undefined;
    const nested = part?.type === 'command' ? part.script : undefined;
    expect(nested?.source).toBe('git show `git tag`');
    expect(nested?.statements[0]?.command).toMatchObject({ span: { start: 0, end: 18 } });
  });
});

describe('what later stages rely on', () => {
  test('a negated pipeline says so, a doubly negated one does not', () => {
    expect(parseScript('! git diff --quiet').statements[0]?.command).toMatchObject({ negated: true });
    expect(parseScript('! ! git diff').statements[0]?.command).toMatchObject({ negated: false });
  });
  test('background jobs are marked', () => {
    expect(parseScript('npm start & npm test').statements.map((own) => own.background)).toEqual([true, false]);
  });
  test('a tilde that is quoted or escaped is no literal', () => {
    const types = simpleOf('ls ~/a \\~/a "~" \'~\'').words.map((own) => own.type === 'word' && own.parts[0]?.type);
    expect(types).toEqual(['literal', 'literal', 'quoted', 'double', 'quoted']);
  });
  test('`>&file` writes a file, `>&2` does not', () => {
    expect(simpleOf('make >&build.log').redirections).toMatchObject([{ type: 'file', operator: '&>' }]);
    expect(simpleOf('make >&2').redirections).toMatchObject([{ type: 'duplicate', operator: '>&' }]);
  });
  test('a range with more than 1,000 values is not listed', () => {
    const counts = simpleOf('touch {1..1000} {1..1001}').words.map((own) => {
      const part = own.type === 'word' ? own.parts[0] : undefined;
      return part?.type === 'brace' ? (part.alternatives?.length ?? 'unknown') : undefined;
    });
    expect(counts).toEqual([undefined, 1000, 'unknown']);
  });
});

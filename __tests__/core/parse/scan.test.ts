// The second reading: code that only the raw text shows is found, and ordinary text is left alone.
// biome-ignore-all lint/suspicious/noTemplateCurlyInString: shell text, not JavaScript templates
import { describe, expect, test } from '@jest/globals';
import { parseScript } from '../../../src/core/parse/parse.ts';
import { hidden } from './holes.ts';

const found = (source: string): readonly string[] =>
  parseScript(source).unexplained.map(({ opener, text }) => `${opener}${text}`);

const ordinary: readonly string[] = [
  "awk '{ print $(NF-1) }' access.log",
  "sed 's/`//g; s/$(x)//' README.md",
  "echo $'`x` $(x)'",
  'echo \\`date\\` \\$\\(date\\)',
  'echo "\\`date\\` \\$(date) <(date) >(date)"',
  'grep -E "^<(b|i)>(.*)</" index.html',
  "cat <<'EOF'\nrun `make` or $(make) or <(make)\nEOF",
  'cat <<EOF\nrun \\`make\\` or \\$(make) or <(make) or >(make)\nEOF',
  'cat <<EOF\n```sh\nmake\n```\nEOF',
  'cat <<EOF\n\\`\\`\\`sh\nmake $(nproc)\n\\`\\`\\`\nEOF',
  'make # then `make install` or $(make install)',
  '# $(make)\nmake',
  'make # `x`\nmake test # $(y)',
  'files=(a.c # `x`\n b.c # $(y)\n)',
  'x=$(make # `x` $(y)\n)',
  'case $x in a) make ;; # $(x)\nesac',
  'if true; then # `x`\n make\nfi # $(y)',
  'echo $((1<(2))) $(( (1) >(0) ))',
  '((i<(10))) && make',
  'for ((i=0; i<(10); i++)); do make; done',
  'echo "$(date)" `date` $(date `date`) <(date) >(date)',
  'echo "a $(echo "b $(echo \'c $(d)\')")"',
  'echo `echo \\`echo \\\\\\`date\\\\\\`\\``',
  "echo `echo '$(date)'`",
  'echo "${x:-`date`}" ${x:-$(date)} ${x:-\'$(date)\'}',
  "export PS1='$(git branch)'",
  "alias now='echo $(date)'",
  'python3 -c \'print(f"$(x)")\'',
  "psql -c 'select `a` from t'",
  "printf '%s' '$(x)' '`y`'",
  '[[ $x =~ ^\\$\\(.*\\)$ ]]',
  "bash -c 'for f in $(ls); do echo `date`; done'",
];

describe('code that the tree does not show', () => {
  test.each(hidden)('is found in %j', (source, code) => {
    expect(found(source)).toContain(code);
  });

  test('says where it stands', () => {
    const source = 'git log 2>(tee log)';
    expect(parseScript(source).unexplained).toEqual([{ opener: '>(', text: 'tee log', at: source.indexOf('>(') }]);
  });

  test('in a decoded text stands where the backtick does', () => {
    const source = 'git log `git tag \\`date\\` 2>(tee log)`';
    expect(parseScript(source).unexplained.map(({ at }) => at)).toEqual([source.indexOf('`')]);
  });

  test('without a closer runs to the end', () => {
    expect(found("(('`c2 '))")).toEqual(["`c2 '))"]);
  });

  test('in too many places makes the script incomplete', () => {
    const script = parseScript('make 2>(tee log)\n'.repeat(60));
    expect(script.complete).toBe(false);
  });
});

describe('ordinary text raises nothing', () => {
  test.each(ordinary)('%j', (source) => {
    expect(parseScript(source).complete).toBe(true);
    expect(found(source)).toEqual([]);
  });
});

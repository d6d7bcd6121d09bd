// What awk programs would do, as their reader sees it.
import { describe, expect, test } from '@jest/globals';
import { reader } from '../../../../../src/core/payloads/code/awk/reader.ts';
import { linesOf } from '../lines.ts';

const effectsOf = linesOf(reader);
type Case = readonly [code: string, effects: readonly string[]];

const groups: Readonly<Record<string, readonly Case[]>> = {
  commands: [
    ['BEGIN { system("rm -rf /srv/orders") }', ['shell rm -rf /srv/orders']],
    ['BEGIN { system("rm\\x20-rf\\040/srv") }', ['shell rm -rf /srv']],
    ['{ system("rm " $1) }', ['shell rm …']],
    ['{ system($0) }', ['shell …']],
    ['BEGIN { c = "rm"; c = c " -rf"; system(c " /srv") }', ['shell rm -rf /srv']],
    ['{ "date " $1 | getline d; print d }', ['shell date …']],
    ['{ print "rm " $1 | "sh" }', ['shell sh < rm …']],
    ['{ printf "rm %s\\n", $1 | "sh" }', ['shell sh < rm …\n']],
    ['{ while (("ls " d) | getline f > 0) n++ }', ['shell ls ']],
    ['function wipe(d) { system("rm -rf " d) } END { wipe("/srv") }', ['shell rm -rf /srv']],
    ['BEGIN { n = split("a b", p); for (i in p) system("rm " p[i]) }', ['shell rm a', 'shell rm b', 'shell rm …']],
    ['{ print | "sort -k1" }', ['shell sort -k1 < …']],
    ['BEGIN { system("rm " ENVIRON["HOME"]) }', ['shell rm /home/ann']],
    ['$1 ~ /a\\/b/ { x = $2 / 2; system("a") }', ['shell a']],
    ['{ if ($1 > 2) system("a"); else system("b") }', ['shell a', 'shell b']],
  ],
  files: [
    ['{ print $1 > "/etc/hosts" }', ['write /etc/hosts']],
    ['{ print $1, $2 >> "log.txt" }', ['append log.txt']],
    ['{ print > ($1 ".csv") }', ['write ….csv']],
    ['BEGIN { printf "" > "/etc/hosts" }', ['truncate /etc/hosts']],
    ['{ print "x" > "/dev/stderr" }', []],
  ],
  'ordinary work': [
    ['{ print $1 }', []],
    ['$3 > 100 && /orders/ { n++ } END { print n / NR }', []],
    ['BEGIN { FS = ","; OFS = "\\t" } NR > 1 { a[$1] += $2 } END { for (k in a) print k, a[k] }', []],
    ['{ print "system(\\"rm\\")" } # system("rm")', []],
    ['function wipe() { system("rm") }', []],
    ['/start/,/end/ { gsub(/a|b/, "c"); print length, $NF }', []],
    ['!seen[$0]++', []],
    ['{ x = (a > b) ? "c" : "d"; print x }', []],
    ['{{{{', []],
  ],
};

describe.each(Object.entries(groups))('%s', (_group, cases) => {
  test.each(cases)('%s', (code, expected) => expect(effectsOf(code)).toEqual(expected));
});

test('variables and libraries of the command line', () => {
  const files = { '/srv/acme/shop/lib.awk': 'function wipe(d) { system("rm -rf " d) }' };
  const args = ['-f', 'lib.awk', 'dir=/srv', 'orders.csv'];
  expect(effectsOf('{ wipe(dir) }', { args, files })).toEqual(['shell rm -rf /srv']);
});

test('what nests too deeply is said so', () => {
  expect(effectsOf(`{ x = ${'('.repeat(5_000)}`)).toEqual(['opaque']);
});

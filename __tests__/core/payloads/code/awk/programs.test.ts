// Whole awk programs by all shipped rules: ordinary ones run, and of destructive ones the right lines are held.
import { describe, expect, test } from '@jest/globals';
import { held } from '../held.ts';

const files = {
  '/srv/orders/orders.csv': 'id,total\n1,20\n',
  '/srv/orders/access.log': '10.0.0.1 GET /\n',
  '/srv/shop/uploads/a.pdf': 'a',
};

describe('ordinary one-liners run', () => {
  test.each([
    `awk '{ print $NF }' access.log | sort | uniq -c | sort -rn | head`,
    `awk -F: '$3 >= 1000 && $7 !~ /nologin/ { printf "%s\\t%s\\n", $1, $6 }' /etc/passwd`,
    `awk 'NR==FNR { seen[$1]; next } !($1 in seen)' orders.csv access.log`,
    `awk 'BEGIN { FS = OFS = "," } NR > 1 { $3 = sprintf("%.2f", $3); print > "rounded.csv" }' orders.csv`,
    `awk '/^func/ { f = $2; sub(/\\(.*/, "", f) } /rm -rf/ { print FILENAME ":" FNR ": " f }' scripts/*.sh`,
    `awk '{ print > ("/tmp/parts/" $1 ".csv") }' orders.csv`,
    `awk '{ print $0 > $1 ".txt" }' orders.csv`,
    `awk 'BEGIN { "date +%F" | getline today; close("date +%F"); print today }'`,
    `awk 'BEGIN { while (("git log --oneline -5" | getline line) > 0) n++; print n }'`,
    `awk -v RS= -v ORS='\\n\\n' '/DROP TABLE/' schema.sql`,
    `awk '{ gsub(/[ \\t]+$/, "") } 1' README.md > /tmp/README.md`,
    `ps aux | awk '/node/ && !/awk/ { s += $6 } END { print s/1024 " MB" }'`,
    `df -h | awk '$5+0 > 80 { print $6, $5 | "column -t" }'`,
    `awk 'function max(a, b) { return a > b ? a : b } { m = max(m, $2) } END { print m }' orders.csv`,
    `gawk -i inplace '{ sub(/v1/, "v2") } 1' src/orders.ts`,
    `awk '{ system("test -e " $1) || missing++ } END { print missing }' files.txt`,
    `awk 'END { print NR }' orders.csv | xargs -I{} awk -v n={} 'BEGIN { print n / 2 }'`,
  ])('%s', async (command) => expect(await held(command, files)).toBe('run'));
});

describe('file names that others fill in run', () => {
  test.each([
    `find . -name '*.csv' -exec awk -F, '{ s += $2 } END { print "{}", s }' {} \\;`,
    `ls *.csv | xargs -I{} awk 'END { print "{}: " NR }' {}`,
    `ls *.csv | xargs -I{} awk -F, 'NR > 1 { print > "/tmp/{}.part" }' {}`,
    `parallel "awk '{ print \\$1 }' {} > {.}.ids" ::: orders.csv`,
    `parallel awk -F, "'{ n++ } END { print \\"{}\\", n }'" {} ::: orders.csv access.log`,
    `find logs -name '*.log' | parallel "awk '/ERROR/ { n++ } END { print \\"{/}\\", n }' {}"`,
    `find src -name '*.pl' -exec perl -ne 'print "{}: $_" if /TODO/' {} \\;`,
    `ls *.txt | xargs -I{} perl -e 'open my $f, "<", "{}" or die; print scalar(() = <$f>), "\\n"'`,
    `ls *.txt | xargs -I % perl -i -pe 's/old/new/' %`,
    `ls *.json | xargs -I{} ruby -rjson -e 'puts JSON.parse(File.read("{}"))["id"]'`,
    `ls *.json | xargs -I{} php -r 'echo json_decode(file_get_contents("{}"))->id, PHP_EOL;'`,
    `cat ids.txt | xargs -I{} perl -e 'print "{}" * 2, "\\n"'`,
  ])('%s', async (command) => expect(await held(command, files)).toBe('run'));
});

describe('file names that others fill in are followed', () => {
  test.each([
    `find /srv/shop -name '*.pdf' -exec perl -e 'unlink "{}"' \\;`,
    `ls /srv/shop | xargs -I{} awk 'BEGIN { system("rm -rf /srv/shop/{}") }'`,
    `parallel "awk 'BEGIN { system(\\"rm -rf {}\\") }'" ::: /srv/shop /srv/orders/src`,
    `find /srv/shop -type f | xargs -I{} ruby -e 'File.delete("{}")'`,
    `echo /srv/shop | xargs -I{} perl -MFile::Path -e 'rmtree("{}")'`,
    `find /srv/shop -type f -exec php -r 'unlink("{}");' \\;`,
  ])('%s', async (command) => expect(await held(command, files)).not.toBe('run'));
});

describe('ordinary programs run', () => {
  test.each([
    [
      'a report with functions and arrays',
      `#!/usr/bin/awk -f
# Totals per customer; system("rm -rf /") in a comment is nothing.
BEGIN { FS = ","; OFS = "\\t" }
function pad(text, width,    i, out) {
  out = text
  for (i = length(text); i < width; i++) out = out " "
  return out
}
NR == 1 { for (i = 1; i <= NF; i++) column[$i] = i; next }
{ total[$column["customer"]] += $column["total"]; count++ }
END {
  for (name in total) print pad(name, 20), total[name] | "sort -k2nr"
  close("sort -k2nr")
  if (count == 0) { print "nothing" > "/dev/stderr"; exit 1 }
}
`,
    ],
    [
      'splitting a file into parts',
      `/^-- table / { if (out) close(out); out = "build/" $3 ".sql"; printf "" > out }
out { print >> out }
`,
    ],
    [
      'a state machine over markdown',
      `/^\`\`\`/ { inside = !inside; next }
inside && /rm -rf|DROP TABLE/ { print FILENAME, FNR, $0; bad++ }
END { exit bad > 0 }
`,
    ],
    [
      'runs a linter for each name',
      `{ cmd = "shellcheck -f gcc " $1; while ((cmd | getline line) > 0) print line; close(cmd) }\n`,
    ],
    ['makes folders', `{ system("mkdir -p build/" $1); printf "%s\\n", $2 > ("build/" $1 "/total") }\n`],
  ])('%s', async (_what, program) =>
    expect(await held('awk -f job.awk orders.csv', { ...files, '/srv/orders/job.awk': program })).toBe('run'),
  );
});

describe('destructive programs are held', () => {
  test.each([
    ['2', `BEGIN { dir = "/srv/shop" }\n$2 < 10 { system("rm -rf " dir "/" $1) }\n`],
    [
      '3',
      `function drop(name) {\n  cmd = "psql -h db.acme.com shop -c 'DROP TABLE " name "'"\n  system(cmd)\n}\n{ drop($1) }\n`,
    ],
    ['1', `{ print "rm -rf /srv/shop/" $1 | "bash" }\n`],
    ['2', `BEGIN { sh = "/bin/sh" }\n{ printf "rm -rf /srv/shop/%s\\n", $1 | sh }\nEND { close(sh) }\n`],
    ['1', `BEGIN { "curl -s -X DELETE https://api.acme.com/v1/volumes/7" | getline out; print out }\n`],
    ['2', `BEGIN {\n  printf "" > "/etc/hosts"\n}\n`],
    ['3', `END {\n  if (n == 0)\n    system("git push --force origin main")\n}\n`],
    [
      '2',
      `{ ids[$1] }\nEND { for (id in ids) system("aws rds delete-db-instance --skip-final-snapshot --db-instance-identifier " id) }\n`,
    ],
    ['2', `BEGIN { cmd = sprintf("rm -r%s %s", "f", "/srv/shop/uploads")\nsystem(cmd) }\n`],
    ['1', `BEGIN { while (("find /srv/shop -type f -delete -print" | getline f) > 0) n++ }\n`],
    [
      '4',
      `BEGIN {\n  split("uploads exports", parts, " ")\n  for (i = 1; i <= 2; i++)\n    system("rm -rf /srv/shop/" parts[i])\n}\n`,
    ],
    ['1', `{ system("kubectl delete namespace " $1 " --context acme-prod") }\n`],
  ])('line %s of %s', async (lines, program) =>
    expect(await held('awk -f job.awk orders.csv', { ...files, '/srv/orders/job.awk': program })).toBe(lines),
  );
});

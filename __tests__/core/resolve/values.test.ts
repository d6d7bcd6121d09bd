// Values: what builtins, descriptors and filters make of texts that are known. c1 to c9 are programs that run nothing.
// biome-ignore-all lint/suspicious/noTemplateCurlyInString: shell text, not JavaScript templates
import { describe, expect, test } from '@jest/globals';
import { folder, resolved, stubs } from './listing.ts';

type Case = readonly [command: string, invocations: readonly string[]];

const groups: Readonly<Record<string, readonly Case[]>> = {
  'read and mapfile': [
    ['read x <<< acme-prod; c1 $x', ['c1 acme-prod']],
    ["read -r a b <<< 'c1 eu west'; $a $b", ['c1 eu west']],
    ['read x y <<< one; c1 "$x" "$y"', ['c1 one ""']],
    ["IFS=: read -r user _ id <<< 'ada:x:1000'; c1 $user $id", ['c1 ada 1000']],
    ["read -ra list <<< 'a b c'; c1 ${list[1]} ${list[-1]}", ['c1 b c']],
    ["{ read a; read b; } <<< $'one\\ntwo'; c1 $a $b", ['c1 one two']],
    ["while read -r line; do c1 $line; done <<< $'a\\nb'", ['c1 a', 'c1 b']],
    ["printf 'a 1\\nb 2\\n' | while read -r n v; do c1 $n=$v; done", ['c1 a=1', 'c1 b=2']],
    ['while read -r line; do c1 $line; done < <(echo orders)', ['c1 orders']],
    ['while read -r line; do c1 $line; done < list.txt', ['c1 …']],
    ["mapfile -t rows <<< $'a\\nb'; c1 ${rows[0]} ${rows[1]}", ['c1 a b']],
    ["readarray -t rows < <(printf 'a\\nb\\n'); c1 ${rows[@]}", ['c1 a b']],
    ['mapfile -t rows < list.txt; c1 ${rows[0]}', ['c1 …']],
    ['echo a | read x; c1 "$x"', ['c1 ""']],
    ['shopt -s lastpipe; echo a | read x; c1 $x', ['c1 a']],
  ],
  descriptors: [
    ["exec 3<<< 'c1 a'; read -u 3 x; $x", ['c1 a']],
    ["exec {fd}<<< 'c1 a'; read -u $fd x; $x", ['c1 a']],
    ["exec 3<<< 'c1 a'; . /dev/fd/3", ['c1 a']],
    ["exec 4<<< 'c1 a'; bash <&4", ['c1 a']],
    ["exec {fd}> >(bash); echo 'c1 a' >&$fd", ['c1 a']],
    ["echo 'c1 a' > >(sh)", ['c1 a']],
    ["echo 'c1 a' | tee >(sh) > /dev/null", ['c1 a']],
    ['exec 3> out.log; echo done >&3', []],
  ],
  'variables of other kinds': [
    ["declare -A plan=([drop]='c1 a'); ${plan[drop]}", ['c1 a']],
    ["plan[x]='c1 a'; ${plan[x]}", ['c1 a']],
    ['list+=(c1); list+=(a b); "${list[@]}"', ['c1 a b']],
    ['readonly x=a; x=b; c1 $x', ['c1 a']],
    ['x=PROD; c1 ${x,,} ${x,} ${x^^}', ['c1 prod pROD PROD']],
    ["printf -v x '%s-%s' acme prod; c1 $x", ['c1 acme-prod']],
    ['hash -p /opt/c1 ls; ls a', ['/opt/c1 a']],
    ['command_not_found_handle() { c1 a; }', ['c1 a']],
  ],
  'subscripts that run something': [
    ['echo ${a[$(c1)]} ${#a[$(c2)]} ${!a[$(c3)]}', ['c1', 'c2', 'c3']],
    ['echo ${PIPESTATUS[$(c1)]}', ['c1']],
  ],
  'texts on their way through a pipe': [
    ["printf '\\143\\61 a' | sh", ['c1 a']],
    ["printf '\\u0063\\u0031 a' | sh", ['c1 a']],
    ["echo 'a 1c' | rev | sh", ['c1 a']],
    ["echo 'p1 a' | tr p c | sh", ['c1 a']],
    ["echo 'C1 A' | tr '[:upper:]' '[:lower:]' | sh", ['c1 a']],
    ["echo 'x:c1 a' | cut -d: -f2 | sh", ['c1 a']],
    ["printf 'c1 a\\nc2\\n' | head -n1 | sh", ['c1 a']],
    ["printf 'c1 a\\nc2 b\\n' | tail -1 | sh", ['c2 b']],
    ["echo 'XX a' | sed 's/XX/c1/' | sh", ['c1 a']],
    ["echo 'XX a' | sed 's/X*/c1/' | sh", []],
    ['echo 63312061 | xxd -r -p | sh', ['c1 a']],
    ['echo YzEgYQ== | openssl base64 -d | sh', ['c1 a']],
    ["echo 'Yz=E gYQ' | base64 -d | sh; c2", ['c2']],
  ],
  'what may be printed for a shell': [
    ['awk \'{ print "c1 " $1 }\' list | sh', ['c1 …']],
    ["sed 's/^/c1 /' list | bash", ['c1 …']],
    ["find . -printf 'c1 %p\\n' | sh", ['c1 …']],
    ['awk \'{ print "c1 " $1 }\' list | c2', ['c2']],
  ],
};

describe.each(Object.entries(groups))('%s', (_name, cases) => {
  test.each(cases)('%s', (command, invocations) => {
    expect(stubs(command)).toEqual(invocations);
  });
});

describe('loops that start jobs without end', () => {
  test.each([
    ['while true; do c1 & done', true],
    ['until false; do c1 & done', true],
    ['for ((;;)); do c1 & done', true],
    ['while ((1)); do (c1 &); done', true],
    ['while true; do c1 & wait; c2 & done', true],
    ['while true; do c1 & wait; done', false],
    ['while true; do c1 & sleep 5; done', false],
    ['while true; do c1; done', false],
    ['while c1; do c2 & done', false],
    ['while true; do c1 & if c2; then break; fi; done', false],
    ['for f in a b; do c1 $f & done; wait', false],
  ])('%s', (command, isEndless) => {
    expect(resolved(command).opaque.some(({ reason }) => reason === 'too-deep')).toBe(isEndless);
  });
});

describe('commands of a script have its lines in their origin', () => {
  const script = 'echo start\n# wait\nif true; then\n  sudo c1 a\nfi\nx=$(c2)\nfor f in a b; do\n  c3 $f\ndone\n';
  test.each([
    ['c1', 4],
    ['c2', 6],
    ['c3', 8],
  ])('%s', (name, line) => {
    const { invocations } = resolved('bash release.sh', { files: { [`${folder}/release.sh`]: script } });
    const call = invocations.find((each) => each.name === name);
    expect(call?.origin.find(({ kind }) => kind === 'script')).toMatchObject({ label: 'release.sh', line });
  });
});

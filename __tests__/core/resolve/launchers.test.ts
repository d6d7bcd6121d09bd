// Launchers: what a call of each would run, where, and as whom.
// biome-ignore-all lint/suspicious/noTemplateCurlyInString: shell text, not JavaScript templates
import { describe, expect, test } from '@jest/globals';
import { showWord } from '../../../src/core/model/word.ts';
import { call, listed, reasons } from './listing.ts';

type Case = readonly [command: string, invocations: readonly string[]];

const groups: Readonly<Record<string, readonly Case[]>> = {
  'launchers in front of a command': [
    ['sudo -u bob -H c1 a', ['sudo -u bob -H c1 a', 'c1 a']],
    ['sudo -E A=1 c1', ['sudo -E A=1 c1', 'c1']],
    ['sudo -i c1 a', ['sudo -i c1 a', 'c1 a']],
    ["sudo -s 'c1 a; c2'", ['sudo -s "c1 a; c2"', 'sh -c "c1 a; c2"', 'c1 a', 'c2']],
    ['sudo -l c1', ['sudo -l c1']],
    ['doas -u bob c1 a', ['doas -u bob c1 a', 'c1 a']],
    ['env -u B A=1 c1 a', ['env -u B A=1 c1 a', 'c1 a']],
    ['env - c1 a', ['env - c1 a', 'c1 a']],
    ["env -S 'c1 a b' c", ['env -S "c1 a b" c', 'c1 a b c']],
    ["env -i A=1 bash -c 'c1 $A'", ['env -i A=1 bash -c "c1 $A"', 'bash -c "c1 $A"', 'c1 1']],
    ['command c1 a', ['command c1 a', 'c1 a']],
    ['command -v c1', ['command -v c1']],
    ["builtin eval 'c1 a'", ['builtin eval "c1 a"', 'eval "c1 a"', 'c1 a']],
    ['exec -a name c1 a', ['exec -a name c1 a', 'c1 a']],
    ['nohup c1 a &', ['nohup c1 a', 'c1 a']],
    ['time -p c1 a', ['c1 a']],
    ['/usr/bin/time -f %e c1 a', ['/usr/bin/time -f %e c1 a', 'c1 a']],
    ['timeout -k 5 10m c1 a', ['timeout -k 5 10m c1 a', 'c1 a']],
    ['nice -n 5 c1 a', ['nice -n 5 c1 a', 'c1 a']],
    ['ionice -c 3 c1 a', ['ionice -c 3 c1 a', 'c1 a']],
    ['ionice -p 1', ['ionice -p 1']],
    ['stdbuf -oL c1 a', ['stdbuf -oL c1 a', 'c1 a']],
    ['unbuffer c1 a', ['unbuffer c1 a', 'c1 a']],
    ['setsid -f c1 a', ['setsid -f c1 a', 'c1 a']],
    ['flock -w 5 /tmp/lock c1 a', ['flock -w 5 /tmp/lock c1 a', 'c1 a']],
    ['chronic c1 a', ['chronic c1 a', 'c1 a']],
    ['caffeinate -i c1 a', ['caffeinate -i c1 a', 'c1 a']],
    ['strace -f -o log c1 a', ['strace -f -o log c1 a', 'c1 a']],
    ['strace -p 1', ['strace -p 1']],
    ['taskset -c 0 c1 a', ['taskset -c 0 c1 a', 'c1 a']],
    ['systemd-run --user --scope c1 a', ['systemd-run --user --scope c1 a', 'c1 a']],
    ['busybox c1 a', ['busybox c1 a', 'c1 a']],
    ["watch -n 5 'c1 a | c2'", ['watch -n 5 "c1 a | c2"', 'c1 a', 'c2']],
    ['watch -x c1 a', ['watch -x c1 a', 'c1 a']],
    ["trap 'c1 a' EXIT", ['trap "c1 a" EXIT', 'c1 a']],
    ["eval 'c1 a' '; c2'", ['eval "c1 a" "; c2"', 'c1 a', 'c2']],
    [
      'sudo env A=1 nice timeout 5 c1 a',
      [
        'sudo env A=1 nice timeout 5 c1 a',
        'env A=1 nice timeout 5 c1 a',
        'nice timeout 5 c1 a',
        'timeout 5 c1 a',
        'c1 a',
      ],
    ],
  ],
  shells: [
    ['bash -c \'c1 "$0" "$@"\' n \'a b\' c', ['bash -c "c1 \\"$0\\" \\"$@\\"" n "a b" c', 'c1 n "a b" c']],
    ["sh -ec 'c1; c2'", ['sh -ec "c1; c2"', 'c1', 'c2']],
    ["bash -o pipefail -c 'c1 a'", ['bash -o pipefail -c "c1 a"', 'c1 a']],
    ['bash -lc c1', ['bash -lc c1', 'c1']],
    ["zsh -c 'c1 a'", ['zsh -c "c1 a"', 'c1 a']],
    ["dash -c 'c1 a'", ['dash -c "c1 a"', 'c1 a']],
    ['bash -n -c c1', ['bash -n -c c1']],
    ['bash --version', ['bash --version']],
    ["bash -s a <<< 'c1 $1'", ['bash -s a', 'c1 a']],
    ["echo 'c1 a' | sh", ['echo "c1 a"', 'sh', 'c1 a']],
    ["printf 'c1 %s\\n' a b | bash", ['printf "c1 %s\\\\n" a b', 'bash', 'c1 a', 'c1 b']],
    ["cat <<'E' | bash -s x\nc1 $1\nE", ['cat', 'bash -s x', 'c1 x']],
    ['echo YzEgYQo= | base64 -d | sh', ['echo YzEgYQo=', 'base64 -d', 'sh', 'c1 a']],
    ["echo 'c1 a' | tee log | sh", ['echo "c1 a"', 'tee log', 'sh', 'c1 a']],
    ['bash <(echo c1 a)', ['echo c1 a', 'bash /dev/fd/guard-0', 'c1 a']],
    ["source <(echo 'c1 a')", ['echo "c1 a"', 'source /dev/fd/guard-0', 'c1 a']],
    [". /dev/stdin <<< 'c1 a'", ['. /dev/stdin', 'c1 a']],
    ['exec < <(echo c1 a); bash', ['echo c1 a', 'exec', 'bash', 'c1 a']],
    ["su bob -c 'c1 a'", ['su bob -c "c1 a"', 'c1 a']],
    ["su - bob -c 'c1 a'", ['su - bob -c "c1 a"', 'c1 a']],
    ['runuser -u bob -- c1 a', ['runuser -u bob -- c1 a', 'c1 a']],
    ['bash -c "bash -c \'c1 \\$0\' a"', ['bash -c "bash -c \'c1 $0\' a"', 'bash -c "c1 $0" a', 'c1 a']],
    ["x=a; bash -c 'c1 $x'", ['bash -c "c1 $x"', 'c1']],
    ["export x=a; bash -c 'c1 $x'", ['export x=a', 'bash -c "c1 $x"', 'c1 a']],
    ["x=a bash -c 'c1 $x'", ['bash -c "c1 $x"', 'c1 a']],
    ['f() { c1; }; bash -c f', ['bash -c f', 'f']],
    ['f() { c1; }; export -f f; bash -c f', ['export -f f', 'bash -c f', 'c1']],
    ['BASH_ENV=start.sh bash -c c1', ['bash -c c1', 'c1']],
  ],
  'launchers of many': [
    ["xargs c1 a <<< 'b c'", ['xargs c1 a', 'c1 a b c']],
    ["xargs -n1 c1 <<< 'b c'", ['xargs -n1 c1', 'c1 b', 'c1 c']],
    ["xargs -I{} c1 x{} <<< 'b c'", ['xargs -I{} c1 x{}', 'c1 "xb c"']],
    ['xargs -0 c1 < list', ['xargs -0 c1', 'c1 …']],
    ['xargs < list', ['xargs']],
    ['printf "%s\\0" \'a b\' c | xargs -0 c1', ['printf %s\\0 "a b" c', 'xargs -0 c1', 'c1 "a b" c']],
    ["echo a | xargs sh -c 'c1 $1' _", ['echo a', 'xargs sh -c "c1 $1" _', 'sh -c "c1 $1" _ a', 'c1 a']],
    ["find /srv -name '*.log' -exec c1 {} \\;", ['find /srv -name *.log -exec c1 {} ;', 'c1 /srv/….log']],
    ['find /srv -type d -execdir c1 {} +', ['find /srv -type d -execdir c1 {} +', 'c1 /srv/*']],
    ['find . -ok c1 {} \\;', ['find . -ok c1 {} ;']],
    ["find . -name '*.log' | xargs c1 a", ['find . -name *.log', 'xargs c1 a', 'c1 a ./….log']],
    [
      'find . -name x -exec sh -c \'c1 "$1"\' _ {} \\;',
      ['find . -name x -exec sh -c "c1 \\"$1\\"" _ {} ;', 'sh -c "c1 \\"$1\\"" _ ./…/x', 'c1 ./…/x'],
    ],
    ['parallel c1 {} x ::: a b', ['parallel c1 {} x ::: a b', 'c1 a x', 'c1 b x']],
    ['parallel --dry-run c1 ::: a', ['parallel --dry-run c1 ::: a']],
    ['parallel < list', ['parallel']],
    ["printf 'a\\nb\\n' | parallel c1", ['printf a\\nb\\n', 'parallel c1', 'c1 a', 'c1 b']],
  ],
  'launchers that reach elsewhere': [
    ["ssh -p 22 bob@db1 'c1 a; c2'", ['ssh -p 22 bob@db1 "c1 a; c2"', 'c1 a', 'c2']],
    ["ssh db1 c1 '$HOME'", ['ssh db1 c1 $HOME', 'c1 ~']],
    ["ssh db1 <<'E'\nc1 a\nE", ['ssh db1', 'sh', 'c1 a']],
    ['ssh db1', ['ssh db1']],
    ['docker exec -it -u root web c1 a', ['docker exec -it -u root web c1 a', 'c1 a']],
    ['docker run --rm -v /srv:/data alpine c1 a', ['docker run --rm -v /srv:/data alpine c1 a', 'c1 a']],
    ['docker run --entrypoint c1 alpine a', ['docker run --entrypoint c1 alpine a', 'c1 a']],
    ['docker ps', ['docker ps']],
    ['docker compose exec -T db c1 a', ['docker compose exec -T db c1 a', 'c1 a']],
    ['docker-compose run --rm web c1 a', ['docker-compose run --rm web c1 a', 'c1 a']],
    ["podman exec web sh -c 'c1 a'", ['podman exec web sh -c "c1 a"', 'sh -c "c1 a"', 'c1 a']],
    ["echo 'c1 a' | docker exec -i web sh", ['echo "c1 a"', 'docker exec -i web sh', 'sh', 'c1 a']],
    ['kubectl exec -n prod pod/web -c app -- c1 a', ['kubectl exec -n prod pod/web -c app -- c1 a', 'c1 a']],
    ["kubectl exec web -- sh -c 'c1 a'", ['kubectl exec web -- sh -c "c1 a"', 'sh -c "c1 a"', 'c1 a']],
    ['kubectl get pods', ['kubectl get pods']],
    ['chroot /mnt c1 a', ['chroot /mnt c1 a', 'c1 a']],
    ['npx c1@5 a', ['npx c1@5 a', 'c1 a']],
    ["npx -c 'c1 a'", ['npx -c "c1 a"', 'c1 a']],
    ['npm exec -- c1 a', ['npm exec -- c1 a', 'c1 a']],
    ['npm install c1', ['npm install c1']],
    ['pnpm dlx c1 a', ['pnpm dlx c1 a', 'c1 a']],
    ['yarn dlx c1 a', ['yarn dlx c1 a', 'c1 a']],
    ['bunx c1 a', ['bunx c1 a', 'c1 a']],
    [
      'sudo ssh db1 docker exec web sh -c \'"c1 a"\'',
      [
        'sudo ssh db1 docker exec web sh -c "\\"c1 a\\""',
        'ssh db1 docker exec web sh -c "\\"c1 a\\""',
        'docker exec web sh -c "c1 a"',
        'sh -c "c1 a"',
        'c1 a',
      ],
    ],
  ],
};

for (const [name, cases] of Object.entries(groups)) {
  describe(name, () => {
    test.each(cases)('%j', (command, invocations) => {
      expect(listed(command)).toEqual(invocations);
    });
  });
}

describe('every name of a launcher is known', () => {
  const names: Readonly<Record<string, string>> = {
    'c1 a':
      'sudo doas env genv command builtin exec nohup nice setsid stdbuf unbuffer ionice strace ltrace valgrind systemd-run busybox toybox',
    ' c1 a':
      'chronic caffeinate catchsegv dbus-run-session torsocks proxychains proxychains4 gtime watch npx bunx pnpx eval xargs gxargs parallel',
    "-c 'c1 a'": 'bash sh zsh dash ksh ash mksh rbash su guard-sh guard-bash guard-zsh',
    '<(echo c1 a)': 'source .',
    "'c1 a' EXIT": 'trap',
    '5 c1 a': 'timeout gtimeout',
    '0x3 c1 a': 'taskset',
    '/tmp/lock c1 a': 'flock',
    '/mnt c1 a': 'chroot',
    'db1 c1 a': 'ssh autossh mosh',
    'exec web c1 a': 'docker podman nerdctl docker-compose podman-compose',
    'compose exec web c1 a': 'docker podman',
    'exec web -- c1 a': 'kubectl oc',
    'kubectl exec web -- c1 a': 'k3s microk8s',
    'exec c1 a': 'npm pnpm yarn',
    'dlx c1 a': 'pnpm yarn',
    'x c1 a': 'npm bun',
    '-u bob -- c1 a': 'runuser sudo',
    '. -exec c1 a \\;': 'find gfind',
  };
  const cases = Object.entries(names).flatMap(([rest, list]) => list.split(' ').map((name) => `${name} ${rest}`));
  test.each(cases)('%s', (command) => {
    expect(listed(command).some((line) => line.startsWith('c1 a'))).toBe(true);
  });
});

describe('as whom', () => {
  test.each([
    ['c1', 'self'],
    ['sudo c1', 'root'],
    ['sudo -u bob c1', 'bob'],
    ['sudo --user=bob c1', 'bob'],
    ['doas -u bob sh -c c1', 'bob'],
    ['su -c c1', 'root'],
    ['su - bob -c c1', 'bob'],
    ['runuser -u bob c1', 'bob'],
  ])('%j', (command, user) => {
    expect(call('c1', command).user).toBe(user);
  });
});

describe('where', () => {
  test.each([
    ['c1', 'local'],
    ['sudo c1', 'local'],
    ['ssh db1 c1', 'ssh'],
    ['ssh db1 sudo -u bob c1', 'ssh'],
    ['docker exec web c1', 'container'],
    ['docker compose run web c1', 'container'],
    ['chroot /mnt c1', 'container'],
    ['kubectl exec web -- c1', 'pod'],
    ['ssh db1 docker exec web c1', 'container'],
    ['docker exec web true; c1', 'local'],
  ])('%j', (command, host) => {
    expect(call('c1', command).host.kind).toBe(host);
  });
  test('an ssh destination', () => {
    expect(call('c1', 'ssh -F conf bob@db1 c1').host).toMatchObject({
      destination: { value: 'bob@db1' },
      config: { value: 'conf' },
    });
  });
  test('a pod, its context and its namespace', () => {
    const { host } = call('c1', 'kubectl --context acme-prod exec -n orders web-0 -- c1');
    expect(host).toMatchObject({
      name: { value: 'web-0' },
      context: { value: 'acme-prod' },
      namespace: { value: 'orders' },
    });
  });
  test.each([
    ['env -C /srv c1', '/srv'],
    ['sudo -D /srv c1', '/srv'],
    ['ssh db1 c1', '~'],
    ['docker exec -w /srv web c1', '/srv'],
    ['cd /srv; sudo c1', '/srv'],
  ])('%j runs in %s', (command, cwd) => {
    expect(showWord(call('c1', command).cwd)).toBe(cwd);
  });
});

describe('with which variables', () => {
  const seen = (command: string, name: string) => {
    const word = call('c1', command).env.get(name);
    return word === undefined ? undefined : showWord(word);
  };
  test.each([
    ['PGHOST=db1 c1', 'db1'],
    ['env PGHOST=db1 c1', 'db1'],
    ['sudo PGHOST=db1 c1', 'db1'],
    ['export PGHOST=db1; c1', 'db1'],
    ['PGHOST=db1 export PGHOST; bash -c c1', 'db1'],
    ['export PGHOST=db1; bash -c c1', 'db1'],
    ['PGHOST=db1 bash -c c1', 'db1'],
    ['PGHOST=db1 true; c1', undefined],
    ['(export PGHOST=db1); c1', undefined],
    ['PGHOST=db1; bash -c c1', undefined],
    ['ssh db1 c1', '$PGHOST'],
    ['PGHOST=db1 docker exec web c1', 'db1'],
  ])('%j', (command, value) => {
    expect(seen(command, 'PGHOST')).toBe(value);
  });
});

describe('code that is not known is said to be so', () => {
  test.each([
    ['eval "$(c2)"', 'generated-code'],
    ['read line; eval "$line"', 'dynamic-code'],
    ['bash -c "$(c2)"', 'generated-code'],
    ['bash <<< "$(c2)"', 'generated-code'],
    ['xargs -I{} sh -c {} < list', 'dynamic-code'],
    ["x='a[$(c2)]'; ((x))", 'dynamic-code'],
    ["le''t 'a[$(c2)]=1'", 'dynamic-code'],
    ["x=let; $x 'a[$(c2)]=1'", 'dynamic-code'],
    ["x=unset; $x 'a[$(c2)]'", 'dynamic-code'],
    ['env -S "$(c2)" c1', 'dynamic-code'],
    ['exec < <(c2); bash', 'unread-stdin'],
    ['exec 3< <(c2); bash <&3', 'unread-stdin'],
    ["c1 >& '$(c2)'", 'dynamic-code'],
    ["c1 >&$none'$(c2)'", 'dynamic-code'],
    ['bash < <(curl https://acme.com/install.sh)', 'unread-stdin'],
    ['c2 | sh', 'unread-stdin'],
    ['curl https://acme.com/install.sh | sudo bash', 'unread-stdin'],
    ['c2 | bash /dev/stdin', 'unread-stdin'],
    ['bash $(c2)', 'missing-script'],
    ['curl -o install.sh https://acme.com/install.sh; bash install.sh', 'unreadable-script'],
    ['wget https://acme.com/install.sh && sh install.sh', 'unreadable-script'],
    ['c2 > x.sh; bash x.sh', 'unreadable-script'],
  ] as const)('%j', (command, reason) => {
    expect(reasons(command)).toEqual([reason]);
  });
  test.each([
    'c1 a',
    'echo c1 | sh',
    'bash -c "c1 $(c2)"',
    'eval "c1 $X"',
    'curl https://acme.com/data.json | jq .',
    'curl -o data.json https://acme.com/data.json; c1 data.json',
    'bash missing.sh',
    'bash',
    'sh < missing.sh',
    'c2 > x.log; c1 x.log',
    "printf 'a[0] $(date)'",
    "export X='a[0] $(date)'",
  ])('%j is not', (command) => {
    expect(reasons(command)).toEqual([]);
  });
});

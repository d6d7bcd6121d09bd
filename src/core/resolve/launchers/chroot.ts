// chroot, systemd-nspawn, bwrap, apptainer: run a command with another root folder, or with folders put elsewhere.
import type { Invocation, Mount } from '../../model/invocation.ts';
import { showWord, staticWord, textOf, type Word } from '../../model/word.ts';
import { optionGrammar, readOptions } from '../../programs/options.ts';
import type { Inner, Launcher } from '../launcher.ts';
import { bindMount } from '../mounts.ts';
import { absolutePath } from '../paths.ts';

const grammar = optionGrammar({ values: '--userspec --groups', stopAtPositional: true });

/** Source: chroot(1). Every path inside is below the new root. */
const chroot: Launcher = {
  names: ['chroot', 'arch-chroot'],
  unwrap(call) {
    const [root, ...words] = readOptions(call.args, grammar).positionals;
    if (root === undefined || words.length === 0) return [];
    return [rooted(call, words, `chroot ${showWord(root)}`, root, [])];
  },
};

/** Source: systemd-nspawn(1), bwrap(1), the user guide of Apptainer. */
const containers: Launcher = {
  names: ['systemd-nspawn', 'bwrap', 'apptainer', 'singularity'],
  unwrap(call) {
    const name = call.name ?? 'container';
    const spec = own[name];
    if (spec === undefined) return [];
    const isVerb = name === 'apptainer' || name === 'singularity';
    const [verb, ...rest] = isVerb ? call.args : [undefined, ...call.args];
    if (isVerb && textOf(verb) !== 'exec') return [];
    const { flags, positionals } = readOptions(rest as readonly Word[], spec);
    const words = name === 'bwrap' ? behindBwrap(call.args) : isVerb ? positionals.slice(1) : positionals;
    if (words.length === 0) return [];
    return [rooted(call, words, name, flags.get('-D'), bindings(rest as readonly Word[], call))];
  },
};

const own: Readonly<Record<string, ReturnType<typeof optionGrammar>>> = {
  'systemd-nspawn': optionGrammar({
    values:
      '-D --directory -i --image -M --machine -u --user --bind --bind-ro -E --setenv --chdir --property -p --network-veth-extra',
    aliases: '--directory=-D',
    stopAtPositional: true,
  }),
  apptainer: optionGrammar({
    values: '-B --bind -H --home --pwd -W --workdir --env --overlay -S',
    stopAtPositional: true,
  }),
  singularity: optionGrammar({
    values: '-B --bind -H --home --pwd -W --workdir --env --overlay -S',
    stopAtPositional: true,
  }),
  bwrap: optionGrammar({ stopAtPositional: true }),
};

/** Options of bwrap that take no word, and one; all others take two. */
const bwrapPlain =
  /^--(unshare-.+|share-net|new-session|die-with-parent|as-pid-1|clearenv|disable-userns|help|version)$/;
const bwrapOne =
  /^--(args|argv0|userns|userns2|pidns|uid|gid|hostname|chdir|unsetenv|lock-file|sync-fd|remount-ro|proc|dev|tmpfs|mqueue|dir|seccomp|add-seccomp-fd|exec-label|file-label|block-fd|info-fd|json-status-fd|cap-add|cap-drop|perms|size)$/;

function behindBwrap(args: readonly Word[]): readonly Word[] {
  let at = 0;
  while (at < args.length) {
    const text = textOf(args[at]) ?? '';
    if (!text.startsWith('--')) break;
    at += 1;
    if (text === '--') break;
    if (!bwrapPlain.test(text)) at += bwrapOne.test(text) ? 1 : 2;
  }
  return args.slice(at);
}

/** `--bind src dst` of bwrap, `-B src:dst` and `--bind=src:dst` of the others. */
function bindings(words: readonly Word[], call: Invocation): readonly Mount[] {
  return words.flatMap((word, at): readonly Mount[] => {
    const text = textOf(word) ?? '';
    const next = words[at + 1];
    if (call.name === 'bwrap') {
      const [source, target] = [textOf(next), textOf(words[at + 2])];
      const isBind = text === '--bind' || text === '--bind-try' || text === '--dev-bind';
      return isBind && source !== undefined && target !== undefined ? [{ source: staticWord(source), target }] : [];
    }
    const glued = /^--bind=(.+)$/.exec(text)?.[1];
    const spec = glued !== undefined ? staticWord(glued) : text === '-B' || text === '--bind' ? next : undefined;
    const mount = spec === undefined ? undefined : bindMount(spec, call.cwd);
    return mount === undefined ? [] : [mount];
  });
}

function rooted(
  call: Invocation,
  words: readonly Word[],
  label: string,
  root: Word | undefined,
  bound: readonly Mount[],
): Inner {
  const absolute = root === undefined ? undefined : absolutePath(root, call.cwd);
  const source = absolute === undefined ? root : staticWord(absolute);
  const points = [...bound, ...(source === undefined ? [] : [{ source, target: '/' }])];
  const host = { kind: 'container' as const, engine: call.name ?? 'chroot', name: root };
  return {
    kind: 'words',
    words,
    label,
    host: points.length === 0 ? host : { ...host, mounts: { folder: call.cwd, points } },
    cwd: staticWord('/'),
  };
}

export const launchers = [chroot, containers];

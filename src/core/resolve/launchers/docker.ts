// docker, podman: `exec` and `run` start a command inside a container, which may see folders of this machine.
import type { Host, Invocation, Mount } from '../../model/invocation.ts';
import { knownPrefix, textOf, type Word } from '../../model/word.ts';
import { optionGrammar, readOptions } from '../../programs/options.ts';
import { withoutPrefix } from '../assignments.ts';
import { composeInner } from '../compose.ts';
import type { Inner, Launcher } from '../launcher.ts';
import { bindMount, mountOption } from '../mounts.ts';

const globals = optionGrammar({
  values: '-c --context -H --host --config -l --log-level --tlscacert --tlscert --tlskey',
  stopAtPositional: true,
});
const run = optionGrammar({
  values:
    '-a --attach -c --cpu-shares --add-host --annotation --blkio-weight --cap-add --cap-drop --cgroup-parent --cgroupns --cidfile --cpus --cpuset-cpus --device -e --env --env-file --entrypoint --expose --gpus --group-add --health-cmd -h --hostname --ip --ipc --isolation -l --label --label-file --link --log-driver --log-opt -m --memory --memory-swap --mount --name --network --net --network-alias --pid --platform -p --publish --pull --restart --runtime --security-opt --shm-size --stop-signal --stop-timeout --storage-opt --sysctl --tmpfs --ulimit -u --user --userns --uts -v --volume --volume-driver --volumes-from -w --workdir',
  aliases: '--volume=-v --workdir=-w',
  stopAtPositional: true,
});

/** Source: docker CLI reference, `docker container run` and `docker container exec`. */
export const launcher: Launcher = {
  names: ['docker', 'podman', 'nerdctl'],
  unwrap(call, world) {
    const { positionals } = readOptions(call.args, globals);
    const [first, ...rest] = positionals;
    const verb = textOf(first);
    if (verb === 'compose') return composeInner(call, rest, world);
    const [second, ...tail] = rest;
    if (verb === 'container') return inside(call, textOf(second), tail);
    return inside(call, verb, rest);
  },
};

function inside(call: Invocation, verb: string | undefined, args: readonly Word[]): readonly Inner[] {
  if (verb !== 'exec' && verb !== 'run' && verb !== 'create') return [];
  const { flags, positionals } = readOptions(args, run);
  const [name, ...words] = positionals;
  const entrypoint = flags.get('--entrypoint');
  const command = entrypoint === undefined || verb === 'exec' ? words : [entrypoint, ...words];
  if (command.length === 0) return [];
  const engine = call.name ?? 'docker';
  const cwd = flags.get('-w');
  const options = args.slice(0, args.length - positionals.length);
  const fresh = verb !== 'exec' && !options.some(reachesOut);
  const points = verb === 'exec' ? [] : mountsIn(options, call);
  const host: Host = { kind: 'container', engine, name, ...(fresh ? { fresh } : {}) };
  return [
    {
      kind: 'words',
      words: command,
      label: `${engine} ${verb}`,
      host: points.length === 0 ? host : { ...host, mounts: { folder: call.cwd, points } },
      freshEnvironment: true,
      ...(cwd === undefined ? {} : { cwd }),
    },
  ];
}

/** An option through which a new container sees folders, volumes or devices that were there before. */
const reachesOut = (option: Word): boolean =>
  /^(-[a-z]*v|--volume|--mount|--volumes-from|--device|--privileged|--pid|--cap-add)/.test(knownPrefix(option)) ||
  (option.kind === 'dynamic' && knownPrefix(option) === '');

/** Every `-v` and `--mount` among the options that shows a folder of this machine. */
function mountsIn(options: readonly Word[], call: Invocation): readonly Mount[] {
  return options.flatMap((word, at): readonly Mount[] => {
    const before = textOf(options[at - 1]) ?? '';
    const text = textOf(word) ?? (word.kind === 'dynamic' ? (word.known[0] ?? '') : '');
    const long = /^--(volume|mount)=/.exec(text);
    const mount = long?.[1] === 'mount' || before === '--mount';
    const volume = long?.[1] === 'volume' || before === '--volume' || /^-[a-z]*v$/.test(before);
    if (!mount && !volume) return [];
    const spec = long === null ? word : withoutPrefix(word, long[0].length);
    const found = mount ? mountOption(spec, call.cwd) : bindMount(spec, call.cwd);
    return found === undefined ? [] : [found];
  });
}

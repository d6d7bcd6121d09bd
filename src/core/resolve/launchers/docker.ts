// docker, podman: `exec` and `run` start a command inside a container.
import type { Invocation } from '../../model/invocation.ts';
import { textOf, type Word } from '../../model/word.ts';
import { optionGrammar, readOptions } from '../../programs/options.ts';
import { composeInner } from '../compose.ts';
import type { Inner, Launcher } from '../launcher.ts';

const globals = optionGrammar({
  values: '-c --context -H --host --config -l --log-level --tlscacert --tlscert --tlskey',
  stopAtPositional: true,
});
const run = optionGrammar({
  values:
    '-a --attach -c --cpu-shares --add-host --annotation --blkio-weight --cap-add --cap-drop --cgroup-parent --cgroupns --cidfile --cpus --cpuset-cpus --device -e --env --env-file --entrypoint --expose --gpus --group-add --health-cmd -h --hostname --ip --ipc --isolation -l --label --label-file --link --log-driver --log-opt -m --memory --memory-swap --mount --name --network --net --network-alias --pid --platform -p --publish --pull --restart --runtime --security-opt --shm-size --stop-signal --stop-timeout --storage-opt --sysctl --tmpfs --ulimit -u --user --userns --uts -v --volume --volume-driver --volumes-from -w --workdir',
  stopAtPositional: true,
});

/** Source: docker CLI reference, `docker container run` and `docker container exec`. */
export const launcher: Launcher = {
  names: ['docker', 'podman', 'nerdctl'],
  unwrap(call) {
    const { positionals } = readOptions(call.args, globals);
    const [first, ...rest] = positionals;
    const verb = textOf(first);
    if (verb === 'compose') return composeInner(call, rest);
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
  const cwd = flags.get('-w') ?? flags.get('--workdir');
  return [
    {
      kind: 'words',
      words: command,
      label: `${engine} ${verb}`,
      host: { kind: 'container', engine, name },
      freshEnvironment: true,
      ...(cwd === undefined ? {} : { cwd }),
    },
  ];
}

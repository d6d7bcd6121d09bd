// kubectl: commands inside pods, and what the manifests and raw paths of a deletion name.
import type { Host, Invocation } from '../../model/invocation.ts';
import type { World } from '../../model/observation.ts';
import { knownPrefix, staticWord, textOf, type Word } from '../../model/word.ts';
import { type Options, optionGrammar, readOptions } from '../../programs/options.ts';
import { type KubernetesObject, objectsOf } from '../clouds/manifests.ts';
import type { Inner, Launcher } from '../launcher.ts';

const grammar = optionGrammar({
  values:
    '-n --namespace --context --kubeconfig --cluster --user -s --server --token --as -c --container -f --filename --pod-running-timeout --request-timeout -v --raw -k --kustomize -l --selector --grace-period --timeout -o --output --image --field-selector --overrides --restart --labels --env --port --target --profile --copy-to',
  aliases: '--filename=-f --kustomize=-k --namespace=-n',
});

/** Source: the kubectl reference. The command of exec stands behind `--`; without it, behind the pod's name. */
export const launcher: Launcher = {
  names: ['kubectl', 'oc', 'k3s', 'microk8s', 'kubecolor'],
  unwrap(call, world) {
    const at = call.args.findIndex((word) => textOf(word) === '--');
    const options = readOptions(at < 0 ? call.args : call.args.slice(0, at), grammar);
    const positionals =
      textOf(options.positionals[0]) === 'kubectl' ? options.positionals.slice(1) : options.positionals;
    const [verb, pod, ...words] = positionals;
    const behind = at < 0 ? undefined : call.args.slice(at + 1);
    switch (textOf(verb)) {
      case 'exec':
      case 'rsh':
        return inPod(behind ?? words, pod, options, `kubectl ${textOf(verb)}`);
      case 'run':
      case 'debug':
        return inPod(behind ?? [], pod, options, `kubectl ${textOf(verb)}`);
      case 'delete':
        return isDry(options) ? [] : [...deletions(call, options, world), ...rawDeletion(call, options)];
      case 'replace':
        if (isDry(options)) return [];
        return options.flags.has('--force') ? deletions(call, options, world) : finalization(call, options);
      case 'apply':
      case 'create':
        return isDry(options) ? [] : jobs(call, options, world);
      default:
        return [];
    }
  },
};

const isDry = ({ flags }: Options): boolean =>
  flags.has('--dry-run') && !['none', 'false'].includes(textOf(flags.get('--dry-run')) ?? '');

function hostOf(pod: Word | undefined, { flags }: Options): Host {
  return { kind: 'pod', name: pod, context: flags.get('--context'), namespace: flags.get('-n') };
}

const inPod = (words: readonly Word[], pod: Word | undefined, options: Options, label: string): readonly Inner[] =>
  words.length === 0 ? [] : [{ kind: 'words', words, label, host: hostOf(pod, options), freshEnvironment: true }];

/** Every value of an option that may stand several times, lists in one word divided. */
const valuesOf = (args: readonly Word[], flags: readonly string[]): readonly Word[] =>
  args.flatMap((word, at): readonly Word[] => {
    const text = textOf(word) ?? '';
    const glued = flags.map((flag) => `${flag}=`).find((flag) => text.startsWith(flag));
    const value = flags.includes(text)
      ? args[at + 1]
      : glued === undefined
        ? undefined
        : staticWord(text.slice(glued.length));
    const known = textOf(value);
    if (known === undefined) return value === undefined ? [] : [value];
    return known.split(',').map((each) => staticWord(each));
  });

const manifestsOf = (call: Invocation, world: World): readonly KubernetesObject[] =>
  objectsOf(valuesOf(call.args, ['-f', '--filename']), valuesOf(call.args, ['-k', '--kustomize']), call, world);

/** `delete -f file` as the deletion of the objects that the file holds, one call for each file and namespace. */
function deletions(call: Invocation, options: Options, world: World): readonly Inner[] {
  const groups = new Map<string, KubernetesObject[]>();
  for (const each of manifestsOf(call, world)) {
    const key = `${each.path ?? ''}\0${each.namespace ?? ''}`;
    groups.set(key, [...(groups.get(key) ?? []), each]);
  }
  return [...groups.values()].flatMap((objects): readonly Inner[] => {
    const [first] = objects;
    if (first === undefined) return [];
    const names = objects.map(({ kind, name }) => staticWord(`${kind}/${name}`));
    return [deletion(call, options, names, first.namespace, first.path)];
  });
}

/** Options that say where, for a call that says what in its own words. */
const placing = ['--context', '--kubeconfig', '--cluster', '--user', '-s', '--server', '--token', '--as'];

function deletion(
  call: Invocation,
  { flags }: Options,
  names: readonly Word[],
  namespace: string | undefined,
  path: string | undefined,
): Inner {
  const place = placing.flatMap((flag) => {
    const value = flags.get(flag);
    return value === undefined ? [] : [staticWord(flag), value];
  });
  const within = namespace === undefined ? flags.get('-n') : staticWord(namespace);
  const program = call.name === 'k3s' || call.name === 'microk8s' ? staticWord('kubectl') : call.program;
  const space = within === undefined ? [] : [staticWord('-n'), within];
  return {
    kind: 'words',
    words: [program, ...place, ...space, staticWord('delete'), ...names],
    stdin: { kind: 'none' },
    ...(path === undefined ? {} : { from: { label: path, line: undefined } }),
  };
}

/** `/api/v1/namespaces/orders/pods/api-0`, `/apis/apps/v1/...`. Source: Kubernetes API concepts, resource URIs. */
function rawDeletion(call: Invocation, options: Options): readonly Inner[] {
  const raw = options.flags.get('--raw');
  const segments =
    (textOf(raw) ?? '')
      .split(/[?#]/, 1)[0]
      ?.split('/')
      .filter((segment) => segment !== '') ?? [];
  const rest = segments[0] === 'apis' ? segments.slice(3) : segments.slice(2);
  const [space, inside] = rest[0] === 'namespaces' && rest.length > 2 ? [rest[1], rest.slice(2)] : [undefined, rest];
  const [resource, name] = inside;
  if (raw === undefined || resource === undefined) return [];
  const names =
    name === undefined ? [staticWord(resource), staticWord('--all')] : [staticWord(resource), staticWord(name)];
  return [deletion(call, options, names, space, undefined)];
}

/** `replace --raw /api/v1/namespaces/orders/finalize` lets go of all that kept the namespace from being deleted. */
function finalization(call: Invocation, options: Options): readonly Inner[] {
  const name = /^\/api\/v1\/namespaces\/([^/?]+)\/finalize\b/.exec(textOf(options.flags.get('--raw')) ?? '')?.[1];
  return name === undefined
    ? []
    : [deletion(call, options, [staticWord('namespace'), staticWord(name)], undefined, undefined)];
}

/** What runs once and ends does so on the objects' creation: jobs and bare pods. */
const running = new Set(['job', 'cronjob', 'pod']);

function jobs(call: Invocation, options: Options, world: World): readonly Inner[] {
  return manifestsOf(call, world)
    .filter(({ kind }) => running.has(kind))
    .flatMap(({ name, commands, path }) =>
      commands.map(
        (command): Inner => ({
          kind: 'words',
          words: command.map((word) => staticWord(word)),
          label: `kubectl ${knownPrefix(options.positionals[0] ?? staticWord('apply'))}`,
          host: hostOf(staticWord(name), options),
          freshEnvironment: true,
          stdin: { kind: 'none' },
          ...(path === undefined ? {} : { from: { label: path, line: undefined } }),
        }),
      ),
    );
}

// Container engines: the machine whose containers, volumes and images a call would reach.
import type { Environment } from '../model/verdict.ts';
import { textOf, type Word } from '../model/word.ts';
import { optionGrammar } from '../programs/options.ts';
import { isHere } from './address.ts';
import { type Clue, clueOf, cluesOf, doubtful, environmentOf, shown, toldBy } from './clue.ts';
import { readConnection } from './connection.ts';
import { lineOf, parseJson, textAt } from './data.ts';
import { hostName, listenerOn } from './listener.ts';
import {
  type Find,
  fileAt,
  flag,
  optionsOf,
  pick,
  type Signal,
  type Sources,
  signal,
  switched,
  variable,
} from './sources.ts';

/** Global options; those of subcommands that take a value would only hide names behind them. */
const docker = optionGrammar({
  values:
    '-c --context -H --host --config -l --log-level -f --file -p --project-name --env-file --profile --project-directory',
  stopAtPositional: true,
});
const podman = optionGrammar({
  values: '-c --connection --url --identity --log-level --root --runroot',
  stopAtPositional: true,
});

/** What contexts of engines on one's own machine are called. */
const localContexts = new Set([
  'default',
  'desktop-linux',
  'desktop-windows',
  'rancher-desktop',
  'orbstack',
  'colima',
  'lima',
  'rootless',
]);

export interface Engine {
  /** The address or the context; undefined for the engine of this machine. */
  readonly address: Signal | undefined;
  readonly context: Signal | undefined;
  readonly doubts: readonly Signal[];
}

/** Source: docker(1), "docker context": --host or --context, DOCKER_HOST, DOCKER_CONTEXT, then the configuration file. */
export function engineOf(sources: Sources): Engine {
  return sources.call.name === 'podman' ? podmanEngine(sources) : dockerEngine(sources);
}

function dockerEngine(sources: Sources): Engine {
  const options = optionsOf(sources, docker);
  const given = pick(flag(options, '-H', '--host'));
  if (given.signal !== undefined) return { address: given.signal, context: undefined, doubts: [] };
  const named = pick(flag(options, '-c', '--context'));
  if (named.signal !== undefined) return contextEngine(named.signal, [], sources);
  const address = pick(variable(sources, 'DOCKER_HOST'));
  if (address.signal !== undefined) return { address: address.signal, context: undefined, doubts: [] };
  const context = pick(
    variable(sources, 'DOCKER_CONTEXT'),
    switched(sources, ['docker'], 'context', 'use'),
    currentContext(sources),
  );
  const doubts = [...address.doubts, ...context.doubts];
  return context.signal === undefined
    ? { address: undefined, context: undefined, doubts }
    : contextEngine(context.signal, doubts, sources);
}

function podmanEngine(sources: Sources): Engine {
  const options = optionsOf(sources, podman);
  const address = pick(flag(options, '--url'), variable(sources, 'CONTAINER_HOST'));
  const context = pick(flag(options, '-c', '--connection'), variable(sources, 'CONTAINER_CONNECTION'));
  return { address: address.signal, context: context.signal, doubts: [...address.doubts, ...context.doubts] };
}

const currentContext =
  (sources: Sources): Find =>
  () => {
    const file = fileAt(sources, '~/.docker/config.json');
    const name = file && textAt(parseJson(file.text), 'currentContext');
    return file && name
      ? signal(name, `currentContext from ${file.shown}:${lineOf(file.text, '"currentContext"')}`)
      : undefined;
  };

/** The address of a context, from the file that docker keeps for each. */
function contextEngine(context: Signal, doubts: readonly Signal[], sources: Sources): Engine {
  const name = textOf(context.word);
  const plain = name === undefined || localContexts.has(name) || sources.context.home === undefined || !sources.here;
  return { context, doubts, address: plain ? undefined : addressOfContext(name, sources) };
}

function addressOfContext(name: string, sources: Sources): Signal | undefined {
  const folder = `${sources.context.home}/.docker/contexts/meta`;
  const listed = sources.context.world.ask({ kind: 'folder', path: folder });
  if (listed?.kind !== 'names') return undefined;
  const files = listed.names.slice(0, 50).map((each) => fileAt(sources, `${folder}/${each}/meta.json`));
  const file = files.find((each) => each !== undefined && textAt(parseJson(each.text), 'Name') === name);
  const address = file && textAt(parseJson(file.text), 'Endpoints', 'docker', 'Host');
  return file && address ? signal(address, `context ${name} from ${file.shown}`) : undefined;
}

/** Where the engine runs. What has no address and no foreign context is the engine of the machine that the call runs on. */
export function engineEnvironment(engine: Engine, sources: Sources, more: readonly Clue[] = []): Environment {
  const clues = [...cluesIn(engine), ...more];
  const told = toldBy(clues, sources.context.policy);
  if (told?.name === 'production') return environmentOf('production', clues, told.clue);
  const open = [engine.address, engine.context].find((each) => each !== undefined && textOf(each.word) === undefined);
  const doubt = open ?? ((engine.address ?? engine.context) ? undefined : engine.doubts[0]);
  if (doubt !== undefined) return environmentOf('unknown', clues, undefined, [doubtful(doubt)]);
  const address = textOf(engine.address?.word);
  const context = textOf(engine.context?.word);
  if (address !== undefined) return atAddress(address, clues, told?.name ?? 'unknown', sources);
  if (context !== undefined && !localContexts.has(context) && !/^colima-|^lima-/.test(context))
    return environmentOf(told?.name ?? 'unknown', clues, told?.clue);
  const machine = sources.context.hostEnvironment(sources.call.host);
  return environmentOf(told?.name === 'staging' ? 'staging' : machine.name, clues, told?.clue, machine.evidence);
}

function atAddress(address: string, clues: readonly Clue[], told: Environment['name'], sources: Sources): Environment {
  const machine = sources.context.hostEnvironment(sources.call.host);
  if (/^(unix|npipe|fd):/.test(address) || address.startsWith('/'))
    return environmentOf(machine.name, clues, undefined, machine.evidence);
  const url = readConnection(addressWord(address));
  if (!isHere(textOf(url?.host) ?? '') || address.startsWith('ssh:')) return environmentOf(told, clues);
  const listener = listenerOn(Number(url?.port ?? 2375), sources);
  return environmentOf(listener.kind === 'server' ? machine.name : 'unknown', clues, undefined, [listener.evidence]);
}

const addressWord = (address: string): Word => ({
  kind: 'static',
  value: address.includes('://') ? address : `tcp://${address}`,
  glob: false,
});

function cluesIn({ address, context }: Engine): Clue[] {
  const host = address && (readConnection(address.word)?.host ?? address.word);
  return [
    ...(address && host ? [clueOf({ ...address, word: host }, 'hosts', 'engine at')] : []),
    ...(context ? [clueOf(context, 'contexts', 'context')] : []),
  ];
}

/** The files, projects and variables by which a compose call says what it is for: `-f docker-compose.prod.yml`. */
export function composeClues(sources: Sources): readonly Clue[] {
  const files = sources.call.args.filter((word) => /\.ya?ml$|\.env(\.|$)/.test(textOf(word) ?? ''));
  const project = flag(optionsOf(sources, docker), '-p', '--project-name')();
  const set = ['COMPOSE_FILE', 'COMPOSE_PROJECT_NAME'].map((name) => variable(sources, name)());
  return cluesOf(
    ...files.map((word) => [signal(word, 'the command'), 'paths', 'file'] as const),
    [project, 'projects', 'project'],
    ...set.map((each) => [each?.doubt ? undefined : each, 'projects', 'compose'] as const),
  );
}

/** What a person calls the engine. */
export const engineName = ({ address, context }: Engine, { call }: Sources): string =>
  context !== undefined
    ? shown(context.word)
    : address !== undefined
      ? shown(readConnection(address.word)?.host ?? address.word)
      : hostName(call);

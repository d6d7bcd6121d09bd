// Hosts: the machine that an invocation runs on, and what its name and the way to it say of the environment.
import type { Host, Invocation } from '../model/invocation.ts';
import type { Environment } from '../model/verdict.ts';
import { showWord, textOf, type Word } from '../model/word.ts';
import { matchesPattern } from '../resolve/glob.ts';
import { type Clue, clueOf, cluesOf, environmentByNames } from './clue.ts';
import { composeClues, engineEnvironment, engineOf } from './engine.ts';
import { kubeEnvironment, kubeOf } from './kube.ts';
import { nameEnvironment } from './name.ts';
import type { ResolveContext } from './resolver.ts';
import { signal, sourcesOf } from './sources.ts';

/** The environment of the machine that a command runs on. This machine is local unless its own name or the policy says otherwise. */
export function hostEnvironment(host: Host, context: ResolveContext): Environment {
  switch (host.kind) {
    case 'local':
      return thisMachine(context);
    case 'ssh':
      return sshEnvironment(host, context);
    case 'container':
      return containerEnvironment(host, context);
    case 'pod':
      return podEnvironment(host, context);
  }
}

function thisMachine(context: ResolveContext): Environment {
  const answer = context.world.ask({ kind: 'hostname' });
  const name = answer?.kind === 'text' ? answer.text : undefined;
  const told = name === undefined ? undefined : nameEnvironment(name, context.policy, 'hosts');
  if (name !== undefined && (told === 'production' || told === 'staging')) {
    return { name: told, evidence: [{ claim: `this machine is called ${name}`, source: 'hostname' }] };
  }
  return {
    name: 'local',
    evidence: [{ claim: 'runs on this machine', source: name === undefined ? 'the command' : `hostname ${name}` }],
  };
}

/** The destination's own name, and the one that the user's ssh configuration gives it. */
function sshEnvironment({ destination, config }: Extract<Host, { kind: 'ssh' }>, context: ResolveContext): Environment {
  const name = hostOf(destination);
  const clues: Clue[] = [
    { text: name, pattern: 'hosts', evidence: { claim: `ssh destination ${name}`, source: 'the command' } },
  ];
  const real = textOf(destination) === undefined ? undefined : configuredHost(name, textOf(config), context);
  return environmentByNames(real === undefined ? clues : [...clues, real], [], context.policy);
}

/** `deploy@db1`, `ssh://deploy@db1:2222`. */
const hostOf = (destination: Word): string =>
  showWord(destination)
    .replace(/^ssh:\/\//, '')
    .replace(/^.*@/, '')
    .replace(/:\d+$/, '');

/** `HostName` of the first `Host` block that matches. Source: ssh_config(5); `Match` blocks and includes are not followed. */
function configuredHost(name: string, path: string | undefined, { world, home }: ResolveContext): Clue | undefined {
  const file = path ?? (home === undefined ? undefined : `${home}/.ssh/config`);
  const answer = file?.startsWith('/') ? world.ask({ kind: 'file', path: file }) : undefined;
  if (answer?.kind !== 'text') return undefined;
  let applies = true;
  for (const [index, raw] of answer.text.split('\n').entries()) {
    const [key = '', ...values] = raw.trim().split(/[\s=]+/);
    if (key.toLowerCase() === 'host') applies = matchesHostLine(name, values);
    else if (key.toLowerCase() === 'match') applies = false;
    else if (applies && key.toLowerCase() === 'hostname' && values[0] !== undefined) {
      const text = values[0].replaceAll('%h', name);
      const source = `HostName from ${path ?? '~/.ssh/config'}:${index + 1}`;
      return { text, pattern: 'hosts', evidence: { claim: `${name} is ${text}`, source } };
    }
  }
  return undefined;
}

function matchesHostLine(name: string, patterns: readonly string[]): boolean {
  const excluded = patterns.some((each) => each.startsWith('!') && matchesPattern(name, each.slice(1)));
  return !excluded && patterns.some((each) => matchesPattern(name, each));
}

/** The call that led inside: it stands before what it runs, and names the same container or pod. */
const launcherOf = (name: Word | undefined, host: Host, { invocations }: ResolveContext): Invocation | undefined =>
  name === undefined ? undefined : invocations.find((call) => call.host !== host && call.args.includes(name));

function containerEnvironment(host: Extract<Host, { kind: 'container' }>, context: ResolveContext): Environment {
  const { engine, name } = host;
  const evidence = {
    claim: name === undefined ? `inside a ${engine} container` : `${engine} container ${showWord(name)}`,
    source: 'the command',
  };
  const clue: Clue = { text: name === undefined ? '' : (textOf(name) ?? ''), pattern: 'hosts', evidence };
  const launcher = launcherOf(name, host, context);
  if (launcher === undefined) return environmentByNames([clue], [], context.policy);
  const sources = sourcesOf(launcher, context);
  return engineEnvironment(engineOf(sources), sources, [clue, ...composeClues(sources)]);
}

function podEnvironment(host: Extract<Host, { kind: 'pod' }>, context: ResolveContext): Environment {
  const launcher = launcherOf(host.name, host, context);
  if (launcher !== undefined) {
    const sources = sourcesOf(launcher, context);
    return kubeEnvironment(
      kubeOf(sources),
      sources,
      host.name === undefined ? [] : [clueOf(signal(host.name, 'the command'), 'hosts', 'pod')],
    );
  }
  const named = (word: Word | undefined) => (word === undefined ? undefined : signal(word, 'the command'));
  return environmentByNames(
    cluesOf(
      [named(host.context), 'contexts', 'context'],
      [named(host.namespace), 'contexts', 'namespace'],
      [named(host.name), 'hosts', 'pod'],
    ),
    [],
    context.policy,
  );
}

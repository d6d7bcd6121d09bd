// Hosts: the machine that an invocation runs on, and what its name says of the environment.
import type { Host } from '../model/invocation.ts';
import type { Environment, Evidence } from '../model/verdict.ts';
import { showWord } from '../model/word.ts';
import { nameEnvironment } from './name.ts';
import type { ResolveContext } from './resolver.ts';

/** The environment of the machine that a command runs on. This machine is local unless its own name or the policy says otherwise. */
export function hostEnvironment(host: Host, context: ResolveContext): Environment {
  switch (host.kind) {
    case 'local':
      return thisMachine(context);
    case 'ssh':
      return named(showWord(host.destination).replace(/^.*@/, ''), 'ssh destination', context);
    case 'container':
      return host.name === undefined ? unknownHost(`inside a ${host.engine} container`) : named(showWord(host.name), `${host.engine} container`, context);
    case 'pod':
      return named([host.context, host.namespace, host.name].flatMap((word) => (word ? [showWord(word)] : [])).join(' '), 'pod', context);
  }
}

function thisMachine(context: ResolveContext): Environment {
  const answer = context.world.ask({ kind: 'hostname' });
  const name = answer?.kind === 'text' ? answer.text : undefined;
  const told = name === undefined ? undefined : nameEnvironment(name, context.policy, 'hosts');
  if (name !== undefined && (told === 'production' || told === 'staging')) {
    return { name: told, evidence: [{ claim: `this machine is called ${name}`, source: 'hostname' }] };
  }
  return { name: 'local', evidence: [{ claim: 'runs on this machine', source: name === undefined ? 'the command' : `hostname ${name}` }] };
}

function named(name: string, what: string, context: ResolveContext): Environment {
  const told = nameEnvironment(name, context.policy, 'hosts');
  const evidence: Evidence = { claim: `${what} ${name}`, source: 'the command' };
  return { name: told ?? 'unknown', evidence: [evidence] };
}

const unknownHost = (claim: string): Environment => ({ name: 'unknown', evidence: [{ claim, source: 'the command' }] });

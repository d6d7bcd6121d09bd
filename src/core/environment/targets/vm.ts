// Virtual machines: those of this machine's own hypervisor, and those of a server that the call names.
import { textOf } from '../../model/word.ts';
import { environmentAt } from '../address.ts';
import { clueOf, environmentOf, toldBy } from '../clue.ts';
import { readConnection } from '../connection.ts';
import { namedBy, nameOf, resourcesOf } from '../named.ts';
import type { Resolved, TargetResolver } from '../resolver.ts';
import { pick, type Sources, sourcesOf, variable } from '../sources.ts';
import { unresolved } from '../unresolved.ts';

/** Tools for machines on one's own computer. Others (qm, govc, xe ...) run on servers or speak to them. */
const ownHypervisor = new Set([
  'virsh',
  'virt-install',
  'vagrant',
  'multipass',
  'limactl',
  'lima',
  'colima',
  'VBoxManage',
  'vboxmanage',
  'prlctl',
  'tart',
  'utmctl',
  'orb',
  'orbctl',
  'podman',
  'docker-machine',
  'wsl',
  'lxc',
  'incus',
  'minikube',
  'kind',
  'k3d',
  'qemu-img',
]);

export const resolver: TargetResolver = {
  kinds: ['vm'],
  resolve(subject, context) {
    const { invocation } = subject.fact;
    return invocation === undefined ? unresolved(subject, context) : resolveCall(sourcesOf(invocation, context));
  },
};

function resolveCall(sources: Sources): Resolved {
  const resources = resourcesOf(sources);
  const target = { kind: 'vm', name: nameOf(sources, resources), details: [] };
  const clues = resources.slice(0, 20).map((resource) => clueOf(resource, 'projects', 'machine'));
  const uri = pick(
    () => (sources.call.name === 'virsh' ? namedBy(sources, '-c', '--connect') : undefined),
    ...(sources.call.name === 'virsh'
      ? [variable(sources, 'LIBVIRT_DEFAULT_URI'), variable(sources, 'VIRSH_DEFAULT_CONNECT_URI')]
      : []),
  );
  if (uri.signal !== undefined || uri.doubts.length > 0) {
    const host = uri.signal && readConnection(uri.signal.word)?.host;
    const signal =
      uri.signal && (host !== undefined || textOf(uri.signal.word) === undefined)
        ? { ...uri.signal, word: host ?? uri.signal.word }
        : undefined;
    return {
      target,
      environment: environmentAt(
        {
          host: signal,
          port: undefined,
          defaultPort: 16509,
          clues,
          doubts: uri.doubts,
          noun: 'hypervisor',
          anyServer: false,
        },
        sources,
      ),
    };
  }
  const told = toldBy(clues, sources.context.policy);
  const raised = told?.name === 'production' || told?.name === 'staging';
  // `lxc delete server1:orders` names a remote in front of the machine.
  const remote =
    resources.some(({ word }) => /^[\w.-]+:/.test(textOf(word) ?? '')) && /^(lxc|incus)$/.test(sources.call.name ?? '');
  const machine = sources.context.hostEnvironment(sources.call.host);
  const own = ownHypervisor.has(sources.call.name ?? '') && !remote;
  if (raised) return { target, environment: environmentOf(told.name, clues, told.clue) };
  return {
    target,
    environment: environmentOf(own ? machine.name : 'unknown', clues, undefined, own ? machine.evidence : []),
  };
}

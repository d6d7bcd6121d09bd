// Virtual machines: those of this machine's own hypervisor, and those of a server that the call names.

import type { Environment } from '../../model/verdict.ts';
import { textOf } from '../../model/word.ts';
import { environmentAt } from '../address.ts';
import { type Clue, clueOf, environmentOf, toldBy } from '../clue.ts';
import { readConnection } from '../connection.ts';
import { namedBy, nameOf, resourcesOf } from '../named.ts';
import type { Resolved, TargetResolver } from '../resolver.ts';
import { type Picked, pick, type Signal, type Sources, sourcesOf, variable } from '../sources.ts';
import { unresolved } from '../unresolved.ts';

/** Tools for machines on one's own computer. Others (qm, govc, xe ...) run on servers or speak to them. */
const ownHypervisor = new Set(
  `virsh virt-install vagrant multipass limactl lima colima VBoxManage vboxmanage prlctl tart utmctl orb orbctl podman wsl lxc incus
  lxc-destroy lxc-snapshot lxc-stop minikube kind k3d qemu-img vmrun vctl quickemu krunvm machinectl ddev lando xcrun avdmanager`.split(
    /\s+/,
  ),
);

export const resolver: TargetResolver = {
  kinds: ['vm'],
  resolve(subject, context) {
    const { invocation } = subject.fact;
    return invocation === undefined ? unresolved(subject, context) : resolveCall(sourcesOf(invocation, context));
  },
};

function resolveCall(sources: Sources): Resolved {
  const resources = resourcesOf(sources);
  const clues = resources.slice(0, 20).map(machineClue);
  const target = { kind: 'vm', name: nameOf(sources, resources), details: [] };
  return { target, environment: environmentOfMachines(resources, clues, sources) };
}

/** What stands on one's own computer is local whatever it is called, unless it is called production. */
const machineClue = (resource: Signal): Clue => ({ ...clueOf(resource, 'projects', 'machine'), reach: 'production' });

function environmentOfMachines(resources: readonly Signal[], clues: readonly Clue[], sources: Sources): Environment {
  const place = hypervisorOf(sources);
  if (place.signal !== undefined || place.doubts.length > 0) {
    const address = { host: place.signal, port: undefined, defaultPort: 16509, clues, doubts: place.doubts };
    return environmentAt({ ...address, noun: 'hypervisor', anyServer: false }, sources);
  }
  const told = toldBy(clues, sources.context.policy);
  if (told !== undefined) return environmentOf(told.name, clues, told.clue);
  if (isOwn(resources, sources)) {
    const machine = sources.context.hostEnvironment(sources.call.host);
    return environmentOf(machine.name, clues, undefined, machine.evidence);
  }
  return environmentOf('unknown', clues, undefined, [
    { claim: 'nothing says which hypervisor this is', source: 'the command' },
  ]);
}

/** Another hypervisor that the call names: `qemu+ssh://root@hv1.acme.com/system`; `qemu:///system` names none. */
function hypervisorOf(sources: Sources): Picked {
  if (sources.call.name === 'machinectl') return pick(() => namedBy(sources, '-H', '--host'));
  if (sources.call.name !== 'virsh') return { signal: undefined, doubts: [] };
  const { signal: uri, doubts } = pick(
    () => namedBy(sources, '-c', '--connect'),
    variable(sources, 'VIRSH_DEFAULT_CONNECT_URI'),
    variable(sources, 'LIBVIRT_DEFAULT_URI'),
  );
  if (uri === undefined || textOf(uri.word) === undefined) return { signal: uri, doubts };
  const host = readConnection(uri.word)?.host;
  return { signal: host && { ...uri, word: host }, doubts: [] };
}

function isOwn(resources: readonly Signal[], { call }: Sources): boolean {
  const name = call.name ?? '';
  // `lxc delete server1:orders` names a remote in front of the machine; VirtualBox can work on a cloud.
  const remote = /^(lxc|incus)$/.test(name) && resources.some(({ word }) => /^[\w.-]+:/.test(textOf(word) ?? ''));
  const cloud = /^vboxmanage$/i.test(name) && textOf(call.args[0]) === 'cloud';
  return ownHypervisor.has(name) && !remote && !cloud;
}

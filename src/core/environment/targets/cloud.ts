// Other clouds: DigitalOcean, Hetzner, Oracle, OpenStack, Scaleway and their kin, by the context that their tools work in.
import { own } from '../../model/table.ts';
import { textAt } from '../data.ts';
import { namedBy } from '../named.ts';
import type { TargetResolver } from '../resolver.ts';
import { dataOf, fileAt, pick, type Sources, signal, sourcesOf, switched, variable } from '../sources.ts';
import { unresolved } from '../unresolved.ts';
import { type Context, resolveVendor } from '../vendor.ts';

/** By program: flags, variables and the file in which each keeps the current context. Sources: the tools' own references. */
const contexts: Readonly<Record<string, Context>> = {
  doctl: (sources) =>
    pick(
      () => namedBy(sources, '--context'),
      variable(sources, 'DIGITALOCEAN_CONTEXT'),
      switched(sources, ['doctl'], 'auth', 'switch'),
      () => doctlContext(sources),
    ),
  hcloud: (sources) =>
    pick(
      () => namedBy(sources, '--context'),
      variable(sources, 'HCLOUD_CONTEXT'),
      switched(sources, ['hcloud'], 'context', 'use'),
      () => hcloudContext(sources),
    ),
  openstack: (sources) =>
    pick(() => namedBy(sources, '--os-cloud'), variable(sources, 'OS_CLOUD'), variable(sources, 'OS_PROJECT_NAME')),
  scw: (sources) => pick(() => namedBy(sources, '-p', '--profile'), variable(sources, 'SCW_PROFILE')),
  oci: (sources) => pick(() => namedBy(sources, '--profile'), variable(sources, 'OCI_CLI_PROFILE')),
  aliyun: (sources) => pick(() => namedBy(sources, '--profile', '-p'), variable(sources, 'ALIBABA_CLOUD_PROFILE')),
};

export const resolver: TargetResolver = {
  kinds: ['cloud'],
  resolve(subject, context) {
    const { invocation } = subject.fact;
    return invocation === undefined
      ? unresolved(subject, context)
      : resolveVendor('cloud', sourcesOf(invocation, context), own(contexts, invocation.name));
  },
};

function doctlContext(sources: Sources) {
  const file = fileAt(sources, '~/.config/doctl/config.yaml');
  const name = textAt(dataOf(sources, file, 'yaml'), 'context');
  return file && name ? signal(name, `context from ${file.shown}`) : undefined;
}

function hcloudContext(sources: Sources) {
  const file = fileAt(sources, '~/.config/hcloud/cli.toml');
  const name = file && /^active_context\s{0,8}=\s{0,8}["']([\w.-]{1,100})["']/m.exec(file.text)?.[1];
  return file && name ? signal(name, `active_context from ${file.shown}`) : undefined;
}

// Other services: payment, secrets, queues, source hosting, content. Known by the names and servers that a call gives.
import { own } from '../../model/table.ts';
import type { Environment } from '../../model/verdict.ts';
import { textOf } from '../../model/word.ts';
import { flagsOf, namedBy } from '../named.ts';
import type { TargetResolver } from '../resolver.ts';
import { fileAbove, pick, type Signal, type Sources, signal, sourcesOf, variable } from '../sources.ts';
import { unresolved } from '../unresolved.ts';
import { type Context, resolveVendor } from '../vendor.ts';

const contexts: Readonly<Record<string, Context>> = {
  doppler: (sources) =>
    pick(
      () => namedBy(sources, '-c', '--config'),
      variable(sources, 'DOPPLER_CONFIG'),
      () => dopplerConfig(sources),
    ),
  infisical: (sources) => pick(() => namedBy(sources, '--env')),
  twilio: (sources) => pick(() => namedBy(sources, '-p', '--profile'), variable(sources, 'TWILIO_PROFILE')),
};

export const resolver: TargetResolver = {
  kinds: ['saas'],
  resolve(subject, context) {
    const { invocation } = subject.fact;
    if (invocation === undefined) return unresolved(subject, context);
    const sources = sourcesOf(invocation, context);
    const resolved = resolveVendor('saas', sources, own(contexts, invocation.name));
    return invocation.name === 'stripe' ? { ...resolved, environment: stripeMode(sources) } : resolved;
  },
};

/** `doppler setup` writes the chosen configuration into the folder. */
function dopplerConfig(sources: Sources): Signal | undefined {
  const file = fileAbove(sources, 'doppler.yaml');
  const name = file && /^\s{0,20}-?\s{0,8}config:\s{0,8}["']?([\w.-]{1,100})/m.exec(file.text)?.[1];
  return file && name ? signal(name, `config from ${file.shown}`) : undefined;
}

/** Stripe's keys say their mode, and its tool works in test mode unless told otherwise. Source: Stripe CLI reference. */
function stripeMode(sources: Sources): Environment {
  const key = pick(() => namedBy(sources, '--api-key'), variable(sources, 'STRIPE_API_KEY'));
  const mode = /^[sr]k_(live|test)_/.exec(textOf(key.signal?.word) ?? '')?.[1];
  if (flagsOf(sources).some(([name]) => name === '--live'))
    return { name: 'production', evidence: [{ claim: 'live mode', source: '--live in the command' }] };
  if (key.signal !== undefined && mode !== undefined)
    return {
      name: mode === 'live' ? 'production' : 'development',
      evidence: [{ claim: `a key of ${mode} mode`, source: key.signal.source }],
    };
  const open = key.signal ?? key.doubts[0];
  if (open !== undefined)
    return { name: 'unknown', evidence: [{ claim: 'the mode of the key is not known', source: open.source }] };
  return { name: 'development', evidence: [{ claim: 'test mode', source: 'the default of stripe' }] };
}

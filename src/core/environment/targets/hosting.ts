// Hosting platforms: Vercel, Netlify, Fly, Heroku, Supabase, Firebase, Cloudflare, Neon and all that name things alike.
import { supabaseDestination } from '../database/supabase.ts';
import type { Resolved, TargetResolver } from '../resolver.ts';
import { type Sources, sourcesOf } from '../sources.ts';
import { unresolved } from '../unresolved.ts';
import { resolveVendor } from '../vendor.ts';

export const resolver: TargetResolver = {
  kinds: ['hosting'],
  resolve(subject, context) {
    const { invocation } = subject.fact;
    if (invocation === undefined) return unresolved(subject, context);
    const sources = sourcesOf(invocation, context);
    return onThisMachine(sources) ?? resolveVendor('hosting', sources);
  },
};

/** Supabase's tool works on the stack of this machine where it is not told to do otherwise. */
function onThisMachine(sources: Sources): Resolved | undefined {
  const destination = sources.call.name === 'supabase' ? supabaseDestination(sources) : undefined;
  if (destination === undefined || destination.nowhere || destination.host !== undefined) return undefined;
  const machine = sources.context.hostEnvironment(sources.call.host);
  const evidence = {
    claim: 'the stack of this machine',
    source: destination.database?.source ?? 'the default of supabase',
  };
  return {
    target: { kind: 'hosting', name: 'local Supabase stack', details: [] },
    environment: { name: machine.name, evidence: [evidence, ...machine.evidence] },
  };
}

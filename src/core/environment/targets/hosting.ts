// Hosting platforms: Vercel, Netlify, Fly, Heroku, Supabase, Firebase, Cloudflare, Neon and all that name things alike.
import type { TargetResolver } from '../resolver.ts';
import { sourcesOf } from '../sources.ts';
import { unresolved } from '../unresolved.ts';
import { resolveVendor } from '../vendor.ts';

export const resolver: TargetResolver = {
  kinds: ['hosting'],
  resolve(subject, context) {
    const { invocation } = subject.fact;
    return invocation === undefined
      ? unresolved(subject, context)
      : resolveVendor('hosting', sourcesOf(invocation, context));
  },
};

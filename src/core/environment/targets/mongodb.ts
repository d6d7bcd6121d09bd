// MongoDB deployments.
import { unresolved } from '../unresolved.ts';
import type { TargetResolver } from '../resolver.ts';

export const resolver: TargetResolver = {
  kinds: ['mongodb'],
  resolve: unresolved,
};

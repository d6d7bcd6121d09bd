// Infrastructure as code.
import { unresolved } from '../unresolved.ts';
import type { TargetResolver } from '../resolver.ts';

export const resolver: TargetResolver = {
  kinds: ['terraform.state'],
  resolve: unresolved,
};

// SQL databases.
import { unresolved } from '../unresolved.ts';
import type { TargetResolver } from '../resolver.ts';

export const resolver: TargetResolver = {
  kinds: ['sql.database'],
  resolve: unresolved,
};

// Package registries.
import { unresolved } from '../unresolved.ts';
import type { TargetResolver } from '../resolver.ts';

export const resolver: TargetResolver = {
  kinds: ['package.registry'],
  resolve: unresolved,
};

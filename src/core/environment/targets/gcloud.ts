// Google Cloud projects.
import { unresolved } from '../unresolved.ts';
import type { TargetResolver } from '../resolver.ts';

export const resolver: TargetResolver = {
  kinds: ['gcloud.project'],
  resolve: unresolved,
};

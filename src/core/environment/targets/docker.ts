// Docker, Podman and compose: which containers, volumes or images of which engine a call would hit.
import { clueOf } from '../clue.ts';
import { composeClues, engineEnvironment, engineName, engineOf } from '../engine.ts';
import { nameOf, resourcesOf } from '../named.ts';
import type { TargetResolver } from '../resolver.ts';
import { sourcesOf } from '../sources.ts';
import { unresolved } from '../unresolved.ts';

export const resolver: TargetResolver = {
  kinds: ['docker.engine'],
  resolve(subject, context) {
    const { fact } = subject;
    if (fact.invocation === undefined) return unresolved(subject, context);
    const sources = sourcesOf(fact.invocation, context);
    const engine = engineOf(sources);
    const resources = resourcesOf(sources).filter(({ source }) => source === 'the command');
    const clues = [
      ...composeClues(sources),
      ...resources
        .slice(0, 20)
        .map((resource) => ({ ...clueOf(resource, 'projects', 'name'), reach: 'production' as const })),
    ];
    const place = engineName(engine, sources);
    return {
      target: {
        kind: 'engine',
        name: `${nameOf(sources, resources)} @ ${place}`,
        details: [
          { claim: `engine of ${place}`, source: engine.context?.source ?? engine.address?.source ?? 'the default' },
        ],
      },
      environment: engineEnvironment(engine, sources, clues),
    };
  },
};

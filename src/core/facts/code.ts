// Code facts: what a program in another language does at one place, as the facts that commands give.
import type { CodeEffect } from '../model/code.ts';
import type { Fact } from '../model/fact.ts';
import type { Invocation } from '../model/invocation.ts';
import type { World } from '../model/observation.ts';
import type { Endpoints } from './endpoints.ts';
import { fileFactOf } from './file.ts';
import type { Ground } from './hit/index.ts';
import { requestFacts } from './http.ts';
import type { MadePaths } from './made.ts';
import { statementFacts } from './sql.ts';

/** The facts of one effect. Commands that a program runs are invocations of their own and none of this. */
export function codeFacts(
  effect: CodeEffect,
  call: Invocation,
  at: number,
  made: MadePaths,
  world: World,
  endpoints: Endpoints,
  ground: Ground,
): Fact[] {
  switch (effect.kind) {
    case 'file':
      return fileFactOf(effect, effect.via, call, made, at, ground);
    case 'write':
      return fileFactOf(
        { op: 'overwrite', path: effect.path, mild: effect.appends },
        effect.via,
        call,
        made,
        at,
        ground,
      );
    case 'http':
      return requestFacts([effect.request], call, world, endpoints);
    case 'sql':
      return statementFacts(effect.text, effect.dialect, call, world);
    case 'call': {
      const { library, name, receiver, arguments: given, options, limited } = effect;
      return [{ kind: 'call', invocation: call, library, name, receiver, arguments: given, options, limited }];
    }
    case 'flow':
      return [{ kind: 'flow', invocation: call, from: effect.from, to: effect.to }];
    default:
      return [];
  }
}

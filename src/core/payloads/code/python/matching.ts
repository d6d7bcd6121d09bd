// Matching: whether a value fits a pattern of `match`, and the names that the pattern gives to its pieces.
import { list, unknown, type Value } from '../value.ts';
import { operate } from './evaluate.ts';
import { literalOf } from './literals.ts';
import type { Run } from './run.ts';
import type { Scope } from './scope.ts';
import { commaGroups, type Node, partsOf, sourceOf } from './syntax.ts';

/** True, false, or undefined where that is not known. Names are bound as far as the value is known. */
export function matches(pattern: Node, value: Value, scope: Scope, run: Run): boolean | undefined {
  run.recorder.step();
  const [first, second] = partsOf(pattern);
  switch (pattern.name) {
    case 'CapturePattern': {
      const name = sourceOf(pattern);
      if (name !== '_') scope.set(name, value);
      return true;
    }
    case 'LiteralPattern': {
      const literal = first === undefined ? undefined : run.parts.evaluate(first, scope, run);
      return literal === undefined ? undefined : truth(operate('==', value, literal));
    }
    case 'OrPattern': {
      const results = pattern.children
        .filter((each) => /Pattern$/.test(each.name))
        .map((each) => matches(each, value, scope, run));
      if (results.includes(true)) return true;
      return results.every((each) => each === false) ? false : undefined;
    }
    case 'SequencePattern':
    case 'GroupPattern':
      return matchesSequence(pattern, value, scope, run);
    case 'AsPattern': {
      const name = pattern.children.at(-1);
      if (name !== undefined) scope.set(sourceOf(name), value);
      return first === undefined ? undefined : matches(first, value, scope, run);
    }
    default:
      capture(pattern, scope);
      return first === second && first !== undefined && /Pattern$/.test(first.name)
        ? matches(first, value, scope, run)
        : undefined;
  }
}

const truth = (value: Value | undefined): boolean | undefined => {
  const known = literalOf(value);
  return known === undefined ? undefined : known === 'true';
};

function matchesSequence(pattern: Node, value: Value, scope: Scope, run: Run): boolean | undefined {
  const groups = commaGroups(pattern.children.filter((each) => !/^[()[\]]$/.test(each.name)));
  const [only] = groups;
  if (pattern.name === 'GroupPattern' || (sourceOf(pattern).startsWith('(') && groups.length === 1)) {
    const inner = only?.[0];
    return inner === undefined ? undefined : matches(inner, value, scope, run);
  }
  const patterns = groups.map(([first]) => first as Node);
  const star = patterns.findIndex((each) => each.name === 'StarPattern');
  const items = value.kind === 'list' ? value.items : [];
  const isKnown = value.kind === 'list' && value.complete;
  const hasLength = star < 0 ? items.length === patterns.length : items.length >= patterns.length - 1;
  if (isKnown && !hasLength) return false;
  const behind = star < 0 ? 0 : patterns.length - 1 - star;
  const results = patterns.map((each, at): boolean | undefined => {
    if (at === star) {
      const rest = isKnown ? list(items.slice(star, items.length - behind)) : list([], false);
      capture(each, scope, rest);
      return true;
    }
    const place = star >= 0 && at > star ? items.length - (patterns.length - at) : at;
    return matches(each, items[place] ?? unknown(sourceOf(each)), scope, run);
  });
  if (results.includes(false)) return false;
  return isKnown && results.every((each) => each === true) ? true : undefined;
}

/** Names of patterns that are not taken apart. */
function capture(pattern: Node, scope: Scope, value?: Value): void {
  for (const child of pattern.children) {
    if (child.name === 'VariableName' && pattern.name !== 'ClassPattern') {
      const name = sourceOf(child);
      if (name !== '_') scope.set(name, value ?? unknown(name));
    } else if (/Pattern/.test(child.name)) capture(child, scope, value);
  }
}

// JSON bodies that clients build out of `key=value` items, `key[sub][]=value` included. See httpie.io/docs/cli, Nested JSON.
import { joinWords, staticWord, type Word } from '../../model/word.ts';
import { hole, mapKnown } from './words.ts';

type JsonValue =
  | { readonly kind: 'string'; readonly text: Word }
  /** JSON text as it is. */
  | { readonly kind: 'json'; readonly text: Word }
  | JsonObject
  | { readonly kind: 'array'; readonly items: JsonValue[] };

interface JsonObject {
  readonly kind: 'object';
  readonly members: Map<string, JsonValue>;
}

export const newObject = (): JsonObject => ({ kind: 'object', members: new Map() });

/** Sets `a`, `a[b]`, `a[b][0]` or `a[]`, making what lies between. */
export function setMember(root: JsonObject, path: string, value: JsonValue): void {
  const steps = pathSteps(path);
  let place: JsonValue = root;
  steps.forEach((step, index) => {
    const next = steps[index + 1];
    const child = next === undefined ? value : /^\d*$/.test(next) ? newArray() : newObject();
    place = put(place, step, child, next === undefined);
  });
}

const newArray = (): JsonValue => ({ kind: 'array', items: [] });

/** Puts `child` at `step` and returns what stands there; a container that is there already stays. */
function put(place: JsonValue, step: string, child: JsonValue, last: boolean): JsonValue {
  if (place.kind === 'object') {
    const present = place.members.get(step);
    if (!last && present !== undefined) return present;
    place.members.set(step, child);
  } else if (place.kind === 'array') {
    const present = step === '' ? undefined : place.items[Number(step)];
    if (!last && present !== undefined) return present;
    place.items.push(child);
  }
  return child;
}

/** A key that goes deeper is no body that anybody sends. */
const maxDepth = 100;

/** `a[b][c]` as `a`, `b`, `c`; brackets that do not pair are part of the name. */
function pathSteps(path: string): readonly string[] {
  const match = /^([^[\]]*)((?:\[[^[\]]*\])+)$/.exec(path);
  if (match === null) return [path];
  const inner = (match[2] ?? '').slice(1, -1).split('][');
  if (inner.length > maxDepth) return [path];
  return match[1] === '' ? inner : [match[1] ?? '', ...inner];
}

/** The value as JSON text; unknown pieces stay unknown. */
export function jsonText(value: JsonValue): Word {
  switch (value.kind) {
    case 'json':
      return value.text;
    case 'string':
      return joinWords([staticWord('"'), mapKnown(value.text, escaped), staticWord('"')]);
    case 'array':
      return joinWords([staticWord('['), joinWords(value.items.map(jsonText), ', '), staticWord(']')]);
    case 'object':
      return joinWords([
        staticWord('{'),
        joinWords(
          [...value.members].map(([name, member]) => joinWords([staticWord(`"${escaped(name)}": `), jsonText(member)])),
          ', ',
        ),
        staticWord('}'),
      ]);
  }
}

const escaped = (text: string): string => JSON.stringify(text.replaceAll(hole, '$unknown')).slice(1, -1);

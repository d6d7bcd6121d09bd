// Registries: parts of one kind, found by the names that they serve.

export interface Registry<T> {
  /** All names that some part serves, in no order. */
  readonly names: readonly string[];
  /** The parts that serve a name; none where nobody does. */
  get(name: string): readonly T[];
}

type NamesOf<T> = (part: T) => readonly string[];

/** A registry of parts that are all there. */
export function registryOf<T>(parts: readonly T[], namesOf: NamesOf<T>): Registry<T> {
  const byName = new Map<string, T[]>();
  for (const part of parts) for (const name of namesOf(part)) byName.set(name, [...(byName.get(name) ?? []), part]);
  return { names: [...byName.keys()], get: (name) => byName.get(name) ?? [] };
}

/**
 * The same for parts whose modules are evaluated when one of their names is first asked for: what a command does not use
 * costs its start nothing. `places` says at which loaders the parts of a name are found. The build makes one of these of
 * each registry that it bundles.
 */
export function lazyRegistry<T>(
  places: Readonly<Record<string, readonly number[]>>,
  loaders: readonly (() => readonly T[])[],
  namesOf: NamesOf<T>,
): Registry<T> {
  const loaded = new Map<number, readonly T[]>();
  const partsAt = (place: number): readonly T[] => {
    const known = loaded.get(place) ?? loaders[place]?.() ?? [];
    loaded.set(place, known);
    return known;
  };
  return {
    names: Object.keys(places),
    get(name) {
      const own = Object.hasOwn(places, name) ? places[name] : undefined;
      return own?.flatMap((place) => partsAt(place).filter((part) => namesOf(part).includes(name))) ?? [];
    },
  };
}

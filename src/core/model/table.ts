// Tables by name: looking a name up that somebody else chose, `toString` and `__proto__` included.

/** The table's own entry; undefined where there is none. */
export const own = <T>(table: Readonly<Record<string, T>>, name: string | undefined): T | undefined =>
  name !== undefined && Object.hasOwn(table, name) ? table[name] : undefined;

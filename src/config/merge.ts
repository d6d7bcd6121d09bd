// Merges the layers: /etc over the user's file over the project's. Whoever stands lower may only tighten what stands
// above, and asking for more is an error, never ignored: an agent that can write `.guardrc` gains nothing by it.
import { dirname, join, resolve } from 'node:path';
import {
  type DecisionTable,
  defaultPolicy,
  type EnvironmentPatterns,
  type KnownEnvironment,
  type Policy,
  type TableCell,
} from '../core/model/policy.ts';
import type { Severity } from '../core/model/rule.ts';
import type { EnvironmentName } from '../core/model/verdict.ts';
import { ConfigError } from './error.ts';
import { type AuditSettings, type ConfigSource, cells, type LoadedConfig, wordOf } from './model.ts';
import type { LayerFile } from './read.ts';
import { type At, type Decision, knownEnvironments, type Pattern } from './schema.ts';

/** What the machine says where no file does. */
export interface Surroundings {
  readonly defaults: LoadedConfig;
  readonly home: string | undefined;
  /** Where a user's settings would stand, for messages. */
  readonly userFile: string;
}

/** The layers, the strongest first. Throws ConfigError. */
export function mergeLayers(layers: readonly LayerFile[], surroundings: Surroundings): LoadedConfig {
  for (const layer of layers) refuseForeignKeys(layer, surroundings.userFile);
  const scope = mergeScope(layers);
  const environments = mergePatterns(layers);
  const table = mergeTable(layers);
  const rulesOff = mergeRulesOff(layers);
  const endpoints = mergeEndpoints(layers);
  const rebuildable = mergeRebuildable(layers);
  const lookups = mergeLookups(layers);
  const shell = mergeFixed(layers, 'shell', (layer) => layer.settings.shell, undefined);
  const audit = mergeAudit(layers, surroundings);
  const folders = mergeFolders(layers, surroundings);
  return {
    policy: {
      scope: scope.value,
      environments: environments.value,
      table: table.value,
      rulesOff: rulesOff.value,
      endpoints: endpoints.value,
      rebuildable: rebuildable.value,
      lookups: lookups.value,
    },
    shell: shell.value,
    audit: audit.value,
    ruleFolders: folders.value,
    sources: [scope, environments, table, rulesOff, folders, endpoints, rebuildable, lookups, shell, audit].flatMap(
      (part) => part.sources,
    ),
    files: layers.map(({ file }) => file),
  };
}

interface Merged<T> {
  readonly value: T;
  readonly sources: readonly ConfigSource[];
}

/** Where a value was set. */
interface Place {
  readonly file: string;
  readonly line: number;
}

const source = (key: string, value: unknown, place?: Place): ConfigSource => ({
  key,
  value,
  file: place?.file,
  line: place?.line,
});
const showPlace = ({ file, line }: Place): string => `${file}:${line}`;
const placeOf = (layer: LayerFile, { line }: At<unknown>): Place => ({ file: layer.file, line });

function refuseForeignKeys({ layer, file, settings }: LayerFile, userFile: string): void {
  if (layer !== 'project') return;
  const { rulesOff, rebuildable, shell, audit } = settings;
  const foreign = Object.entries({
    'rules.off': rulesOff,
    rebuildable,
    shell,
    'audit.folder': audit.folder,
    'audit.keep': audit.keep,
    'audit.maxBytes': audit.maxBytes,
  }).find(([, value]) => value !== undefined);
  if (!foreign) return;
  const [key, value] = foreign;
  throw new ConfigError(
    file,
    value?.line,
    `"${key}" has no place in a project's file, which may only tighten; it may stand in ${userFile} or in /etc/guard`,
  );
}

/** The intersection. Nothing left would mean "no scope", which is softer than any. */
function mergeScope(layers: readonly LayerFile[]): Merged<readonly KnownEnvironment[]> {
  let merged: (Place & { value: readonly KnownEnvironment[] }) | undefined;
  for (const layer of layers) {
    const { scope } = layer.settings;
    if (!scope) continue;
    const above = merged;
    const value = above ? scope.value.filter((name) => above.value.includes(name)) : scope.value;
    if (above && value.length === 0) {
      throw new ConfigError(
        layer.file,
        scope.line,
        `expected a scope within ${above.value.join(', ')}, which ${showPlace(above)} says`,
      );
    }
    merged = { value, ...placeOf(layer, scope) };
  }
  return { value: merged?.value ?? [], sources: [source('scope', merged?.value ?? [], merged)] };
}

/** All patterns of all files. Which of several matching ones counts is core's business: the strictest environment. */
function mergePatterns(layers: readonly LayerFile[]): Merged<Policy['environments']> {
  const all: (Pattern & Place)[] = [];
  for (const layer of layers) {
    const above = [...all];
    for (const pattern of layer.settings.patterns) {
      if (layer.layer !== 'system') refuseRelabel(layer, pattern, above);
      all.push({ ...pattern, ...placeOf(layer, pattern) });
    }
  }
  const environments: Partial<Record<KnownEnvironment, EnvironmentPatterns>> = {};
  for (const name of knownEnvironments) {
    const own = all.filter(({ environment }) => environment === name);
    if (own.length > 0) environments[name] = collectPatterns(own);
  }
  return {
    value: environments,
    sources: all.map((pattern) =>
      source(`environments.${pattern.environment}.${pattern.kind}`, pattern.value, pattern),
    ),
  };
}

const collectPatterns = (patterns: readonly Pattern[]): EnvironmentPatterns => {
  const of = (kind: string) => [
    ...new Set(patterns.filter((pattern) => pattern.kind === kind).map(({ value }) => value)),
  ];
  return {
    hosts: of('hosts'),
    contexts: of('contexts'),
    accounts: of('accounts'),
    projects: of('projects'),
    paths: of('paths'),
  };
};

/** What a stronger file calls production stays production, and a project cannot call everything local. */
function refuseRelabel(layer: LayerFile, pattern: Pattern, above: readonly (Pattern & Place)[]): void {
  if (layer.layer === 'project' && pattern.environment !== 'production' && !/[\p{L}\p{N}]/u.test(pattern.value)) {
    throw new ConfigError(
      layer.file,
      pattern.line,
      `"${pattern.value}" would call everything ${pattern.environment}; a project's file may only tighten`,
    );
  }
  const rank = knownEnvironments.indexOf(pattern.environment);
  const stricter = above.find(
    (other) =>
      other.kind === pattern.kind &&
      knownEnvironments.indexOf(other.environment) < rank &&
      covers(other.value.toLowerCase(), pattern.value.toLowerCase()),
  );
  if (!stricter) return;
  throw new ConfigError(
    layer.file,
    pattern.line,
    `"${pattern.value}" is ${stricter.environment} by ${showPlace(stricter)} and cannot be called ${pattern.environment} here`,
  );
}

/** Whether a pattern with `*` matches a text. Greedy from the left is enough: only the last piece must end the text. */
function covers(pattern: string, text: string): boolean {
  const [first = '', ...rest] = pattern.split('*');
  const last = rest.pop();
  if (last === undefined) return pattern === text;
  if (!text.startsWith(first)) return false;
  let at = first.length;
  for (const piece of rest) {
    const found = text.indexOf(piece, at);
    if (found < 0) return false;
    at = found + piece.length;
  }
  return text.length - at >= last.length && text.endsWith(last);
}

type Cells = Map<string, { cell: TableCell; place: Place | undefined; fixed: boolean }>;

const cellKey = (severity: Severity, environment: EnvironmentName): string => `${severity}.${environment}`;
const order: readonly TableCell[] = Object.values(cells);

/** A user may soften guard's defaults but not what /etc says; a project may soften nothing. */
function mergeTable(layers: readonly LayerFile[]): Merged<DecisionTable> {
  const merged: Cells = new Map();
  for (const [severity, row] of Object.entries(defaultPolicy.table)) {
    for (const [environment, cell] of Object.entries(row)) {
      merged.set(cellKey(severity as Severity, environment as EnvironmentName), {
        cell,
        place: undefined,
        fixed: false,
      });
    }
  }
  for (const layer of layers) for (const decision of layer.settings.decisions) decide(merged, layer, decision);
  const sources = [...merged].map(([key, { cell, place }]) => source(`decisions.${key}`, wordOf(cell), place));
  return { value: toTable(merged), sources };
}

function decide(merged: Cells, layer: LayerFile, decision: Decision): void {
  const key = cellKey(decision.severity, decision.environment);
  const above = merged.get(key);
  const mayNotSoften = layer.layer === 'project' || above?.fixed === true;
  if (above && mayNotSoften && order.indexOf(decision.value) < order.indexOf(above.cell)) {
    const by = above.place ? `which ${showPlace(above.place)} says` : "guard's default";
    throw new ConfigError(
      layer.file,
      decision.line,
      `decisions.${key}: expected "${wordOf(above.cell)}" (${by}) or harder, "${decision.word}" is softer`,
    );
  }
  merged.set(key, {
    cell: decision.value,
    place: placeOf(layer, decision),
    fixed: above?.fixed === true || layer.layer === 'system',
  });
}

function toTable(merged: Cells): DecisionTable {
  const row = (severity: Severity): Record<EnvironmentName, TableCell> => {
    const cell = (environment: EnvironmentName): TableCell =>
      merged.get(cellKey(severity, environment))?.cell ?? 'deny';
    return {
      local: cell('local'),
      development: cell('development'),
      staging: cell('staging'),
      production: cell('production'),
      unknown: cell('unknown'),
    };
  };
  return { low: row('low'), medium: row('medium'), high: row('high'), critical: row('critical') };
}

/** Where /etc has a list, it is final: the user may not switch off more. */
function mergeRulesOff(layers: readonly LayerFile[]): Merged<Policy['rulesOff']> {
  const off: (At<{ rule: string; reason: string }> & Place)[] = [];
  let final: Place | undefined;
  for (const layer of layers) {
    const { rulesOff } = layer.settings;
    if (!rulesOff) continue;
    for (const item of rulesOff.value) {
      const known = off.some(({ value }) => covers(value.rule, item.value.rule));
      if (final && !known)
        throw new ConfigError(
          layer.file,
          item.line,
          `rules.off is final in ${showPlace(final)}; "${item.value.rule}" stays on`,
        );
      if (!known) off.push({ ...item, ...placeOf(layer, item) });
    }
    if (layer.layer === 'system') final = placeOf(layer, rulesOff);
  }
  return { value: off.map(({ value }) => value), sources: off.map((item) => source('rules.off', item.value, item)) };
}

function mergeEndpoints(layers: readonly LayerFile[]): Merged<Policy['endpoints']> {
  const endpoints: Record<string, readonly string[]> = {};
  const sources: ConfigSource[] = [];
  for (const layer of layers) {
    for (const { api, value, line } of layer.settings.endpoints) {
      endpoints[api] = [...new Set([...(endpoints[api] ?? []), ...value])];
      sources.push(source(`endpoints.${api}`, value, { file: layer.file, line }));
    }
  }
  return { value: endpoints, sources };
}

/** All names of the machine's and the user's files: a project cannot say that its files may be deleted. */
function mergeRebuildable(layers: readonly LayerFile[]): Merged<Policy['rebuildable']> {
  const all = layers.flatMap((layer) => {
    const { rebuildable } = layer.settings;
    return rebuildable === undefined ? [] : [{ names: rebuildable.value, place: placeOf(layer, rebuildable) }];
  });
  return {
    value: [...new Set(all.flatMap(({ names }) => names))],
    sources: all.map(({ names, place }) => source('rebuildable', names, place)),
  };
}

/** The first file that says something decides; those below may switch off, not on. */
function mergeLookups(layers: readonly LayerFile[]): Merged<boolean> {
  let value = defaultPolicy.lookups;
  let place: Place | undefined;
  for (const layer of layers) {
    const { lookups } = layer.settings;
    if (!lookups) continue;
    if (lookups.value && !value && place) {
      throw new ConfigError(
        layer.file,
        lookups.line,
        `lookups are off by ${showPlace(place)} and can only be switched on there`,
      );
    }
    if (place === undefined || lookups.value !== value) place = placeOf(layer, lookups);
    value = lookups.value;
  }
  return { value, sources: [source('lookups', value, place)] };
}

/** A setting that the strongest file fixes: a weaker one may repeat it or, where `allows` says so, go its way. */
function mergeFixed<T>(
  layers: readonly LayerFile[],
  key: string,
  get: (layer: LayerFile) => At<T> | undefined,
  fallback: T,
  allows: (value: T, above: T) => boolean = (value, above) => value === above,
): Merged<T> {
  let merged: (Place & { value: T }) | undefined;
  for (const layer of layers) {
    const found = get(layer);
    if (!found) continue;
    if (merged && !allows(found.value, merged.value)) {
      throw new ConfigError(
        layer.file,
        found.line,
        `"${key}" is ${String(merged.value)} by ${showPlace(merged)} and cannot be changed here`,
      );
    }
    merged = { value: found.value, ...placeOf(layer, found) };
  }
  const value = merged ? merged.value : fallback;
  return { value, sources: [source(key, value, merged)] };
}

/** More history may be kept than /etc asks for, never less. */
function mergeAudit(layers: readonly LayerFile[], { defaults, home }: Surroundings): Merged<AuditSettings> {
  const atLeast = (value: number, above: number) => value >= above;
  const folderOf = (layer: LayerFile): At<string> | undefined => {
    const { folder } = layer.settings.audit;
    return folder && { line: folder.line, value: absolute(folder.value, layer, home) };
  };
  const folder = mergeFixed(layers, 'audit.folder', folderOf, defaults.audit.folder);
  const keep = mergeFixed(layers, 'audit.keep', ({ settings }) => settings.audit.keep, defaults.audit.keep, atLeast);
  const maxBytes = mergeFixed(
    layers,
    'audit.maxBytes',
    ({ settings }) => settings.audit.maxBytes,
    defaults.audit.maxBytes,
    atLeast,
  );
  return {
    value: { folder: folder.value, keep: keep.value, maxBytes: maxBytes.value },
    sources: [folder, keep, maxBytes].flatMap(({ sources }) => sources),
  };
}

/** Further rules only add findings, so every file may name folders. */
function mergeFolders(layers: readonly LayerFile[], { home }: Surroundings): Merged<readonly string[]> {
  const found = layers.flatMap((layer) => {
    const { ruleFolders } = layer.settings;
    return (ruleFolders?.value ?? []).map((path) => ({
      path: absolute(path, layer, home),
      file: layer.file,
      line: ruleFolders?.line ?? 1,
    }));
  });
  return {
    value: [...new Set(found.map(({ path }) => path))],
    sources: found.map((item) => source('rules.folders', item.path, item)),
  };
}

/** Paths are relative to the file they stand in; `~/` is the home folder. */
function absolute(path: string, { file }: LayerFile, home: string | undefined): string {
  if (path.startsWith('~/') && home !== undefined) return join(home, path.slice(2));
  return resolve(dirname(file), path);
}

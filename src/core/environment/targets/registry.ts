// Package registries: what is published in a public one is in use everywhere; that is production.
// Sources: the references of npm, Yarn, pnpm, Cargo, Twine, RubyGems, NuGet, Poetry and uv.
import { own } from '../../model/table.ts';
import type { Environment } from '../../model/verdict.ts';
import { textOf } from '../../model/word.ts';
import { environmentAt } from '../address.ts';
import { clueOf, doubtful, shown } from '../clue.ts';
import { readConnection } from '../connection.ts';
import { lineOf, parseJson, textAt } from '../data.ts';
import { namedBy, nameOf, resourcesOf } from '../named.ts';
import type { Resolved, TargetResolver } from '../resolver.ts';
import {
  type Find,
  fileAbove,
  fileAt,
  pick,
  placeIn,
  type Signal,
  type Sources,
  signal,
  sourcesOf,
  variable,
} from '../sources.ts';
import { unresolved } from '../unresolved.ts';

interface Registry {
  readonly flags: readonly string[];
  readonly variables: readonly string[];
  /** Where the tool goes when nothing else is said. */
  readonly host: string;
  readonly files?: (sources: Sources) => Signal | undefined;
}

const npm: Registry = {
  flags: ['--registry'],
  variables: ['npm_config_registry', 'NPM_CONFIG_REGISTRY', 'YARN_NPM_REGISTRY_SERVER'],
  host: 'npmjs.org',
  files: npmrc,
};

const registries: Readonly<Record<string, Registry>> = {
  npm,
  pnpm: npm,
  yarn: npm,
  bun: npm,
  lerna: npm,
  jsr: { flags: [], variables: ['JSR_URL'], host: 'jsr.io' },
  cargo: { flags: ['--index', '--registry'], variables: ['CARGO_REGISTRY_DEFAULT'], host: 'crates.io' },
  twine: {
    flags: ['--repository-url', '-r', '--repository'],
    variables: ['TWINE_REPOSITORY_URL', 'TWINE_REPOSITORY'],
    host: 'pypi.org',
  },
  poetry: { flags: ['-r', '--repository'], variables: [], host: 'pypi.org' },
  uv: { flags: ['--publish-url', '--index'], variables: ['UV_PUBLISH_URL'], host: 'pypi.org' },
  hatch: { flags: ['-r', '--repo'], variables: ['HATCH_INDEX_REPO'], host: 'pypi.org' },
  flit: { flags: ['--repository', '--pypirc'], variables: ['FLIT_INDEX_URL'], host: 'pypi.org' },
  gem: { flags: ['--host', '--source'], variables: ['RUBYGEMS_HOST'], host: 'rubygems.org' },
  dotnet: { flags: ['-s', '--source'], variables: [], host: 'nuget.org' },
  nuget: { flags: ['-s', '-Source', '--source'], variables: [], host: 'nuget.org' },
  vsce: { flags: [], variables: [], host: 'marketplace.visualstudio.com' },
  ovsx: { flags: ['--registryUrl', '-r'], variables: ['OVSX_REGISTRY_URL'], host: 'open-vsx.org' },
  pod: { flags: [], variables: [], host: 'cocoapods.org' },
  hex: { flags: [], variables: ['HEX_API_URL'], host: 'hex.pm' },
  mix: { flags: [], variables: ['HEX_API_URL'], host: 'hex.pm' },
};

/** Domains whose registries everybody installs from. */
const publicDomains: readonly string[] = [
  ...new Set(Object.values(registries).map(({ host }) => host)),
  'npmjs.com',
  'yarnpkg.com',
  'github.com',
  'ghcr.io',
  'docker.io',
];

const isPublic = (host: string): boolean =>
  publicDomains.some((domain) => host === domain || host.endsWith(`.${domain}`));

/** Registries for trying things out. */
const testHosts = new Set(['test.pypi.org', 'testpypi', 'pypitest']);

export const resolver: TargetResolver = {
  kinds: ['package.registry'],
  resolve(subject, context) {
    const { invocation } = subject.fact;
    return invocation === undefined ? unresolved(subject, context) : resolveCall(sourcesOf(invocation, context));
  },
};

function resolveCall(sources: Sources): Resolved {
  const registry = own(registries, sources.call.name);
  const picked =
    registry &&
    pick(
      () => namedBy(sources, ...registry.flags),
      ...registry.variables.map((name) => variable(sources, name)),
      fileFind(registry, sources),
    );
  const place = picked?.signal ?? (registry && signal(registry.host, `the default of ${sources.call.name}`));
  const host = place && { ...place, word: readConnection(place.word)?.host ?? place.word };
  const packageName = nameOf(sources, packagesOf(sources, registry));
  return {
    target: {
      kind: 'package',
      name: host === undefined ? packageName : `${packageName} @ ${shown(host.word)}`,
      details: [],
    },
    environment:
      host === undefined
        ? { name: 'unknown', evidence: [{ claim: 'nothing says which registry this is', source: 'the command' }] }
        : ofRegistry(host, place, picked?.doubts ?? [], sources),
  };
}

const fileFind =
  (registry: Registry, sources: Sources): Find =>
  () =>
    registry.files?.(sources);

function ofRegistry(host: Signal, place: Signal | undefined, doubts: readonly Signal[], sources: Sources): Environment {
  const text = textOf(host.word);
  const clue = clueOf(host, 'hosts', 'registry');
  const doubt = doubts[0];
  if (text !== undefined && testHosts.has(text))
    return { name: doubt === undefined ? 'development' : 'unknown', evidence: [clue.evidence] };
  // A default that may have been changed is still the public registry for all but a few.
  if (text !== undefined && isPublic(text))
    return {
      name: 'production',
      evidence: [clue.evidence, { claim: 'what is published there is in use', source: 'a public registry' }],
    };
  if (doubt !== undefined) return { name: 'unknown', evidence: [clue.evidence, doubtful(doubt)] };
  return environmentAt(
    {
      host,
      port: place && readConnection(place.word)?.port,
      defaultPort: 443,
      clues: [],
      doubts: [],
      noun: 'registry',
      anyServer: true,
    },
    sources,
  );
}

/** What the call names, else the package that the folder holds. */
function packagesOf(sources: Sources, registry: Registry | undefined): readonly Signal[] {
  const named = resourcesOf(sources).filter(({ source }) => source === 'the command');
  if (named.length > 0 || registry !== npm) return named;
  const file = fileAbove(sources, 'package.json');
  const name = file && textAt(parseJson(file.text), 'name');
  return file && name ? [signal(name, placeIn(file, lineOf(file.text, '"name"')))] : [];
}

/** `registry=` of the nearest .npmrc, then of the user's own. A scope's own registry is not followed. */
function npmrc(sources: Sources): Signal | undefined {
  for (const file of [fileAbove(sources, '.npmrc'), fileAt(sources, '~/.npmrc')]) {
    const match = file && /^registry\s{0,8}=\s{0,8}(\S{1,300})/m.exec(file.text);
    if (file && match?.[1] !== undefined)
      return signal(match[1], `registry from ${placeIn(file, lineOf(file.text, match[0]))}`);
  }
  return undefined;
}

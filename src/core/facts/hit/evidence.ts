// Evidence that a folder is what its name says: what its ecosystem leaves inside it or keeps beside it.
import { natureOfName } from '../nature.ts';
import type { Ground } from './ground.ts';
import { namesIn } from './standing.ts';

interface Ecosystem {
  readonly names: RegExp;
  readonly inside: readonly string[];
  /** Names, or endings that start with a dot and a star in front: `*.tf`. */
  readonly beside: readonly string[];
  /** The name alone proves nothing: other folders are called so too, and hold what exists once. */
  readonly strict: boolean;
}

/** Files that say that a project is built here. */
const projects = [
  'package.json',
  'Makefile',
  'makefile',
  'GNUmakefile',
  'CMakeLists.txt',
  'meson.build',
  'configure',
  'configure.ac',
  'setup.py',
  'setup.cfg',
  'pyproject.toml',
  'tox.ini',
  'Cargo.toml',
  'go.mod',
  'pom.xml',
  'build.gradle',
  'build.gradle.kts',
  'build.sbt',
  'build.zig',
  'pubspec.yaml',
  'composer.json',
  'Gemfile',
  'mix.exs',
  'rebar.config',
  'dune-project',
  'stack.yaml',
  'Package.swift',
  'WORKSPACE',
  'MODULE.bazel',
  'deno.json',
  'tsconfig.json',
  'mkdocs.yml',
  'conf.py',
  'justfile',
  'Taskfile.yml',
  '*.csproj',
  '*.sln',
  '*.cabal',
  '*.xcodeproj',
  '*.pro',
  '*.spec',
];

/** What each tool leaves, from its own documentation. Folders that are not listed have names that nothing else bears. */
const ecosystems: readonly Ecosystem[] = [
  {
    names: /^node_modules$/,
    inside: ['.package-lock.json', '.modules.yaml', '.yarn-integrity', '.yarn-state.yml', '.bin', '.cache'],
    beside: ['package.json', 'package-lock.json', 'pnpm-lock.yaml', 'yarn.lock', 'bun.lock', 'bun.lockb'],
    strict: true,
  },
  {
    names: /^(\.?venv.*|env|virtualenv)$/,
    inside: ['pyvenv.cfg', 'conda-meta'],
    beside: [],
    strict: true,
  },
  {
    names: /^target$/,
    inside: ['CACHEDIR.TAG', '.rustc_info.json', 'classes', 'maven-status'],
    beside: ['Cargo.toml', 'pom.xml', 'build.sbt', 'build.gradle', 'project.clj', 'dbt_project.yml'],
    strict: true,
  },
  { names: /^Pods$/, inside: ['Manifest.lock'], beside: ['Podfile'], strict: true },
  { names: /^bower_components$/, inside: [], beside: ['bower.json', 'package.json'], strict: true },
  {
    names: /^(dist|build|out|_build|obj|_site|coverage|htmlcov|build[-_.].*)$/,
    inside: ['CMakeCache.txt', 'build.ninja', 'config.log', 'lcov.info', 'coverage-final.json', 'project.assets.json'],
    beside: projects,
    strict: false,
  },
];

export type Evidence =
  /** Something says that it is what its name says, or its name says enough. */
  | 'shown'
  /** Nothing does; `strict` names are then not believed. */
  | 'missing'
  | 'missing-strict';

/** What speaks for a folder whose name is one of build output; undefined where that is not known. */
export function evidenceFor(path: string, ground: Ground): Evidence | undefined {
  const cut = path.lastIndexOf('/');
  const name = path.slice(cut + 1);
  const parent = path.slice(0, cut) || '/';
  const known = ecosystems.find(({ names }) => names.test(name));
  if (known === undefined || natureOfName(parent, true) === 'build') return 'shown';
  const inside = namesIn(path, ground);
  const beside = namesIn(parent, ground);
  if (has(inside, known.inside) || has(beside, known.beside)) return 'shown';
  if (inside === undefined || beside === undefined) return undefined;
  return known.strict ? 'missing-strict' : 'missing';
}

const has = (names: readonly string[] | undefined, wanted: readonly string[]): boolean =>
  names?.some((name) => wanted.some((each) => (each.startsWith('*') ? name.endsWith(each.slice(1)) : name === each))) ??
  false;

// Loads configuration files: cosmiconfig picks the reader by name, the readers take data and nothing else.
//
// cosmiconfig's front door (`cosmiconfig()`) is not used: whatever loaders it is given, it first looks for
// `.config/config.js` (.cjs, .mjs, .ts) in the working directory and executes it. Its Explorer takes exactly the
// loaders it is given and does no such search. An extension without a loader is an error.

import { Explorer } from 'cosmiconfig/dist/Explorer.js';
import { ConfigError } from './error.ts';
import { unusable } from './find.ts';
import { readJson, readJsonKey } from './json.ts';
import type { ConfigFile, Layer } from './model.ts';
import { readSettings, type Settings } from './schema.ts';
import { emptyTree, type Tree } from './tree.ts';

export interface LayerFile {
  readonly layer: Layer;
  readonly file: string;
  readonly settings: Settings;
}

/** The settings of each file, in order. Throws ConfigError. */
export async function readFiles(files: readonly ConfigFile[]): Promise<readonly LayerFile[]> {
  const explorer = createExplorer();
  const layers: LayerFile[] = [];
  for (const { path, layer } of files) {
    const tree = await loadTree(explorer, path);
    layers.push({ layer, file: path, settings: readSettings(tree, path) });
  }
  return layers;
}

type Loader = ReturnType<typeof createExplorer>;

function createExplorer() {
  return new Explorer({
    moduleName: 'guard',
    searchPlaces: [],
    searchStrategy: 'none',
    ignoreEmptySearchPlaces: true,
    cache: false,
    mergeImportArrays: false,
    mergeSearchPlaces: false,
    metaConfigFilePath: null,
    transform: (result) => result,
    loaders: { '.json': loadJson, '.yaml': loadYaml, '.yml': loadYaml, noExt: loadEither },
  });
}

async function loadTree(explorer: Loader, path: string): Promise<Tree> {
  try {
    const result = await explorer.load(path);
    return result?.config === undefined ? emptyTree : (result.config as Tree);
  } catch (error) {
    throw unusable(path, error);
  }
}

/** For package.json cosmiconfig takes the key `guard` of what it is given; all other files are taken whole. */
function loadJson(file: string, text: string): Tree | { readonly guard: Tree | undefined } {
  if (!file.endsWith('/package.json')) return readJson(withoutMark(text), file);
  return { guard: readJsonKey(withoutMark(text), file, 'guard') };
}

async function loadYaml(file: string, text: string): Promise<Tree> {
  const { readYaml } = await import('./yaml.ts');
  return readYaml(withoutMark(text), file);
}

/** `.guardrc` may be either: a file that opens with a brace and is valid JSON is JSON, all else is YAML. */
async function loadEither(file: string, text: string): Promise<Tree> {
  if (!withoutMark(text).trimStart().startsWith('{')) return await loadYaml(file, text);
  try {
    return readJson(withoutMark(text), file);
  } catch (error) {
    if (error instanceof ConfigError && error.message.startsWith('expected JSON')) return await loadYaml(file, text);
    throw error;
  }
}

/** Editors on Windows put a byte order mark in front. */
const withoutMark = (text: string): string => (text.startsWith('\uFEFF') ? text.slice(1) : text);

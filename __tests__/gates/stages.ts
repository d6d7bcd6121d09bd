// The order of core's stages: which stage may import which.
import { compile, importedPath, importsOf, type Sources, type Violation, violationAt } from './sources.ts';

/** What a stage may import besides itself. Changing the design means changing a line here. */
const allowedImports = {
  model: [],
  parse: ['model'],
  programs: ['model', 'parse'],
  resolve: ['model', 'parse', 'programs'],
  payloads: ['model', 'parse', 'programs', 'resolve'],
  facts: ['model', 'parse', 'programs', 'resolve', 'payloads'],
  rules: ['model', 'parse', 'programs', 'resolve', 'payloads', 'facts'],
  environment: ['model', 'parse', 'programs', 'resolve', 'payloads', 'facts', 'rules'],
  decide: ['model', 'parse', 'programs', 'resolve', 'payloads', 'facts', 'rules', 'environment'],
  analyze: ['model', 'parse', 'programs', 'resolve', 'payloads', 'facts', 'rules', 'environment', 'decide'],
  // What stands in for an analysis that failed.
  undecided: ['model', 'decide', 'analyze'],
} as const satisfies Record<string, readonly string[]>;

type Stage = keyof typeof allowedImports;

/** Generated registries belong to the stage whose files they list. */
const generatedStage: Readonly<Record<string, Stage>> = {
  launchers: 'resolve',
  programs: 'programs',
  clients: 'payloads',
  effects: 'facts',
  targets: 'environment',
};

/** Imports in `src/core` that go against the flow, and files that belong to no stage. */
export function stageViolations(sources: Sources): Violation[] {
  const { files } = compile(sources);
  return files.flatMap((file) => {
    const stage = stageOf(file.fileName);
    if (stage === undefined) return [violationAt(file, 'belongs to no stage of core')];
    return importsOf(file).flatMap(({ node, specifier }) => {
      const path = importedPath(file.fileName, specifier);
      const other = path === undefined ? undefined : stageOf(path);
      if (other === undefined || mayImport(stage, other)) return [];
      return [violationAt(node, `${stage} imports ${other}`)];
    });
  });
}

const mayImport = (stage: Stage, other: Stage): boolean =>
  stage === other || (allowedImports[stage] as readonly string[]).includes(other);

function stageOf(path: string): Stage | undefined {
  const [, first = '', second = ''] = /^src\/core\/([^/]+)(?:\/(.+))?$/.exec(path) ?? [];
  if (first === 'generated') return generatedStage[second.replace(/\.ts$/, '')];
  const name = first.replace(/\.ts$/, '');
  return name in allowedImports ? (name as Stage) : undefined;
}

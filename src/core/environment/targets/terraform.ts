// Infrastructure as code: which state a call would change. Workspace, stack or stage, folder, variable files, backend.
// Sources: Terraform CLI "Workspaces", "-chdir", "Environment Variables"; Pulumi, CDK, SST and Serverless CLI references.
import { knownPrefix, textOf, type Word } from '../../model/word.ts';
import { dropStart } from '../../payloads/http/words.ts';
import { pathFrom } from '../../resolve/paths.ts';
import { type Clue, clueOf, cluesOf, environmentByNames, shown } from '../clue.ts';
import { at, lineOf, parseJson, textAt } from '../data.ts';
import { environmentOfName } from '../name.ts';
import { flagsOf, namedBy, nameOf, placeClues, resourceClue, resourcesOf } from '../named.ts';
import type { Resolved, TargetResolver } from '../resolver.ts';
import {
  fileAbove,
  fileAt,
  folderOf,
  type Picked,
  pick,
  placeIn,
  type Signal,
  type Sources,
  signal,
  sourcesOf,
  switched,
  variable,
} from '../sources.ts';
import { unresolved } from '../unresolved.ts';

const programs = new Set(['terraform', 'tofu', 'terragrunt', 'tf']);

export const resolver: TargetResolver = {
  kinds: ['terraform.state'],
  resolve(subject, context) {
    const { fact } = subject;
    if (fact.invocation === undefined) return unresolved(subject, context);
    const sources = sourcesOf(fact.invocation, context);
    const name = fact.invocation.name ?? '';
    if (programs.has(name)) return ofTerraform(sources);
    return name === 'pulumi' ? ofStack(sources, stackOf(sources)) : ofStack(sources, stageOf(sources));
  },
};

function ofTerraform(sources: Sources): Resolved {
  const folder = workFolder(sources);
  const workspace = workspaceOf(sources, folder);
  const backend = backendOf(sources, folder);
  const clues = [
    ...cluesOf([workspace.signal, 'contexts', 'workspace']),
    ...variableClues(sources),
    ...backend.map((each) => clueOf(each, 'projects', 'state')),
    ...folderClues(folder),
  ];
  const where = folder === undefined ? 'the working directory' : shown(folder.word);
  const state = workspace.signal === undefined ? where : `${shown(workspace.signal.word)} @ ${where}`;
  const details = backend.map((each) => ({ claim: `state in ${shown(each.word)}`, source: each.source }));
  return {
    target: { kind: 'state', name: state, details },
    environment: environmentByNames(clues, workspace.doubts, sources.context.policy),
  };
}

function workFolder(sources: Sources): Signal | undefined {
  const given = namedBy(sources, '-chdir', '--chdir', '--working-dir', '--terragrunt-working-dir');
  const folder = folderOf(sources) ?? textOf(sources.call.cwd);
  if (given === undefined) return folder?.startsWith('/') ? signal(folder, 'the working directory') : undefined;
  const text = textOf(given.word);
  return text === undefined || folder === undefined ? given : signal(pathFrom(text, folder), given.source);
}

const workspaceOf = (sources: Sources, folder: Signal | undefined): Picked =>
  pick(
    variable(sources, 'TF_WORKSPACE'),
    switched(sources, ['terraform', 'tofu'], 'workspace', 'select'),
    switched(sources, ['terraform', 'tofu'], 'workspace', 'new'),
    () => {
      const file = fileIn(sources, folder, 'environment');
      return file === undefined || file.text.trim() === '' ? undefined : signal(file.text.trim(), `${file.shown}:1`);
    },
  );

/** Terraform's own folder, which a variable may move. */
function fileIn(sources: Sources, folder: Signal | undefined, name: string) {
  const path = textOf(folder?.word);
  const moved = pick(variable(sources, 'TF_DATA_DIR')).signal;
  return path === undefined
    ? undefined
    : fileAt(sources, pathFrom(`${textOf(moved?.word) ?? '.terraform'}/${name}`, path));
}

/** Bucket, key, organization ...: what the backend's configuration names. */
function backendOf(sources: Sources, folder: Signal | undefined): readonly Signal[] {
  const file = fileIn(sources, folder, 'terraform.tfstate');
  const backend = file && at(parseJson(file.text), 'backend');
  const keys = [
    'bucket',
    'key',
    'prefix',
    'container_name',
    'storage_account_name',
    'organization',
    'path',
    'address',
    'schema_name',
    'profile',
  ];
  const found = [...keys.map((key) => [key] as const), ['workspaces', 'name'] as const];
  return found.flatMap((path) => {
    const text = textAt(backend, 'config', ...path);
    return file === undefined || text === undefined
      ? []
      : [signal(text, `${path.join('.')} from ${placeIn(file, lineOf(file.text, `"${path.at(-1)}"`))}`)];
  });
}

/** `-var-file=prod.tfvars`, `-var env=prod`, `-state=prod.tfstate`, `TF_VAR_environment`. */
function variableClues(sources: Sources): readonly Clue[] {
  const files = flagsOf(sources).flatMap(([name, value]) =>
    value !== undefined && /^--?(var-file|state|backend-config)$/.test(name)
      ? [clueOf(signal(value, `${name} in the command`), 'paths', 'file')]
      : [],
  );
  const values = flagsOf(sources).flatMap(([name, value]) =>
    value !== undefined && /^--?var$/.test(name) ? variableClue(value) : [],
  );
  const set = ['TF_VAR_environment', 'TF_VAR_env', 'TF_VAR_stage'].map((name) => variable(sources, name)());
  return [
    ...files,
    ...values,
    ...cluesOf(...set.map((each) => [each?.doubt ? undefined : each, 'contexts', 'variable'] as const)),
  ];
}

/** Only variables that are named like a place say anything of one. */
function variableClue(pair: Word): readonly Clue[] {
  const name = /^(?:env|environment|stage|workspace|account|project)\w{0,20}=/.exec(knownPrefix(pair))?.[0];
  if (name === undefined) return [];
  return [
    clueOf(signal(dropStart(pair, name.length), '-var in the command'), 'contexts', `variable ${name.slice(0, -1)}`),
  ];
}

/**
 * `environments/production/network`: the last three folders may say production or staging, and only the last one
 * development, since people keep all their work below folders called `dev` and `test`.
 */
function folderClues(folder: Signal | undefined): readonly Clue[] {
  const segments = (textOf(folder?.word) ?? '')
    .split('/')
    .filter((segment) => segment !== '')
    .slice(-3);
  if (folder === undefined) return [];
  return segments
    .flatMap((segment, index) => {
      const told = environmentOfName(segment);
      const last = index === segments.length - 1;
      const counts =
        (told === 'production' && !/live/i.test(segment)) || told === 'staging' || (told === 'development' && last);
      return counts || last
        ? [
            clueOf(
              signal(counts ? segment : shown(folder.word), folder.source),
              counts ? 'projects' : 'paths',
              'folder',
            ),
          ]
        : [];
    })
    .filter(({ pattern, text }) => pattern !== 'paths' || environmentOfName(text) === undefined);
}

/** Stacks, stages and environments of other tools: all that they name. `cdk destroy OrdersProd` */
function ofStack(sources: Sources, stack: Picked): Resolved {
  const resources = resourcesOf(sources);
  const clues = [
    ...cluesOf([stack.signal, 'contexts', 'stack']),
    ...placeClues(sources).filter(({ evidence }) => evidence.source !== stack.signal?.source),
    ...resources.slice(0, 20).map(resourceClue),
  ];
  const name = nameOf(sources, stack.signal === undefined ? resources : [stack.signal]);
  const environment = environmentByNames(clues, stack.signal === undefined ? stack.doubts : [], sources.context.policy);
  const silent = { claim: `nothing says which stack ${sources.call.name} works on`, source: 'the command' };
  return {
    target: { kind: 'stack', name, details: [] },
    environment: environment.evidence.length > 0 ? environment : { name: 'unknown', evidence: [silent] },
  };
}

function stackOf(sources: Sources): Picked {
  return pick(
    () => namedBy(sources, '--stack', '-s'),
    variable(sources, 'PULUMI_STACK'),
    switched(sources, ['pulumi'], 'stack', 'select'),
    () => selectedStack(sources),
  );
}

/** Pulumi keeps the selected stack in a file named after the project and a hash; it counts where there is but one. */
function selectedStack(sources: Sources): Signal | undefined {
  const project = fileAbove(sources, 'Pulumi.yaml');
  const name = project && /^name:\s{0,8}['"]?([\w.-]{1,100})/m.exec(project.text)?.[1];
  const { home, world } = sources.context;
  if (name === undefined || home === undefined) return undefined;
  const folder = `${home}/.pulumi/workspaces`;
  const listed = world.ask({ kind: 'folder', path: folder });
  const files =
    listed?.kind === 'names'
      ? listed.names.filter((each) => each.startsWith(`${name}-`) && each.endsWith('-workspace.json'))
      : [];
  const file = files.length === 1 ? fileAt(sources, `${folder}/${files[0]}`) : undefined;
  const stack = file && textAt(parseJson(file.text), 'stack');
  return file && stack ? signal(stack, `stack from ${file.shown}`) : undefined;
}

function stageOf(sources: Sources): Picked {
  return pick(
    () => namedBy(sources, '--stage', '--env', '--environment', ...(sources.call.name?.startsWith('s') ? ['-s'] : [])),
    variable(sources, 'SST_STAGE'),
    () => {
      const file = sources.call.name === 'sst' ? fileAbove(sources, '.sst/stage') : undefined;
      return file === undefined ? undefined : signal(file.text.trim(), `${file.shown}:1`);
    },
  );
}

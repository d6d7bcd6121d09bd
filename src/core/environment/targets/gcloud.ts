// Google Cloud projects: by flag, variable, active configuration. Source: gcloud topic configurations, gcloud config.
import { textOf } from '../../model/word.ts';
import { cluesOf, environmentByNames } from '../clue.ts';
import { lineOf, textAt } from '../data.ts';
import { namedBy, nameOf, resourceClue, resourcesOf } from '../named.ts';
import type { Resolved, TargetResolver } from '../resolver.ts';
import {
  dataOf,
  fileAt,
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

export const resolver: TargetResolver = {
  kinds: ['gcloud.project'],
  resolve(subject, context) {
    return subject.fact.invocation === undefined
      ? unresolved(subject, context)
      : resolveCall(sourcesOf(subject.fact.invocation, context));
  },
};

function resolveCall(sources: Sources): Resolved {
  const resources = resourcesOf(sources);
  const { project, configuration } = projectOf(sources);
  const clues = [
    ...cluesOf([project.signal, 'projects', 'project'], [configuration, 'accounts', 'configuration']),
    ...resources.slice(0, 20).map(resourceClue),
  ];
  const environment = environmentByNames(clues, project.doubts, sources.context.policy);
  const silent = {
    name: 'unknown' as const,
    evidence: [{ claim: 'nothing says which Google Cloud project this is', source: 'the command' }],
  };
  return {
    target: {
      kind: 'gcloud.project',
      name: nameOf(sources, resources),
      details: cluesOf([project.signal, 'projects', 'project']).map(({ evidence }) => evidence),
    },
    environment: environment.evidence.length > 0 ? environment : silent,
  };
}

function projectOf(sources: Sources): { readonly project: Picked; readonly configuration: Signal | undefined } {
  const given = namedBy(sources, '--project', '--project_id', '--project-id');
  if (given !== undefined) return { project: { signal: given, doubts: [] }, configuration: undefined };
  const direct = pick(
    variable(sources, 'CLOUDSDK_CORE_PROJECT'),
    switched(sources, ['gcloud'], 'config', 'set', 'project'),
    switched(sources, ['gcloud'], 'config', 'set', 'core/project'),
  );
  if (direct.signal !== undefined) return { project: direct, configuration: undefined };
  const folder = textOf(pick(variable(sources, 'CLOUDSDK_CONFIG')).signal?.word) ?? '~/.config/gcloud';
  const configuration = pick(
    () => namedBy(sources, '--configuration'),
    variable(sources, 'CLOUDSDK_ACTIVE_CONFIG_NAME'),
    switched(sources, ['gcloud'], 'config', 'configurations', 'activate'),
    () => activeIn(sources, folder),
  );
  const project = projectIn(sources, folder, textOf(configuration.signal?.word));
  return {
    project: { signal: project, doubts: [...direct.doubts, ...configuration.doubts] },
    configuration: configuration.signal,
  };
}

function activeIn(sources: Sources, folder: string): Signal | undefined {
  const file = fileAt(sources, `${folder}/active_config`);
  return file === undefined ? undefined : signal(file.text.trim(), `${file.shown}:1`);
}

function projectIn(sources: Sources, folder: string, configuration: string | undefined): Signal | undefined {
  if (configuration === undefined) return undefined;
  const file = fileAt(sources, `${folder}/configurations/config_${configuration}`);
  const project = textAt(dataOf(sources, file, 'ini'), 'core', 'project');
  return file && project
    ? signal(project, `project from ${placeIn(file, lineOf(file.text, '[core]', 'project'))}`)
    : undefined;
}

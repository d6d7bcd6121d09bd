// Azure subscriptions: by flag, by what the line switched to, by the default in azureProfile.json. Source: az account.
import { textOf } from '../../model/word.ts';
import { cluesOf, environmentByNames } from '../clue.ts';
import { at, lineOf, listAt, parseJson, textAt } from '../data.ts';
import { namedBy, nameOf, resourceClue, resourcesOf } from '../named.ts';
import type { Resolved, TargetResolver } from '../resolver.ts';
import {
  earlierCalls,
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

export const resolver: TargetResolver = {
  kinds: ['azure.subscription'],
  resolve(subject, context) {
    return subject.fact.invocation === undefined
      ? unresolved(subject, context)
      : resolveCall(sourcesOf(subject.fact.invocation, context));
  },
};

function resolveCall(sources: Sources): Resolved {
  const group = namedBy(sources, '-g', '--resource-group');
  const resources = resourcesOf(sources).filter(
    ({ source }) => !/^(-g|--resource-group|--subscription)\b/.test(source),
  );
  const given = pick(
    () => namedBy(sources, '--subscription', '--subscription-id'),
    () => switchedTo(sources),
  );
  const folder = pick(variable(sources, 'AZURE_CONFIG_DIR'));
  const defaults =
    given.signal === undefined
      ? defaultSubscription(sources, textOf(folder.signal?.word) ?? '~/.azure')
      : { name: given.signal, id: undefined };
  const clues = [
    ...cluesOf(
      [defaults.name, 'accounts', 'subscription'],
      [defaults.id, 'accounts', 'subscription id'],
      [group, 'projects', 'resource group'],
    ),
    ...resources.slice(0, 20).map(resourceClue),
  ];
  const environment = environmentByNames(
    clues,
    given.signal === undefined ? folder.doubts : [],
    sources.context.policy,
  );
  const silent = {
    name: 'unknown' as const,
    evidence: [{ claim: 'nothing says which Azure subscription this is', source: 'the command' }],
  };
  return {
    target: {
      kind: 'azure.subscription',
      name: nameOf(sources, resources.length > 0 || group === undefined ? resources : [group]),
      details: cluesOf([defaults.name, 'accounts', 'subscription']).map(({ evidence }) => evidence),
    },
    environment: environment.evidence.length > 0 ? environment : silent,
  };
}

/** `az account set -s acme-prod && ...` */
function switchedTo(sources: Sources): Signal | undefined {
  const call = earlierCalls(sources).findLast(
    (each) => each.name === 'az' && textOf(each.args[0]) === 'account' && textOf(each.args[1]) === 'set',
  );
  const value = call && namedBy({ ...sources, call }, '-s', '--subscription', '--name', '-n');
  return value && { ...value, source: 'az account set earlier in the command line' };
}

/** The file starts with a byte order mark. */
function defaultSubscription(
  sources: Sources,
  folder: string,
): { readonly name: Signal | undefined; readonly id: Signal | undefined } {
  const file = fileAt(sources, `${folder}/azureProfile.json`);
  const entry =
    file &&
    listAt(parseJson(file.text.replace(/^\uFEFF/, '')), 'subscriptions').find((each) => at(each, 'isDefault') === true);
  const value = (key: string): Signal | undefined => {
    const text = textAt(entry, key);
    return file === undefined || text === undefined
      ? undefined
      : signal(text, `default ${key} from ${placeIn(file, lineOf(file.text, text))}`);
  };
  return { name: value('name'), id: value('id') };
}

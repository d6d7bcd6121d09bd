// Names in commands: what a call of a vendor's tool names as resource, project, account or environment.
import { knownPrefix, textOf, type Word } from '../model/word.ts';
import { dropStart } from '../payloads/http/words.ts';
import { type Clue, clueOf, shown } from './clue.ts';
import type { PatternKind } from './name.ts';
import { type Signal, type Sources, signal } from './sources.ts';

/** Flags whose value names a place, by the kind of name it is. Every vendor has some of them, with the same meaning. */
const placeFlags: Readonly<Record<PatternKind, ReadonlySet<string>>> = {
  contexts: new Set(
    '--context --environment --env -e --stage --stack --workspace --target --branch --deployment --destination --slot --config-name'.split(
      ' ',
    ),
  ),
  accounts: new Set(
    '--account --account-id --profile --subscription --org --organization --team --tenant --scope --os-cloud --workspace-id'.split(
      ' ',
    ),
  ),
  projects: new Set(
    '--project --project-id --project-ref --project-name -p -P --app -a --site -s --app-name --application --function-name'.split(
      ' ',
    ),
  ),
  hosts: new Set(
    '--bootstrap-server --broker-list --brokers --server --host --addr --address --endpoint --api-url --url --hostname'.split(
      ' ',
    ),
  ),
  paths: new Set('--config --config-file --kubeconfig --env-file'.split(' ')),
};

const patternOf = (flag: string): PatternKind | undefined =>
  (Object.keys(placeFlags) as PatternKind[]).find((each) => placeFlags[each].has(flag));

/** Switches that say production outright. */
const productionSwitches = new Set(['--prod', '--production', '--live']);
const stagingSwitches = new Set(['--staging']);

/** Words that name what a resource is, behind which its own name stands. */
const resourceFlag =
  /^--?(?:[a-z-]{0,40}-)?(?:name|identifier|id|ids|arn|arns|names|identifiers|bucket|cluster|table|queue-url|resource-group|g|n)$/;

/** Every flag of a call with its value, as spelled; what follows a flag is taken for its value unless it is a flag too. */
export function flagsOf({ call }: Sources): readonly (readonly [string, Word | undefined])[] {
  return call.args.flatMap((word, index): (readonly [string, Word | undefined])[] => {
    const text = knownPrefix(word);
    if (!text.startsWith('-') || text === '-' || text === '--') return [];
    const equals = text.indexOf('=');
    if (equals > 0) return [[text.slice(0, equals), dropStart(word, equals + 1)]];
    const next = call.args[index + 1];
    return [[text, next !== undefined && !knownPrefix(next).startsWith('-') ? next : undefined]];
  });
}

/** The value of the first of these flags, as spelled. */
export function namedBy(sources: Sources, ...names: readonly string[]): Signal | undefined {
  const found = flagsOf(sources).find(([name, value]) => names.includes(name) && value !== undefined);
  return found?.[1] === undefined ? undefined : signal(found[1], `${found[0]} in the command`);
}

/** Clues from the flags by which all vendors' tools name a place. */
export function placeClues(sources: Sources): readonly Clue[] {
  return flagsOf(sources).flatMap(([name, value]): Clue[] => {
    const source = `${name} in the command`;
    if (productionSwitches.has(name))
      return [{ text: 'production', pattern: 'contexts', evidence: { claim: 'the command says production', source } }];
    if (stagingSwitches.has(name))
      return [{ text: 'staging', pattern: 'contexts', evidence: { claim: 'the command says staging', source } }];
    const pattern = patternOf(name);
    return value === undefined || pattern === undefined
      ? []
      : [clueOf(signal(value, source), pattern, name.replace(/^-+/, ''))];
  });
}

/** Words that are subcommands of some tool and never a thing's own name. */
const verbs = new Set(
  `delete destroy remove rm rb terminate drop purge reset deprovision undeploy unpublish down uninstall prune wipe flush empty detach disable
  release revoke close leave schedule reboot disassociate deregister unlink erase revert halt suspend truncate delsnapshot delnode clean clear unset trash expunge del rmm undefine unregister unregistervm force-delete stop kill cancel rollback restore deploy push publish`.split(
    /\s+/,
  ),
);

/** What a call hits, by its own words: values of naming flags, then the words behind the verb. */
export function resourcesOf(sources: Sources): readonly Signal[] {
  const byFlag = flagsOf(sources).flatMap(([name, value]) =>
    value !== undefined && resourceFlag.test(name) && patternOf(name) === undefined
      ? [signal(value, `${name} in the command`)]
      : [],
  );
  const { args } = sources.call;
  const verb = args.findIndex((word) =>
    (textOf(word) ?? '').split(/[-:_]/).some((part) => verbs.has(part.toLowerCase())),
  );
  // A verb that is not known is taken for the first word.
  const start = verb < 0 ? 1 : verb + 1;
  const operands = args
    .slice(start)
    .filter((word, index) => !knownPrefix(word).startsWith('-') && !isValue(args[start + index - 1]));
  return [...byFlag, ...operands.map((word) => signal(word, 'the command'))].filter((each) => !isSetting(each));
}

/** A word behind a long flag that is given without `=` is its value. Switches that everybody knows take none. */
const isValue = (before: Word | undefined): boolean => {
  const text = before === undefined ? '' : knownPrefix(before);
  return (
    text.startsWith('-') &&
    !text.includes('=') &&
    !/^(-[fyrRqv]|--(yes|force|recursive|quiet|all|confirm|no-wait|purge|prod|production|no-input))$/.test(text)
  );
};

/** Shorthand lists, JSON, numbers: values of options, not names. */
const isSetting = ({ word }: Signal): boolean =>
  /^[{[\d]*$|^[{[]|^(true|false|json|yaml|text|table)$/.test(textOf(word) ?? 'name');

/** `s3://acme-prod-uploads/2024/` names a bucket; what stands behind it is a path inside. */
export function resourceClue(resource: Signal): Clue {
  const bucket = /^(?:s3|gs|az|r2):\/\/([^/]+)/.exec(shown(resource.word))?.[1];
  const named = bucket === undefined ? resource : signal(bucket, resource.source);
  return { ...clueOf(named, 'projects', bucket === undefined ? 'name' : 'bucket'), reach: 'plainly' };
}

/** What a person would call the target: the first resource, else the call itself. */
export function nameOf(sources: Sources, resources: readonly Signal[]): string {
  const [first] = resources;
  if (first !== undefined) return shown(first.word);
  const words = sources.call.args
    .map((word) => textOf(word) ?? '')
    .filter((word) => word !== '' && !word.startsWith('-'));
  return [sources.call.name ?? 'the call', ...words.slice(0, 3)].join(' ');
}

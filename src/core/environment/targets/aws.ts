// AWS accounts: by profile, keys, role and configuration; what the resource itself is called counts too.
// Source: AWS CLI user guide, "Configuration and credential file settings" and its precedence.
import { textOf } from '../../model/word.ts';
import { environmentAt } from '../address.ts';
import { cluesOf, environmentByNames } from '../clue.ts';
import { readConnection } from '../connection.ts';
import { at, lineOf, textAt } from '../data.ts';
import { namedBy, nameOf, resourceClue, resourcesOf } from '../named.ts';
import type { Resolved, TargetResolver } from '../resolver.ts';
import { dataOf, fileAt, pick, placeIn, type Signal, type Sources, signal, sourcesOf, variable } from '../sources.ts';
import { unresolved } from '../unresolved.ts';

export const resolver: TargetResolver = {
  kinds: ['aws.account'],
  resolve(subject, context) {
    return subject.fact.invocation === undefined
      ? unresolved(subject, context)
      : resolveCall(sourcesOf(subject.fact.invocation, context));
  },
};

function resolveCall(sources: Sources): Resolved {
  const resources = resourcesOf(sources).filter(({ source }) => !source.startsWith('--profile'));
  const emulated = pick(() => namedBy(sources, '--endpoint-url'), variable(sources, 'AWS_ENDPOINT_URL'));
  const target = { kind: 'aws.account', name: nameOf(sources, resources), details: [] };
  const url = emulated.signal && readConnection(emulated.signal.word);
  if (emulated.signal !== undefined || sources.call.name === 'awslocal') {
    const host =
      emulated.signal === undefined ? undefined : { ...emulated.signal, word: url?.host ?? emulated.signal.word };
    return {
      target,
      environment: environmentAt(
        {
          host,
          port: url?.port ?? '4566',
          defaultPort: 4566,
          clues: [],
          doubts: [],
          noun: 'endpoint',
          anyServer: false,
        },
        sources,
      ),
    };
  }
  const { clues, doubts, region } = accountOf(sources);
  const details = cluesOf([region, 'contexts', 'region']).map(({ evidence }) => evidence);
  const environment = environmentByNames(
    [...clues, ...resources.slice(0, 20).map(resourceClue)],
    doubts,
    sources.context.policy,
  );
  if (environment.evidence.length > 0) return { target: { ...target, details }, environment };
  return {
    target: { ...target, details },
    environment: {
      name: 'unknown',
      evidence: [{ claim: 'nothing says which AWS account this is', source: 'the command' }],
    },
  };
}

function accountOf(sources: Sources) {
  const given = namedBy(sources, '--profile');
  const key = given === undefined ? pick(variable(sources, 'AWS_ACCESS_KEY_ID')) : { signal: undefined, doubts: [] };
  // Keys in the environment count before the profile that is named there, not before one in the command.
  const profile = pick(
    () => given,
    ...(key.signal === undefined ? [variable(sources, 'AWS_PROFILE'), variable(sources, 'AWS_DEFAULT_PROFILE')] : []),
  );
  const name =
    textOf(profile.signal?.word) ?? (profile.signal === undefined && key.signal === undefined ? 'default' : undefined);
  const section = name === undefined ? undefined : sectionOf(sources, name);
  const region = pick(
    () => namedBy(sources, '--region'),
    variable(sources, 'AWS_REGION'),
    variable(sources, 'AWS_DEFAULT_REGION'),
    () => section?.('region'),
  );
  const role = section?.('role_arn');
  const account = key.signal && accountOfKey(key.signal);
  return {
    region: region.signal,
    doubts: given === undefined ? [...key.doubts, ...profile.doubts] : [],
    clues: [
      ...cluesOf(
        [profile.signal, 'accounts', 'profile'],
        [account, 'accounts', 'account'],
        [role && { ...role, word: roleAccount(role).word }, 'accounts', 'account'],
        [role, 'accounts', 'role'],
        [section?.('sso_account_id'), 'accounts', 'account'],
        [section?.('sso_session'), 'accounts', 'SSO session'],
      ),
    ],
  };
}

/** `arn:aws:iam::123456789012:role/deploy` */
const roleAccount = (role: Signal): Signal => signal((textOf(role.word) ?? '').split(':')[4] ?? '', role.source);

/** The values of a profile in ~/.aws/config, each with its line. */
function sectionOf(sources: Sources, name: string): ((key: string) => Signal | undefined) | undefined {
  const path = pick(variable(sources, 'AWS_CONFIG_FILE')).signal;
  const file = fileAt(sources, path === undefined ? '~/.aws/config' : (textOf(path.word) ?? '~/.aws/config'));
  const data = dataOf(sources, file, 'ini');
  if (file === undefined) return undefined;
  const header = name === 'default' ? 'default' : `profile ${name}`;
  return (key) => {
    const value = textAt(at(data, header), key);
    return value === undefined
      ? undefined
      : signal(value, `${key} from ${placeIn(file, lineOf(file.text, `[${header}]`, key))}`);
  };
}

const base32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/**
 * The account that a key belongs to: ten characters behind the prefix hold it in 40 bits, shifted by seven.
 * Keys made before 2019 hold something else; their fifth character is `I` or `J`.
 */
export function accountOfKey(key: Signal): Signal | undefined {
  const text = textOf(key.word) ?? '';
  if (!/^A(?:KI|SI)A[K-Z2-7][A-Z2-7]{11,}$/.test(text)) return undefined;
  let bits = 0n;
  for (const letter of text.slice(4, 14)) bits = bits * 32n + BigInt(base32.indexOf(letter));
  // 50 bits were read; the number stands in the first 48 but its top bit and its last seven.
  const account = ((bits >> 2n) & 0x7fffffffff80n) >> 7n;
  return signal(account.toString().padStart(12, '0'), key.source);
}

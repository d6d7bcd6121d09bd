// What a Railway command names and where it would go, read from its own words, its variables and Railway's link file.
// Link file and order of precedence: `src/config.rs` and `src/client.rs` of railwayapp/cli.
import type { CommandFact, GraphqlFact } from '../../model/fact.ts';
import { own } from '../../model/table.ts';
import type { Evidence } from '../../model/verdict.ts';
import { showWord, staticWord, textOf, type Word } from '../../model/word.ts';
import { at, parseJson, textAt } from '../data.ts';
import type { ResolveContext } from '../resolver.ts';
import { accessOfRequest, accessOfTool } from './access.ts';
import type { Access, Lookup } from './api.ts';
import type { Reference } from './project.ts';

export type RailwayKind = 'volume' | 'backup' | 'environment' | 'service' | 'project' | 'variable' | 'other';

/** An environment that the command or the machine names, before anything was looked up. */
export interface Stated {
  readonly name: string;
  readonly evidence: Evidence;
}

export interface Question {
  readonly kind: RailwayKind;
  readonly reference: Reference;
  /** What the command calls the thing that it hits. */
  readonly label: string;
  /** Set where the thing that is hit depends on something that is not known. */
  readonly open: Evidence | undefined;
  readonly stated: Stated | undefined;
  readonly access: Lookup<Access>;
}

type ReferenceKey = keyof Reference;

/** What the argument `id` of a mutation on this kind names. */
const idOf: Partial<Record<RailwayKind, ReferenceKey>> = {
  volume: 'volume',
  environment: 'environment',
  service: 'service',
  project: 'project',
};

/** The reference without which nothing can be said about the kind. */
const needed: Partial<Record<RailwayKind, ReferenceKey>> = { ...idOf, backup: 'volumeInstance' };

const argumentKeys: Readonly<Record<string, ReferenceKey>> = {
  projectId: 'project',
  environmentId: 'environment',
  serviceId: 'service',
  volumeId: 'volume',
  volumeInstanceId: 'volumeInstance',
  deploymentId: 'deployment',
};

/** What a GraphQL request asks Railway to do. */
export function questionOfRequest(kind: RailwayKind, fact: GraphqlFact, context: ResolveContext): Question {
  const idKey = fact.field.startsWith('deployment') ? 'deployment' : idOf[kind];
  const words = argumentWords(fact);
  const named = new Map<ReferenceKey, Word>();
  for (const [name, word] of words) {
    const key = name === 'id' ? idKey : own(argumentKeys, name);
    if (key !== undefined) named.set(key, word);
  }
  const label =
    kind === 'backup' ? words.get('volumeInstanceBackupId') : kind === 'variable' ? words.get('name') : undefined;
  return question(kind, named, {
    label: label ?? words.get('id'),
    fallback: fact.field,
    stated: undefined,
    access: accessOfRequest(fact, context.policy),
  });
}

/** The arguments, those inside `input` among them. */
function argumentWords(fact: GraphqlFact): ReadonlyMap<string, Word> {
  const words = new Map<string, Word>();
  for (const [name, word] of Object.entries(fact.arguments)) {
    const inner = name === 'input' ? parseJson(textOf(word) ?? '') : undefined;
    if (typeof inner !== 'object' || inner === null) words.set(name, word);
    else for (const key of Object.keys(inner)) words.set(key, staticWord(textAt(inner, key) ?? ''));
  }
  return words;
}

function question(
  kind: RailwayKind,
  named: ReadonlyMap<ReferenceKey, Word>,
  rest: Pick<Question, 'stated' | 'access'> & { readonly label: Word | undefined; readonly fallback: string },
): Question {
  const reference: Partial<Record<ReferenceKey, string>> = {};
  for (const [key, word] of named) {
    const text = textOf(word);
    if (text !== undefined && text !== '') reference[key] = text;
  }
  const key = needed[kind];
  const main = key === undefined ? undefined : named.get(key);
  const shown = rest.label ?? main;
  const label = shown === undefined ? '' : showWord(shown);
  const open = [...named].find(([each, word]) => word.kind === 'dynamic' && (key === undefined || each === key));
  return {
    kind,
    reference,
    label: label === '' ? rest.fallback : label,
    open: open && {
      claim: `${open[0]} ${showWord(open[1])} is not known before the command runs`,
      source: 'the command',
    },
    stated: rest.stated,
    access: rest.access,
  };
}

/** Behind these words of a call stand names, not further subcommands. */
const verbs = new Set(['delete', 'remove', 'rm', 'down', 'destroy', 'detach', 'restore', 'reset']);

/** What a call of Railway's command line tool would do. */
export function questionOfTool(kind: RailwayKind, fact: CommandFact, context: ResolveContext): Question {
  const link = linkOf(fact, context);
  const token = tokenOf(fact, link);
  const operand = operandsOf(fact)[0];
  const flags: readonly [ReferenceKey, Word | undefined][] = [
    ['project', flag(fact, '--project', '-p')],
    ['environment', flag(fact, '--environment', '-e')],
    ['service', flag(fact, '--service', '-s')],
    ['volume', flag(fact, '--volume', '-v')],
  ];
  const named = new Map<ReferenceKey, Word>();
  // A project token stands for its project: with one, Railway's tool does not look at the link file.
  const linked = token?.header === 'project-access-token' ? undefined : link?.entry;
  for (const [key, path] of [
    ['project', 'project'],
    ['environment', 'environment'],
    ['service', 'service'],
  ] as const) {
    const id = textAt(linked, path);
    if (id !== undefined) named.set(key, staticWord(id));
  }
  for (const [key, word] of flags) if (word !== undefined) named.set(key, word);
  const key = idOf[kind];
  if (key !== undefined && operand !== undefined) named.set(key, operand);
  return question(kind, named, {
    label: operand ?? (kind === 'project' ? nameOf(linked, named) : undefined),
    fallback: fact.subcommand.join(' '),
    stated: kind === 'project' ? undefined : stated(named, flags, linked),
    access: accessOfTool(context.policy, token),
  });
}

const flag = (fact: CommandFact, ...names: readonly string[]): Word | undefined =>
  names.map((name) => fact.flags.get(name)).find((word) => word !== undefined);

function operandsOf({ subcommand, positionals }: CommandFact): readonly Word[] {
  const verb = subcommand.findIndex((word) => verbs.has(word));
  const rest = verb === -1 ? [] : subcommand.slice(verb + 1);
  return [...rest.map((word) => staticWord(word)), ...positionals];
}

function nameOf(linked: unknown, named: ReadonlyMap<ReferenceKey, Word>): Word | undefined {
  const name = textAt(linked, 'name');
  const isLinked = textOf(named.get('project')) === textAt(linked, 'project');
  return isLinked && name !== undefined ? staticWord(name) : undefined;
}

/** The environment by the command's own words, else by the link file. */
function stated(
  named: ReadonlyMap<ReferenceKey, Word>,
  flags: readonly (readonly [ReferenceKey, Word | undefined])[],
  linked: unknown,
): Stated | undefined {
  const word = named.get('environment');
  const text = textOf(word);
  if (text === undefined) return undefined;
  const name = textAt(linked, 'environmentName');
  if (text === textAt(linked, 'environment') && name !== undefined) {
    const project = textAt(linked, 'name') ?? textAt(linked, 'project') ?? 'unnamed';
    const claim = `${textAt(linked, 'projectPath') ?? 'this folder'} is linked to ${name} of project ${project}`;
    return { name, evidence: { claim, source: '~/.railway/config.json' } };
  }
  const byFlag = flags.some(([key, value]) => key === 'environment' && value === word);
  const source = byFlag ? '--environment in the command' : 'the command';
  return { name: text, evidence: { claim: `the command names environment ${text}`, source } };
}

interface Link {
  readonly config: unknown;
  /** The entry of the nearest folder at or above the working directory. */
  readonly entry: unknown;
}

/** `~/.railway/config.json`: `projects` by folder, `user` with what `railway login` stored. */
function linkOf(fact: CommandFact, context: ResolveContext): Link | undefined {
  if (fact.invocation.host.kind !== 'local' || context.home === undefined) return undefined;
  const answer = context.world.ask({ kind: 'file', path: `${context.home}/.railway/config.json` });
  if (answer?.kind !== 'text') return undefined;
  const config = parseJson(answer.text);
  const cwd = textOf(fact.invocation.cwd) ?? context.cwd;
  const folder =
    cwd === undefined ? undefined : foldersUp(cwd).find((path) => at(config, 'projects', path) !== undefined);
  return { config, entry: folder === undefined ? undefined : at(config, 'projects', folder) };
}

/** The folder and all above it, nearest first. */
function foldersUp(path: string): readonly string[] {
  const parts = path.split('/').filter((part) => part !== '');
  const above = parts.map((_, index) => `/${parts.slice(0, parts.length - index).join('/')}`);
  return [...above, '/'];
}

interface Token {
  readonly header: 'project-access-token' | 'authorization';
  readonly value: Word;
}

/** The token that the tool would take: `RAILWAY_TOKEN`, then `RAILWAY_API_TOKEN`, then what `railway login` stored. */
function tokenOf(fact: CommandFact, link: Link | undefined): Token | undefined {
  const project = variable(fact, 'RAILWAY_TOKEN');
  if (project !== undefined) return { header: 'project-access-token', value: project };
  const account = variable(fact, 'RAILWAY_API_TOKEN');
  if (account !== undefined) return { header: 'authorization', value: account };
  const stored = textAt(link?.config, 'user', 'accessToken') ?? textAt(link?.config, 'user', 'token');
  return stored === undefined ? undefined : { header: 'authorization', value: staticWord(stored) };
}

/** An assignment in front of the command, else the environment; of another machine nothing but the first is known. */
function variable({ invocation }: CommandFact, name: string): Word | undefined {
  const assigned = invocation.assignments.findLast((each) => each.name === name)?.value;
  const word = assigned ?? (invocation.host.kind === 'local' ? invocation.env.get(name) : undefined);
  return word !== undefined && textOf(word) === '' ? undefined : word;
}

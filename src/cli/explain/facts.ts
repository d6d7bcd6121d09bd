// Facts for people and programs: one line that says it, and the fields of each kind as plain data.

import type {
  CallFact,
  CommandFact,
  Fact,
  FileFact,
  GitFact,
  GraphqlFact,
  HttpFact,
  SqlFact,
} from '../../core/model/fact.ts';
import { showWord, type Word } from '../../core/model/word.ts';
import { redact } from '../../core/payloads/redact.ts';

/** What a fact says, as JSON can hold it. Words stand as text; one that is not known stands as it was written. */
export type FactFields = Readonly<Record<string, unknown>>;

/** The fact in one line, without its kind. */
export function summaryOf(fact: Fact): string {
  switch (fact.kind) {
    case 'command':
      return commandSummary(fact);
    case 'file':
      return fileSummary(fact);
    case 'sql':
      return sqlSummary(fact);
    case 'graphql':
      return graphqlSummary(fact);
    case 'http':
      return httpSummary(fact);
    case 'git':
      return gitSummary(fact);
    case 'flow':
      return `${fact.from} into ${fact.to}`;
    case 'env':
      return `${fact.name}=${showWord(fact.value)}`;
    case 'call':
      return callSummary(fact);
    case 'opaque':
      return `${fact.code.reason}: ${fact.code.detail}`;
  }
}

/** The fields of the fact, its invocation apart. */
export function fieldsOf(fact: Fact): FactFields {
  switch (fact.kind) {
    case 'command':
      return {
        name: fact.name,
        subcommand: fact.subcommand,
        flags: flagsOf(fact),
        positionals: texts(fact.positionals),
        inert: fact.inert,
      };
    case 'file': {
      const { op, path, zone, nature, recursive, many, asks, recreated, via, loss, hit } = fact;
      const looked = loss === undefined && hit === undefined ? {} : { loss: loss ?? null, hit: hit ?? null };
      return { op, path: showWord(path), zone, nature, recursive, many, asks, recreated, via, ...looked };
    }
    case 'sql': {
      const { op, object, names, limited, cascade, text, dialect } = fact;
      return { op, object, names, limited, cascade, dialect, text };
    }
    case 'graphql': {
      const { operation, field, host, url } = fact;
      return { operation, field, arguments: argumentsOf(fact), host: showWord(host), url: showWord(url) };
    }
    case 'http': {
      const { method, url, host, path, headers, body } = fact;
      return {
        method,
        url: showWord(url),
        host: showWord(host),
        path: showWord(path),
        headers: [...headers.keys()],
        body: body.kind,
      };
    }
    case 'git': {
      const { op, names, remote, forced } = fact;
      return { op, names: texts(names), remote: remote === undefined ? null : showWord(remote), forced };
    }
    case 'flow':
      return { from: fact.from, to: fact.to };
    case 'env':
      return { name: fact.name, value: redactedValue(fact.name, fact.value) };
    case 'call': {
      const { library, name, receiver, arguments: given, options, limited } = fact;
      return {
        library,
        name,
        receiver: receiver === undefined ? null : showWord(receiver),
        arguments: texts(given),
        options: Object.fromEntries([...options].map(([key, word]) => [key, redactedValue(key, word)])),
        limited,
      };
    }
    case 'opaque': {
      const { reason, detail, source } = fact.code;
      return { reason, detail, source };
    }
  }
}

const texts = (words: readonly Word[]): string[] => words.map(showWord);
const joined = (...parts: readonly (string | false | undefined)[]): string =>
  parts.filter((part) => part !== false && part !== undefined && part !== '').join(', ');

/** `--force`, or `--region=eu-west-1`. A value is a secret by its flag, and some only by the program beside it. */
function flagsOf({ name, flags }: CommandFact): string[] {
  return [...flags].map(([flag, word]) => {
    if (word === undefined) return flag;
    const value = showWord(word);
    const spaced = `${name} ${flag} ${value}`;
    const joined = `${flag}=${value}`;
    return redact(spaced, []) === spaced ? redact(joined, []) : redact(spaced, []).slice(name.length + 1);
  });
}

/** A variable's value alone does not say that it is a secret; with its name in front it does. */
function redactedValue(name: string, word: Word): string {
  const value = showWord(word);
  return redact(`${name}=${value}`, []).slice(name.length + 1);
}

function commandSummary(fact: CommandFact): string {
  const operands = texts(fact.positionals.slice(fact.subcommand.length));
  const called = [fact.name, ...fact.subcommand, ...operands].join(' ');
  const flags = flagsOf(fact);
  return joined(called, flags.length > 0 && `with ${flags.join(' ')}`, fact.inert && 'which only prints');
}

const fileVerbs: Readonly<Record<FileFact['op'], string>> = {
  delete: 'deletes',
  overwrite: 'overwrites',
  truncate: 'empties',
  chmod: 'changes the mode of',
  chown: 'changes the owner of',
  format: 'formats',
};

const losses: Readonly<Record<NonNullable<FileFact['loss']>, string>> = {
  nothing: 'nothing is lost',
  committed: 'git keeps it',
  session: "made in this agent's session",
  edited: 'changed in place',
  'each-other': 'the files write over each other',
  repository: 'holds work that is nowhere else',
  work: 'git does not keep it',
};

function fileSummary({ op, path, zone, nature, recursive, many, asks, recreated, via, loss, hit }: FileFact): string {
  return joined(
    `${fileVerbs[op]} ${showWord(path)}`,
    `in ${zone}`,
    nature !== 'plain' && `is ${nature}`,
    recursive && 'with all below it',
    many && 'several files',
    asks && 'asking for each',
    recreated && 'which the same line makes again',
    hit?.real !== undefined && `which is really ${hit.real}`,
    loss !== undefined && losses[loss],
    `by ${via}`,
  );
}

function sqlSummary({ op, object, names, limited, cascade, dialect, text }: SqlFact): string {
  const isRows = op === 'delete' || op === 'update';
  const what = [op, op === object ? '' : object, names.join(', ')].filter((part) => part !== '').join(' ');
  return `${joined(what, isRows && (limited ? 'limited by WHERE' : 'all rows'), cascade && 'cascading', dialect)}: ${text}`;
}

const argumentsOf = ({ arguments: given }: GraphqlFact): Record<string, string> =>
  Object.fromEntries(Object.entries(given).map(([name, word]) => [name, redactedValue(name, word)]));

function graphqlSummary(fact: GraphqlFact): string {
  const list = Object.entries(argumentsOf(fact)).map(([name, value]) => `${name}: ${value}`);
  return `${fact.operation} ${fact.field}(${list.join(', ')}) at ${showWord(fact.url)}`;
}

function httpSummary({ method, url, headers, body }: HttpFact): string {
  const names = [...headers.keys()];
  const carried = {
    none: '',
    text: body.kind === 'text' ? `body of ${showWord(body.text).length} characters` : '',
    unread: body.kind === 'unread' ? `body not read: ${body.detail}` : '',
  };
  return joined(`${method} ${showWord(url)}`, names.length > 0 && `headers ${names.join(' ')}`, carried[body.kind]);
}

function callSummary({ library, name, receiver, limited }: CallFact): string {
  const on = receiver === undefined ? '' : ` on ${showWord(receiver)}`;
  return joined(`${library} ${name}${on}`, !limited && 'without a condition');
}

function gitSummary({ op, names, remote, forced }: GitFact): string {
  const where = remote === undefined ? '' : ` on ${showWord(remote)}`;
  const what = names.length === 0 ? '' : `: ${texts(names).join(' ')}`;
  return joined(`${op}${where}${what}`, forced && 'forced');
}

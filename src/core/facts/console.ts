// Consoles: commands that a client sends to its server, as command facts: mongosh code, lines for redis-cli.
import type { CommandFact } from '../model/fact.ts';
import type { Invocation } from '../model/invocation.ts';
import type { World } from '../model/observation.ts';
import { own } from '../model/table.ts';
import { knownPrefix, piecesOf, staticWord, textOf, type Word } from '../model/word.ts';
import { grammarOf } from '../programs/grammar.ts';
import { optionGrammar, readOptions } from '../programs/options.ts';
import { stdinText } from '../resolve/output.ts';
import { absolutePath } from '../resolve/paths.ts';

type Reader = (call: Invocation, world: World) => readonly CommandFact[];

/** What the invocation sends, one fact for each command. */
export const consoleFacts = (call: Invocation, world: World): readonly CommandFact[] =>
  own(readers, call.name)?.(call, world) ?? [];

/** Servers that read plain lines, by the port that they listen on by default. */
const lineServers: Readonly<Record<string, string>> = { '6379': 'redis-cli', '11211': 'memcached' };
const socket: Reader = (call, world) => {
  const name = own(
    lineServers,
    textOf(readOptions(call.args, optionGrammar({ values: '-w -q -i -s' })).positionals.at(-1)),
  );
  return name === undefined ? [] : lines(call, name, stdinText(call.stdin, call, world));
};

const redis: Reader = (call, world) => {
  const { flags, positionals } = readOptions(call.args, grammarOf('redis-cli').options);
  if (positionals.length === 0 && !flags.has('--eval'))
    return lines(call, 'redis-cli', stdinText(call.stdin, call, world));
  const script = textOf(positionals[0])?.toLowerCase() === 'eval' ? textOf(positionals[1]) : undefined;
  return script === undefined
    ? []
    : [...script.matchAll(/\bp?call\s*\(\s*['"](\w+)['"]/g)].map(([, command]) =>
        fact(call, 'redis-cli', [command ?? '']),
      );
};

const mongo: Reader = (call, world) =>
  mongoCode(call, world).flatMap((code) => methodCalls(code).map((words) => fact(call, 'mongosh', words)));

const readers: Readonly<Record<string, Reader>> = {
  'redis-cli': redis,
  'valkey-cli': redis,
  'keydb-cli': redis,
  iredis: redis,
  nc: socket,
  ncat: socket,
  netcat: socket,
  telnet: socket,
  mongosh: mongo,
  mongo,
};

/** One command a line, as a client's console reads them. */
function lines(call: Invocation, name: string, text: Word | undefined): readonly CommandFact[] {
  const known =
    text === undefined
      ? ''
      : piecesOf(text)
          .map((piece) => piece ?? ' ')
          .join('');
  return known
    .slice(0, 100_000)
    .split(/[\r\n]+/)
    .map((line) => line.trim().split(/\s+/))
    .filter(([first]) => first !== undefined && /^[A-Za-z_]+$/.test(first))
    .map((words) => fact(call, name, words));
}

function fact(call: Invocation, name: string, words: readonly string[]): CommandFact {
  const positionals = words.map((word) => staticWord(word));
  return {
    kind: 'command',
    invocation: call,
    name,
    subcommand: grammarOf(name).canonical(words),
    flags: new Map(),
    positionals,
    inert: false,
  };
}

/** Code behind `--eval`, in a file that is named, or on standard input. */
function mongoCode(call: Invocation, world: World): readonly string[] {
  const { flags, positionals } = readOptions(call.args, grammarOf('mongosh').options);
  const code = flags.get('--eval');
  const files = positionals.filter((word) => /\.m?js$/.test(textOf(word) ?? knownPrefix(word)));
  const texts = files.map((word) => {
    const path = absolutePath(word, call.cwd);
    const answer = path === undefined || call.host.kind !== 'local' ? undefined : world.ask({ kind: 'file', path });
    return answer?.kind === 'text' ? answer.text : '';
  });
  const input = code === undefined && files.length === 0 ? stdinText(call.stdin, call, world) : code;
  if (input !== undefined)
    texts.push(
      piecesOf(input)
        .map((piece) => piece ?? 'unknown')
        .join(''),
    );
  return texts.map((text) => text.slice(0, 100_000));
}

/**
 * Method calls on `db`, `rs` or `sh`: the method, then its first argument without white space (`{}` for all).
 * `db.orders.deleteMany({})` is `['deleteMany', '{}']`. Text is scanned once; nothing of JavaScript is run.
 */
function methodCalls(code: string): readonly (readonly string[])[] {
  if (!/\b(db|rs|sh)\s*[.[]/.test(code) && !/\bgetSiblingDB\b/.test(code)) return [];
  return [...code.matchAll(/\.\s*([A-Za-z]\w{0,60})\s*\(/g)].map((match) => {
    const start = match.index + match[0].length;
    return [match[1] ?? '', argumentAt(code, start).replace(/\s+/g, '')].filter((word) => word !== '');
  });
}

/** The text up to the comma or parenthesis that ends the first argument; at most 500 characters. */
function argumentAt(code: string, start: number): string {
  let depth = 0;
  for (let at = start; at < Math.min(code.length, start + 500); at += 1) {
    const character = code[at] as string;
    if ('([{'.includes(character)) depth += 1;
    else if (')]}'.includes(character)) depth -= 1;
    if (depth < 0 || (depth === 0 && character === ',')) return code.slice(start, at);
  }
  return code.slice(start, start + 500);
}

// Flow facts: something fetched, decoded or unknown that runs as code.
import type { FlowFact } from '../model/fact.ts';
import type { Invocation } from '../model/invocation.ts';
import { knownPrefix, textOf, type Word } from '../model/word.ts';
import { fetchers } from '../resolve/conventions.ts';
import type { MadePaths } from './made.ts';

const shells = new Set([
  'sh',
  'bash',
  'zsh',
  'dash',
  'ksh',
  'mksh',
  'ash',
  'fish',
  'csh',
  'tcsh',
  'nu',
  'elvish',
  'xonsh',
  'eval',
  'source',
  '.',
]);
const interpreters = /^(python[\d.]*|node|nodejs|ruby|perl|php|deno|bun|pwsh|powershell)$/;
const databases = new Set(['psql', 'mysql', 'mariadb', 'sqlite3', 'mongosh', 'redis-cli']);
const decoders = new Set(['base64', 'base32', 'xxd', 'uudecode', 'rev', 'openssl', 'gpg', 'hex']);
/** What decodes text within a program in another language: `base64.b64decode(...)`, `atob(...)`, `pack('H*', ...)`. */
const decodingCall =
  /\b(b(16|32|64|85)_?decode|a85decode|decode_?base64|base64_decode|urlsafe_decode64|strict_decode64|decode64|unhexlify|fromhex|hex2bin|atob|rot13|rot_13|gzinflate|decompress)\s*\(|['"]base64['"]|pack\(?\s*['"]H\*/;

/** A decoder, or an interpreter whose inline program decodes. */
function isDecoder(call: Invocation): boolean {
  const name = call.name ?? '';
  if (decoders.has(name)) return true;
  return interpreters.test(name) && call.args.some((word) => decodingCall.test((textOf(word) ?? '').slice(0, 20_000)));
}

/** What brings bytes in from the network: fetchers, and plain sockets. */
const sockets = new Set(['nc', 'ncat', 'netcat', 'socat', 'ftp', 'lynx', 'powershell-iwr']);
const isFetcher = (call: Invocation): boolean => fetchers.has(call.name ?? '') || sockets.has(call.name ?? '');

/** What flows into the invocation as code: by its standard input, in its words, or in a file that was fetched just before. */
export function flowFacts(call: Invocation, made: MadePaths, at: number): FlowFact[] {
  const to = sinkOf(call);
  if (to === undefined) return [];
  const sources = new Set<FlowFact['from']>();
  if (readsStdin(call, to) && call.stdin.kind === 'pipe' && call.stdin.text === undefined) {
    const from = sourceOf(call.stdin.from);
    if (from !== undefined) sources.add(from);
  }
  if (readsStdin(call, to) && call.stdin.kind === 'file' && /^\/dev\/(tcp|udp)\//.test(knownPrefix(call.stdin.path)))
    sources.add('http');
  for (const word of call.args) for (const from of embedded(word)) sources.add(from);
  if (to !== 'database' && scriptComesFromNetwork(call, made, at)) sources.add('http');
  return [...sources].map((from) => ({ kind: 'flow', invocation: call, from, to }));
}

function sinkOf(call: Invocation): FlowFact['to'] | undefined {
  const name = call.name ?? '';
  if (shells.has(name) || isScriptByPath(call)) return 'shell';
  if (interpreters.test(name)) return 'interpreter';
  return databases.has(name) ? 'database' : undefined;
}

/** A shell or interpreter takes its code from standard input when it has neither a script nor `-c`. */
function readsStdin(call: Invocation, to: FlowFact['to']): boolean {
  if (to === 'database') return true;
  if (isScriptByPath(call)) return false;
  const words = call.args.map((word) => textOf(word) ?? knownPrefix(word));
  if (words.some((word) => word === '-s' || word === '-' || word === '/dev/stdin')) return true;
  const options = words.filter((_word, index) => !/^-[a-z]*o$/.test(words[index - 1] ?? ''));
  return options.every(
    (word) => word.startsWith('-') && !/^-[a-z]*c/.test(word) && !(to === 'interpreter' && /^-[a-z]*[em]/.test(word)),
  );
}

function sourceOf(producers: readonly Invocation[]): FlowFact['from'] | undefined {
  if (producers.some((call) => feeds(call, isFetcher))) return 'http';
  return producers.some((call) => feeds(call, isDecoder)) ? 'decoded' : undefined;
}

/** Whether the call, or one that it reads from through pipes, is of the kind asked for. */
function feeds(call: Invocation, isKind: (call: Invocation) => boolean, depth = 0): boolean {
  if (isKind(call)) return true;
  return depth < 20 && call.stdin.kind === 'pipe' && call.stdin.from.some((from) => feeds(from, isKind, depth + 1));
}

/** `sh -c "$(curl ...)"`: the substitution's own text tells its source. */
function* embedded(word: Word): Generator<FlowFact['from']> {
  if (word.kind !== 'dynamic' || word.source.length > 4_096) return;
  if (/(\$\(|`)\s*(?:(?:[A-Za-z_]\w*=\S*|sudo|command|exec|env)\s+)*(curl|wget|https?|xhs?)\b/.test(word.source))
    yield 'http';
  if (/(\$\(|`)[^)`]*\b(base64|xxd|openssl)\b/.test(word.source)) yield 'decoded';
}

/** `curl -o install.sh URL && sh install.sh`, `source <(curl URL)`: the script's maker is a fetcher, or a copier of what one made. */
function scriptComesFromNetwork(call: Invocation, made: MadePaths, at: number): boolean {
  const script = isScriptByPath(call) ? call.program : call.args.find((word) => !knownPrefix(word).startsWith('-'));
  return script !== undefined && call.name !== 'eval' && isFetched(script, call, made, at, new Set());
}

/** `seen` holds the makers that were looked at: copies of copies are many, and may go round in a circle. */
function isFetched(path: Word, call: Invocation, made: MadePaths, at: number, seen: Set<Invocation>): boolean {
  return made.makersOf(path, call.cwd, at).some((maker) => {
    if (seen.has(maker) || seen.size > maxMakers) return false;
    seen.add(maker);
    if (feeds(maker, isFetcher)) return true;
    return (
      copiers.has(maker.name ?? '') &&
      maker.args.slice(0, -1).some((source) => isFetched(source, maker, made, at, seen))
    );
  });
}

/** More makers of one script than this are not asked about. */
const maxMakers = 100;

const copiers = new Set(['cp', 'mv', 'install', 'ln', 'tee', 'rsync']);

/** `./install.sh`: a shell script that is called by its path. */
const isScriptByPath = (call: Invocation): boolean =>
  knownPrefix(call.program).includes('/') && /\.(sh|bash|zsh)$/.test(call.name ?? '');

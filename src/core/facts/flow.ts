// Flow facts: something fetched, decoded or unknown that runs as code.
import type { FlowFact } from '../model/fact.ts';
import type { Invocation } from '../model/invocation.ts';
import { knownPrefix, textOf, type Word } from '../model/word.ts';
import { fetchers } from '../resolve/walk.ts';

const shells = new Set(['sh', 'bash', 'zsh', 'dash', 'ksh', 'ash', 'fish', 'eval', 'source', '.']);
const interpreters = /^(python[\d.]*|node|ruby|perl|php|deno|bun|pwsh)$/;
const databases = new Set(['psql', 'mysql', 'mariadb', 'sqlite3', 'mongosh', 'redis-cli']);
const decoders = new Set(['base64', 'base32', 'xxd', 'uudecode', 'rev', 'openssl', 'gpg', 'gunzip', 'zcat', 'hex']);

/** What flows into the invocation as code: by its standard input, or in its words. */
export function flowFacts(call: Invocation): FlowFact[] {
  const to = sinkOf(call);
  if (to === undefined) return [];
  const sources = new Set<FlowFact['from']>();
  if (readsStdin(call, to) && call.stdin.kind === 'pipe' && call.stdin.text === undefined) {
    const from = sourceOf(call.stdin.from);
    if (from !== undefined) sources.add(from);
  }
  for (const word of call.args) for (const from of embedded(word)) sources.add(from);
  return [...sources].map((from) => ({ kind: 'flow', invocation: call, from, to }));
}

function sinkOf(call: Invocation): FlowFact['to'] | undefined {
  const name = call.name ?? '';
  if (shells.has(name)) return 'shell';
  if (interpreters.test(name)) return 'interpreter';
  return databases.has(name) ? 'database' : undefined;
}

/** A shell or interpreter takes its code from standard input when it has neither a script nor `-c`. */
function readsStdin(call: Invocation, to: FlowFact['to']): boolean {
  if (to === 'database') return true;
  const words = call.args.map((word) => textOf(word) ?? knownPrefix(word));
  if (words.some((word) => word === '-s' || word === '-' || word === '/dev/stdin')) return true;
  return words.every((word) => word.startsWith('-') && !/^-[a-z]*[ce]/.test(word));
}

function sourceOf(producers: readonly Invocation[]): FlowFact['from'] | undefined {
  if (producers.some((call) => fetchers.has(call.name ?? ''))) return 'http';
  return producers.some((call) => decoders.has(call.name ?? '')) ? 'decoded' : undefined;
}

/** `sh -c "$(curl ...)"` and `bash <(curl ...)`: the substitution's own text tells its source. */
function* embedded(word: Word): Generator<FlowFact['from']> {
  if (word.kind === 'dynamic' && /(\$\(|`)\s*(curl|wget)\b/.test(word.source)) yield 'http';
  if (word.kind === 'dynamic' && /(\$\(|`).*\b(base64|xxd|openssl)\b/s.test(word.source) && word.source.length < 4_096) yield 'decoded';
}

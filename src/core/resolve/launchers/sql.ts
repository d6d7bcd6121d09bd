// psql, mysql, sqlite3 and their kin: files of SQL that they read, and commands of their own that leave the database.
import type { SqlStatement } from '../../model/fact.ts';
import type { Invocation } from '../../model/invocation.ts';
import type { World } from '../../model/observation.ts';
import type { SqlReader } from '../../model/reader.ts';
import { joinWords, knownPrefix, piecesOf, showWord, staticWord, textOf, type Word } from '../../model/word.ts';
import { helperCode } from '../helper-program.ts';
import type { Inner, Launcher } from '../launcher.ts';
import { fileText, stdinText } from '../output.ts';
import { connectionOnly, followedClients, type SqlText, sqlFiles, sqlTexts } from '../sql-clients.ts';

/** Sources: psql(1) META-COMMANDS, the manuals of mysql and sqlite3. */
export const launcher: Launcher = {
  names: followedClients,
  unwrap(call, world) {
    const texts = sqlTexts(call, world);
    return [
      ...[...startupFile(call), ...sqlFiles(call)].flatMap((path) => followed(path, call, world)),
      ...texts.flatMap((text) => leaving(text, call, world)),
    ];
  },
};

/** `PSQLRC=file psql`: read before all else, unless it is told not to. What a user's own environment names is not this line's doing. */
function startupFile(call: Invocation): readonly Word[] {
  const isOff = call.args.some((word) => /^(--no-psqlrc|-[A-Za-z]*X)$/.test(textOf(word) ?? ''));
  if (call.name !== 'psql' || isOff) return [];
  const given = call.assignments.find(({ name }) => name === 'PSQLRC')?.value;
  const exported = call.env.assigns?.('PSQLRC') === true ? call.env.get('PSQLRC') : undefined;
  const path = given ?? exported;
  return path === undefined ? [] : [path];
}

/** What may be a client's own command or a program on the server; ordinary SQL is not read here. */
const suspicious = /\\|^\s*\.|^\s*(system|source)\b|\bprogram\b|xp_cmdshell|^\s*:/im;

function leaving({ text, dialect }: SqlText, call: Invocation, world: World): readonly Inner[] {
  const known = piecesOf(text)
    .map((piece) => piece ?? ' unknown_text ')
    .join('');
  if (!suspicious.test(known)) return [];
  const answer = world.ask({ kind: 'reader', language: 'sql' });
  if (answer?.kind !== 'reader') return [];
  return (answer.reader as SqlReader).read(known, dialect).flatMap((statement) => innerOf(statement, call, world));
}

function innerOf({ op, object, names, text }: SqlStatement, call: Invocation, world: World): readonly Inner[] {
  const [name] = names;
  if (op !== 'meta' || name === undefined || name === '') return [];
  const label = `${call.name} ${text.trim().split(/\s/, 1)[0]}`;
  if (object === 'shell') return helperCode(staticWord(name), { label }, call, world);
  if (object === 'server-shell') {
    const host = { kind: 'container' as const, engine: 'database server', name: undefined };
    const around = { label, host, cwd: staticWord('/'), freshEnvironment: true, stdin: { kind: 'none' as const } };
    return [{ kind: 'code', text: staticWord(name), ...around }];
  }
  return object === 'include' ? followed(relativeTo(name, text, call), call, world) : [];
}

/** `\ir` starts from the folder of the file that it stands in. */
function relativeTo(name: string, text: string, { origin }: Invocation): Word {
  const file = origin.at(-2)?.label ?? '';
  const isRelative = /^\s*\\(ir|include_relative)\b/.test(text) && !name.startsWith('/') && file.includes('/');
  return isRelative
    ? joinWords([staticWord(file.slice(0, file.lastIndexOf('/') + 1)), staticWord(name)])
    : staticWord(name);
}

/** A file as the input of the same client; one that includes itself is read once. */
function followed(path: Word, call: Invocation, world: World): readonly Inner[] {
  const label = showWord(path);
  if (call.origin.some((step) => step.kind === 'script' && step.label === label)) return [];
  const text = textOf(path) === '/dev/stdin' ? stdinText(call.stdin, call, world) : fileText(path, call, world);
  if (text === undefined || textOf(text) === '' || knownPrefix(path) === '/dev/null') return [];
  const words = [call.program, ...connectionOnly(call)];
  return [{ kind: 'words', words, stdin: { kind: 'text', text }, from: { label, line: undefined } }];
}

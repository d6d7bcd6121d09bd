// python, pypy, ipython: programs from -c, from standard input, from a script and from `-m module`.
import type { Invocation } from '../../model/invocation.ts';
import type { World } from '../../model/observation.ts';
import { knownPrefix, mapText, piecesOf, showWord, staticWord, textOf, type Word } from '../../model/word.ts';
import { codeOnStdin } from '../code-input.ts';
import { isInstalled, standardInput } from '../conventions.ts';
import type { Inner, Launcher } from '../launcher.ts';
import { absolutePath } from '../paths.ts';
import { shellCode } from '../python/django.ts';

const versions = Array.from({ length: 20 }, (_unused, minor) => `python3.${minor}`);

/** Modules that are tools with names of their own: `python -m alembic downgrade base` is alembic. */
const tools: Readonly<Record<string, string>> = {
  alembic: 'alembic',
  flask: 'flask',
  pip: 'pip',
  pipx: 'pipx',
  pytest: 'pytest',
  celery: 'celery',
  awscli: 'aws',
  invoke: 'invoke',
  poetry: 'poetry',
  pdm: 'pdm',
  uv: 'uv',
  hatch: 'hatch',
  twine: 'twine',
  ansible: 'ansible',
  aerich: 'aerich',
  yoyo: 'yoyo',
  dbt: 'dbt',
  IPython: 'ipython',
};

/** Source: python(1). Options end at the first word that is none; what stands behind belongs to the program. */
export const launcher: Launcher = {
  names: ['python', 'python2', 'python2.7', 'python3', 'py', ...versions, 'pypy', 'pypy3', 'ipython', 'ipython3'],
  unwrap(call, world) {
    const started = startOf(call.args);
    switch (started.kind) {
      case 'code':
        return [{ kind: 'program', language: 'python', code: { text: started.text }, positionals: started.rest }];
      case 'module':
        return moduleCall(started.name, started.rest, call, world);
      case 'script':
        return scriptCall(started.path, started.rest, call, world);
      case 'stdin':
        return codeOnStdin(call, 'python', started.rest, world);
      case 'nothing':
        return [];
    }
  },
};

type Start =
  | { readonly kind: 'code'; readonly text: Word; readonly rest: readonly Word[] }
  | { readonly kind: 'module'; readonly name: Word; readonly rest: readonly Word[] }
  | { readonly kind: 'script'; readonly path: Word; readonly rest: readonly Word[] }
  | { readonly kind: 'stdin'; readonly rest: readonly Word[] }
  | { readonly kind: 'nothing' };

const nothing: Start = { kind: 'nothing' };

/** What the words start: `-c` and `-m` end the options, and take what is glued to them. */
function startOf(args: readonly Word[]): Start {
  for (let at = 0; at < args.length; at += 1) {
    const word = args[at] as Word;
    const text = textOf(word) ?? knownPrefix(word);
    if (text === '-') return { kind: 'stdin', rest: args.slice(at + 1) };
    if (!text.startsWith('-')) return { kind: 'script', path: word, rest: args.slice(at + 1) };
    if (text === '--') continue;
    if (/^(--help.*|--version|-[bBdEiIOPqsSuvx]*[hV])$/.test(text)) return nothing;
    const flag = /^-[bBdEiIOPqsSuvx]*([cmWX])/.exec(text);
    if (text === '--check-hash-based-pycs') at += 1;
    if (flag === null) continue;
    const glued =
      text.length > flag[0].length
        ? mapText(word, (piece, index) => (index === 0 ? piece.slice(flag[0].length) : piece))
        : undefined;
    const value = glued ?? args[at + 1];
    if (glued === undefined) at += 1;
    if (value === undefined) return nothing;
    if (flag[1] === 'c') return { kind: 'code', text: value, rest: args.slice(at + 1) };
    if (flag[1] === 'm') return { kind: 'module', name: value, rest: args.slice(at + 1) };
  }
  return { kind: 'stdin', rest: [] };
}

const isPartlyKnown = (name: Word): boolean => piecesOf(name).some((piece) => piece !== null);

/** A tool by its own name, or a module of the project by its file. */
function moduleCall(name: Word, rest: readonly Word[], call: Invocation, world: World): readonly Inner[] {
  const module = textOf(name);
  if (module === undefined) {
    const detail = `which module ${showWord(name)} is, is not known`;
    return [{ kind: 'opaque', reason: isPartlyKnown(name) ? 'unread-program' : 'dynamic-code', detail }];
  }
  const tool = Object.hasOwn(tools, module) ? tools[module] : undefined;
  if (tool !== undefined) return [{ kind: 'words', words: [staticWord(tool), ...rest], label: `python -m ${module}` }];
  const base = module.replaceAll('.', '/');
  const path = [`${base}.py`, `${base}/__main__.py`].find((file) => isText(staticWord(file), call, world));
  if (path === undefined) return [];
  return [{ kind: 'program', language: 'python', code: { path: staticWord(path) }, positionals: rest }];
}

/** A script; of a folder, the `__main__.py` in it. What a package installed is known by its name, not by its source. */
function scriptCall(path: Word, rest: readonly Word[], call: Invocation, world: World): readonly Inner[] {
  const text = textOf(path);
  if (text === undefined) return [{ kind: 'program', language: 'python', code: { path }, positionals: rest }];
  if (isInstalled(text)) return [];
  if (standardInput.has(text)) return codeOnStdin(call, 'python', rest, world);
  const main = staticWord(`${text.replace(/\/+$/, '')}/__main__.py`);
  const isFolder = (!/\.\w+$/.test(text) || isFolderAt(path, call, world)) && isText(main, call, world);
  const own = /(?:^|\/)manage\.py$/.test(text) ? shellCode(rest) : [];
  return [...own, { kind: 'program', language: 'python', code: { path: isFolder ? main : path }, positionals: rest }];
}

function isFolderAt(path: Word, call: Invocation, world: World): boolean {
  const absolute = absolutePath(path, call.cwd);
  const answer = absolute === undefined ? undefined : world.ask({ kind: 'file', path: absolute });
  return answer?.kind === 'failed' && answer.reason === 'folder';
}

function isText(path: Word, call: Invocation, world: World): boolean {
  const absolute = absolutePath(path, call.cwd);
  return (
    absolute !== undefined && call.host.kind === 'local' && world.ask({ kind: 'file', path: absolute })?.kind === 'text'
  );
}

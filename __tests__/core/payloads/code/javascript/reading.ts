// Reads a program as the tests describe it, and shows its effects one line each.
import type { CodeContext, CodeEffect } from '../../../../../src/core/model/code.ts';
import { showWord, staticWord, type Word } from '../../../../../src/core/model/word.ts';
import { reader } from '../../../../../src/core/payloads/code/javascript/reader.ts';

export interface Given {
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  readonly files?: Readonly<Record<string, string>>;
  readonly path?: string;
}

export function read(text: string, { args = [], env = {}, files = {}, path }: Given = {}): readonly CodeEffect[] {
  const context: CodeContext = {
    args: args.map((each) => staticWord(each)),
    cwd: staticWord('/srv/orders'),
    path,
    variable: (name) => (env[name] === undefined ? undefined : staticWord(env[name])),
    stdin: undefined,
    readFile: (file) => files[file],
  };
  return reader.read(text, context);
}

export const shown = (text: string, given?: Given): readonly string[] => read(text, given).map(line);

const path = (word: Word): string =>
  word.kind === 'static' ? word.value : word.known.map((piece) => piece ?? '?').join('');

function line(effect: CodeEffect): string {
  switch (effect.kind) {
    case 'file':
      return `${effect.op}${effect.recursive ? ' -r' : ''}${effect.many ? ' many' : ''} ${path(effect.path)}`;
    case 'write':
      return `${effect.appends ? 'append' : 'write'} ${path(effect.path)}`;
    case 'words':
      return `$ ${effect.words.map(path).join(' ')}`;
    case 'shell':
      return `sh ${path(effect.text)}`;
    case 'http':
      return `${effect.request.method} ${path(effect.request.url)}`;
    case 'sql':
      return `sql ${effect.dialect} ${path(effect.text)}${effect.connection === undefined ? '' : ` @ ${showWord(effect.connection)}`}`;
    case 'call':
      return `${effect.library} ${effect.name}${effect.limited ? ' limited' : ''}`;
    case 'flow':
      return `${effect.from} > ${effect.to}`;
    case 'code':
      return `code ${effect.language}`;
    case 'opaque':
      return `opaque ${effect.detail}`;
  }
}

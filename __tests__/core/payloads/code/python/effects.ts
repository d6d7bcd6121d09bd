// Lists the effects of a Python program as lines of text, for tables.
import type { CodeEffect } from '../../../../../src/core/model/code.ts';
import { dynamicWord, staticWord, type Word } from '../../../../../src/core/model/word.ts';
import { reader } from '../../../../../src/core/payloads/code/python/reader.ts';

export interface Scene {
  readonly args?: readonly string[];
  readonly stdin?: string;
  readonly path?: string;
  readonly files?: Readonly<Record<string, string>>;
}

/** A word as text: unknown pieces are `…`. */
const shown = (word: Word | undefined): string =>
  word === undefined ? '?' : word.kind === 'static' ? word.value : word.known.map((piece) => piece ?? '…').join('');

/** What running the text in `/srv/acme/shop` would do, one line each. */
export function effectsOf(code: string, { args = [], stdin, path, files = {} }: Scene = {}): readonly string[] {
  const effects = reader.read(code, {
    args: args.map((each) => staticWord(each)),
    cwd: staticWord('/srv/acme/shop'),
    path,
    variable: (name) => (name === 'HOME' ? staticWord('/home/ann') : dynamicWord(`$${name}`)),
    stdin: stdin === undefined ? undefined : staticWord(stdin),
    readFile: (file) => files[file],
  });
  return effects.map(line);
}

function line(effect: CodeEffect): string {
  switch (effect.kind) {
    case 'words':
      return `run ${effect.words.map(shown).join(' ')}${effect.cwd === undefined ? '' : ` in ${shown(effect.cwd)}`}`;
    case 'shell':
      return `shell ${shown(effect.text)}`;
    case 'file':
      return [
        effect.op,
        ...(effect.recursive ? ['tree'] : []),
        ...(effect.many ? ['many'] : []),
        shown(effect.path),
      ].join(' ');
    case 'write':
      return `${effect.appends ? 'append' : 'write'} ${shown(effect.path)} ${shown(effect.text)}`;
    case 'http':
      return `http ${effect.request.method} ${shown(effect.request.url)}`;
    case 'sql':
      return `sql ${effect.dialect} ${shown(effect.text)} at ${shown(effect.connection)}`;
    case 'call':
      return `call ${effect.library} ${effect.name}${effect.limited ? '' : ' all'}`;
    case 'flow':
      return `flow ${effect.from} ${effect.to}`;
    case 'code':
      return `code ${effect.language}`;
    case 'opaque':
      return 'opaque';
  }
}

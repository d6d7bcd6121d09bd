// Lists the effects of a program as lines of text, for tables.
import type { CodeEffect, CodeReader } from '../../../../src/core/model/code.ts';
import { dynamicWord, staticWord, type Word } from '../../../../src/core/model/word.ts';

export interface Scene {
  readonly args?: readonly string[];
  readonly path?: string;
  readonly files?: Readonly<Record<string, string>>;
}

/** A word as text: unknown pieces are `…`. */
const shown = (word: Word | undefined): string =>
  word === undefined ? '?' : word.kind === 'static' ? word.value : word.known.map((piece) => piece ?? '…').join('');

/** What running the text in `/srv/acme/shop` would do, one line each. */
export const linesOf =
  (reader: CodeReader) =>
  (code: string, { args = [], path, files = {} }: Scene = {}): readonly string[] =>
    reader
      .read(code, {
        args: args.map((each) => staticWord(each)),
        cwd: staticWord('/srv/acme/shop'),
        path,
        variable: (name) => (name === 'HOME' ? staticWord('/home/ann') : dynamicWord(`$${name}`)),
        stdin: undefined,
        readFile: (file) => files[file],
      })
      .map(line);

function line(effect: CodeEffect): string {
  switch (effect.kind) {
    case 'words':
      return `run ${effect.words.map(shown).join(' ')}${effect.stdin === undefined ? '' : ` < ${shown(effect.stdin)}`}`;
    case 'shell':
      return `shell ${shown(effect.text)}${effect.stdin === undefined ? '' : ` < ${shown(effect.stdin)}`}`;
    case 'file': {
      const marks = [...(effect.recursive ? ['tree'] : []), ...(effect.many ? ['many'] : [])];
      return [effect.op, ...marks, shown(effect.path)].join(' ');
    }
    case 'write':
      return `${effect.appends ? 'append' : 'write'} ${shown(effect.path)}`;
    case 'http':
      return `http ${effect.request.method} ${shown(effect.request.url)}`;
    case 'sql':
      return `sql ${effect.dialect} ${shown(effect.text)} at ${shown(effect.connection)}`;
    case 'flow':
      return `flow ${effect.from} ${effect.to}`;
    case 'code':
      return `code ${effect.language} ${shown(effect.text)}`;
    case 'call':
      return `call ${effect.library} ${effect.name}`;
    case 'opaque':
      return 'opaque';
  }
}

// Shows the effects of a program as lines of text, for tables.
import type { CodeEffect, CodeReader } from '../../../../src/core/model/code.ts';
import { dynamicWord, staticWord, type Word } from '../../../../src/core/model/word.ts';

export interface Scene {
  readonly args?: readonly string[];
  readonly stdin?: string;
  readonly path?: string;
  readonly files?: Readonly<Record<string, string>>;
}

/** A word as text: unknown pieces are `…`. */
const shown = (word: Word | undefined): string =>
  word === undefined ? '?' : word.kind === 'static' ? word.value : word.known.map((piece) => piece ?? '…').join('');

/** What running the text in `/srv/acme/shop` would do, one line each. `NONE` is known to be unset. */
export function effectLines(
  reader: CodeReader,
  code: string,
  { args = [], stdin, path, files = {} }: Scene = {},
): readonly string[] {
  const effects = reader.read(code, {
    args: args.map((each) => staticWord(each)),
    cwd: staticWord('/srv/acme/shop'),
    path,
    variable: (name) =>
      name === 'HOME' ? staticWord('/home/ann') : name === 'NONE' ? undefined : dynamicWord(`$${name}`),
    stdin: stdin === undefined ? undefined : staticWord(stdin),
    readFile: (file) => files[file],
  });
  return effects.map(line);
}

function line(effect: CodeEffect): string {
  switch (effect.kind) {
    case 'words':
    case 'shell': {
      const what = effect.kind === 'words' ? `run ${effect.words.map(shown).join(' ')}` : `shell ${shown(effect.text)}`;
      const set = (effect.assignments ?? []).map(({ name, value }) => ` with ${name}=${shown(value)}`);
      return [what, ...set, ...(effect.cwd === undefined ? [] : [` in ${shown(effect.cwd)}`])].join('');
    }
    case 'file':
      return [
        effect.op,
        ...(effect.recursive ? ['tree'] : []),
        ...(effect.many ? ['many'] : []),
        shown(effect.path),
      ].join(' ');
    case 'write':
      return `${effect.appends ? 'append' : 'write'} ${shown(effect.path)} ${JSON.stringify(shown(effect.text))}`;
    case 'http': {
      const { method, url, headers, body } = effect.request;
      const sent = [...headers].map(([name, value]) => ` ${name}: ${shown(value)}`).join('');
      return `http ${method} ${shown(url)}${sent}${body.kind === 'text' ? ` ${shown(body.text)}` : ''}`;
    }
    case 'sql':
      return `sql ${effect.dialect} ${shown(effect.text)} at ${shown(effect.connection)}`;
    case 'call':
      return `call ${effect.library} ${effect.name}${effect.limited ? '' : ' all'}`;
    case 'flow':
      return `flow ${effect.from} ${effect.to}`;
    case 'code':
      return `code ${effect.language}`;
    case 'opaque':
      return `opaque ${effect.detail}`;
  }
}

// What cmd's own commands do to files. Source: the Windows Commands reference.
import { knownPrefix, staticWord, textOf, type Word } from '../../../model/word.ts';
import type { Recorder } from '../recorder.ts';
import { windowsPath } from './environment.ts';

/** A command with its words; `place` makes a path as it stands in the script one as it is seen from where the script started. */
export type Command = (words: readonly Word[], recorder: Recorder, place: (path: Word) => Word, name: string) => void;

interface Given {
  readonly switches: ReadonlySet<string>;
  readonly operands: readonly Word[];
}

/** `/s /q`, also without a blank between them. */
function read(words: readonly Word[]): Given {
  const switches = new Set<string>();
  const operands: Word[] = [];
  for (const word of words) {
    const text = textOf(word) ?? '';
    if (/^\/[A-Za-z?]/.test(text))
      for (const each of text.toLowerCase().split('/')) switches.add(each.slice(0, each.startsWith('-') ? 2 : 1));
    else operands.push(word);
  }
  return { switches, operands };
}

const pathWord = (word: Word, place: (path: Word) => Word): Word => {
  const path = place(windowsPath(word));
  return path.kind === 'static' && /[*?]/.test(path.value) ? { ...path, glob: true } : path;
};

/** `del` takes files, and those of all folders below with `/s`; of a folder it deletes the files. */
const deletesFiles: Command = (words, recorder, place, name) => {
  const { switches, operands } = read(words);
  if (switches.has('p') || switches.has('?')) return;
  for (const each of operands) {
    const path = pathWord(each, place);
    const recursive = switches.has('s');
    recorder.record(name, { kind: 'file', op: 'delete', path, recursive, many: path.glob || recursive });
  }
};

/** Without `/s` only an empty folder goes. */
const deletesFolders: Command = (words, recorder, place, name) => {
  const { switches, operands } = read(words);
  if (!switches.has('s') || switches.has('?')) return;
  for (const each of operands)
    recorder.record(name, { kind: 'file', op: 'delete', path: pathWord(each, place), recursive: true, many: false });
};

const asCommand =
  (...front: readonly string[]): Command =>
  (words, recorder, place, name) => {
    const { operands } = read(words);
    if (operands.length < 2) return;
    const paths = operands.map((each) => pathWord(each, place));
    recorder.record(name, { kind: 'words', words: [...front.map((word) => staticWord(word)), ...paths] });
  };

const formats: Command = (words, recorder, _place, name) => {
  const { operands } = read(words);
  const [drive] = operands;
  if (drive !== undefined && /^[A-Za-z]:|^$/.test(knownPrefix(drive)))
    recorder.record(name, {
      kind: 'file',
      op: 'format',
      path: drive,
      recursive: false,
      many: false,
    });
};

export const commands: Readonly<Record<string, Command>> = {
  del: deletesFiles,
  erase: deletesFiles,
  rd: deletesFolders,
  rmdir: deletesFolders,
  move: asCommand('mv', '--'),
  ren: asCommand('mv', '--'),
  rename: asCommand('mv', '--'),
  copy: asCommand('cp', '--'),
  xcopy: asCommand('cp', '-r', '--'),
  format: formats,
};

/** Commands that change nothing outside of the script. */
export const harmless: ReadonlySet<string> = new Set(
  `echo dir type cls ver vol title color pause more find findstr where exit setlocal endlocal shift goto assoc ftype
  path prompt date time mkdir md verify tree attrib help chcp doskey tasklist whoami hostname timeout`.split(/\s+/),
);

// Methods of Pathname: paths that are joined, listed, written and removed.
import { joinPaths, text, type Value } from '../../value.ts';
import { deleteFiles, glob, listFolder, writeFile } from '../api/files.ts';
import { baseName, expandPath, folderName } from '../paths.ts';
import { pathname, plainText } from '../plain.ts';
import type { Builtin, Builtins } from './index.ts';

type Path = Value & { kind: 'name' };

const joined: Builtin<Path> = (receiver, { given }) =>
  pathname(joinPaths([receiver, ...given.positional].map(plainText)));

const removes =
  (recursive: boolean): Builtin<Path> =>
  (receiver, { ruby, name }) => {
    deleteFiles([receiver], recursive, `Pathname#${name}`, ruby);
    return receiver;
  };

const listed: Builtin<Path> = (receiver, call) => listFolder(plainText(receiver), call, true);

const writes: Builtin<Path> = (receiver, { given, ruby, name }) => {
  writeFile(plainText(receiver), given.positional[0], false, `Pathname#${name}`, ruby);
  return text('0');
};

export const pathnameMethods: Builtins<Path> = {
  to_s: plainText,
  to_str: plainText,
  to_path: plainText,
  cleanpath: (receiver) => receiver,
  realpath: (receiver) => receiver,
  expand_path: (receiver, { ruby, given }) => pathname(expandPath(plainText(receiver), given.positional[0], ruby)),
  '+': joined,
  '/': joined,
  join: joined,
  parent: (receiver) => pathname(folderName(plainText(receiver))),
  dirname: (receiver) => pathname(folderName(plainText(receiver))),
  basename: (receiver) => pathname(baseName(plainText(receiver))),
  children: listed,
  each_child: listed,
  entries: listed,
  each_entry: listed,
  find: listed,
  glob: (receiver, call) => glob(call.given.positional, plainText(receiver), call, true),
  rmtree: removes(true),
  delete: removes(false),
  unlink: removes(false),
  write: writes,
  binwrite: writes,
};

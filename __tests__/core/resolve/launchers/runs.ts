// Shows what launchers of interpreters run, as one text.
import type { World } from '../../../../src/core/model/observation.ts';
import type { Inner, Launcher } from '../../../../src/core/resolve/launcher.ts';
import { call, show, worldOf } from '../listing.ts';

type Files = Readonly<Record<string, string>>;

/** A world of the given files, which says of each path whether it is there. */
const world = (files: Files): World => {
  const texts = worldOf(files);
  return {
    ask: (query) =>
      query.kind === 'path' && Object.hasOwn(files, query.path)
        ? { kind: 'path', type: 'file', real: query.path, executable: false }
        : texts.ask(query),
  };
};

/** What the last call in a command line that one of the launchers knows would run. */
export function showRuns(launchers: readonly Launcher[], command: string, files: Files): string {
  const words = command.split(/\s+/).map((word) => word.replace(/^.*\//, ''));
  const found = launchers
    .flatMap((launcher) => launcher.names.map((name) => ({ launcher, name })))
    .filter(({ name }) => words.includes(name))
    .sort((a, b) => words.indexOf(a.name) - words.indexOf(b.name))[0];
  if (found === undefined) throw new Error(`no launcher for ${command}`);
  return found.launcher
    .unwrap(call(found.name, command, { files }), world(files))
    .map(showInner)
    .join('; ');
}

function showInner(inner: Inner): string {
  const around = [
    ...(inner.cwd === undefined ? [] : [`in ${show(inner.cwd)}`]),
    ...(inner.assignments ?? []).map(({ name, value }) => `with ${name}=${show(value)}`),
  ];
  if (inner.kind === 'words') return ['words', ...inner.words.map(show), ...around].join(' ');
  if (inner.kind !== 'program') return inner.kind;
  const code = 'text' in inner.code ? `text ${show(inner.code.text)}` : `file ${show(inner.code.path)}`;
  return [code, ...inner.positionals.map(show), ...around].join(' ');
}

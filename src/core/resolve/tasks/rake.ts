// rake: the Rakefile and the task files beside it, read as the Ruby programs they are.
import type { Invocation } from '../../model/invocation.ts';
import type { World } from '../../model/observation.ts';
import { staticWord, textOf, type Word } from '../../model/word.ts';
import { optionGrammar, readOptions } from '../../programs/options.ts';
import type { Inner } from '../launcher.ts';
import { absolutePath } from '../paths.ts';
import { findFile, namedFile, shownFrom, unreadFile } from '../task-file.ts';

const grammar = optionGrammar({
  values: '-f --rakefile -C --directory -R --rakelibdir -I --libdir -r --require -e --execute -E -p -t -j --jobs',
});
const harmless =
  '-T --tasks -n --dry-run -P --prereqs -W --where -D --describe -A --all --version -V -h --help -H'.split(' ');
const files = ['Rakefile', 'rakefile', 'Rakefile.rb', 'rakefile.rb'];
/** Folders whose `.rake` files are loaded: rake's own, and that of Rails. Source: rake(1), guides.rubyonrails.org. */
const folders = ['rakelib', 'lib/tasks'];
const maxFiles = 40;

/** What `rake` with these words runs; `rails` hands on the words of a task that is not its own. */
export function runRake(call: Invocation, args: readonly Word[], world: World): readonly Inner[] {
  const { flags, positionals } = readOptions(args, grammar);
  const names = positionals.map(textOf);
  if (call.host.kind !== 'local' || harmless.some((flag) => flags.has(flag))) return [];
  const given = flags.get('-f') ?? flags.get('--rakefile');
  const found = given === undefined ? findFile(files, call.cwd, world) : namedFile(given, call.cwd, world);
  if (found.kind !== 'file') return unreadFile('rake', found, call);
  const { path, folder } = found.file;
  const program = (file: string): Inner => ({
    kind: 'program',
    language: 'ruby',
    code: { path: staticWord(file) },
    positionals,
    label: call.name ?? 'rake',
    cwd: folder,
    from: {
      label: `${shownFrom(path, call.cwd)} "${names[0] ?? 'default'}"`,
      line: undefined,
      id: `${file} ${names.join(' ')}`,
    },
  });
  const named = names.length === 0 ? [] : folders.flatMap((each) => filesIn(each, folder, world));
  return [path, ...named].map(program);
}

function filesIn(name: string, folder: Word, world: World): readonly string[] {
  const path = absolutePath(staticWord(name), folder);
  const answer = path === undefined ? undefined : world.ask({ kind: 'folder', path });
  if (answer?.kind !== 'names') return [];
  return answer.names
    .filter((each) => each.endsWith('.rake'))
    .slice(0, maxFiles)
    .map((each) => `${path}/${each}`);
}

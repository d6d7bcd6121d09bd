// npx, bunx, `pnpm dlx`, `yarn dlx`, `npm exec`: run a package's program by its name.
import { showWord, staticWord, textOf, type Word } from '../../model/word.ts';
import { optionGrammar, readOptions } from '../../programs/options.ts';
import type { Inner, Launcher } from '../launcher.ts';

const grammar = optionGrammar({
  values: '-p --package -c --call -w --workspace --prefix -C --dir --filter',
  stopAtPositional: true,
});
const verbs: Readonly<Record<string, readonly string[]>> = {
  npm: ['exec', 'x'],
  pnpm: ['dlx', 'exec'],
  yarn: ['dlx', 'exec'],
  bun: ['x'],
};

/** Sources: npm-exec(1), pnpm dlx, yarn dlx, bunx documentation. */
export const launcher: Launcher = {
  names: ['npx', 'bunx', 'pnpx', 'npm', 'pnpm', 'yarn', 'bun'],
  unwrap(call) {
    const { flags, positionals } = readOptions(call.args, grammar);
    const verb = verbs[call.name ?? ''];
    if (verb === undefined) return packageCall(positionals, flags.get('-c') ?? flags.get('--call'), call.name);
    if (!verb.includes(textOf(positionals[0]) ?? '')) return [];
    const inner = readOptions(positionals.slice(1), grammar);
    return packageCall(
      inner.positionals,
      inner.flags.get('-c') ?? inner.flags.get('--call'),
      `${call.name} ${textOf(positionals[0])}`,
    );
  },
};

function packageCall(words: readonly Word[], code: Word | undefined, label = 'npx'): readonly Inner[] {
  if (code !== undefined) return [{ kind: 'code', text: code, label }];
  const [name, ...rest] = words;
  if (name === undefined) return [];
  return [{ kind: 'words', words: [programOf(name), ...rest], label }];
}

/** `prisma@5` and `@scope/name@1` run the program called like the package. */
function programOf(word: Word): Word {
  const name = showWord(word).replace(/(?<=.)@[^@/]*$/, '');
  return word.kind === 'static' ? staticWord(name.startsWith('@') ? (name.split('/')[1] ?? name) : name) : word;
}

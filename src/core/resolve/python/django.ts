// Django's own shell: the code that `manage.py shell -c` runs, also where manage.py itself cannot be read.
import { textOf, type Word } from '../../model/word.ts';
import { optionGrammar, readOptions } from '../../programs/options.ts';
import type { Inner } from '../launcher.ts';

const grammar = optionGrammar({
  values: '-c --command -i --interface --settings --pythonpath -v --verbosity',
  aliases: '--command=-c',
});
const shells = new Set(['shell', 'shell_plus']);

/**
 * What the words behind manage.py run as Python.
 * Sources: Django's reference of django-admin and manage.py, `shell`; django-extensions, `shell_plus`.
 */
export function shellCode(words: readonly Word[]): readonly Inner[] {
  const { flags, positionals } = readOptions(words, grammar);
  const text = flags.get('-c');
  if (text === undefined || !shells.has(textOf(positionals[0]) ?? '')) return [];
  return [{ kind: 'program', language: 'python', code: { text }, positionals: [], label: 'manage.py shell' }];
}

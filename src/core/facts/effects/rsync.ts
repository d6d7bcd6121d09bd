// rsync, fpsync: --delete removes at the destination what the source does not have.
import { type Options, optionGrammar, readOptions } from '../../programs/options.ts';
import type { EffectReader } from '../effect.ts';
import { writtenOver } from './transfer.ts';

const grammar = optionGrammar({
  values:
    '-e --rsh -f --filter --exclude --include --exclude-from --include-from --files-from -B --block-size --bwlimit --port --log-file --password-file --rsync-path --temp-dir -T --compare-dest --copy-dest --link-dest --backup-dir --suffix --chmod --chown --max-delete --timeout --partial-dir --out-format --info --debug --modify-window --max-size --min-size',
});
const parallelGrammar = optionGrammar({ values: '-n -f -s -x -o -t -w -d -O' });

const keeps = (flags: Options['flags']): boolean =>
  ['--ignore-existing', '--existing', '-b', '--backup', '-u', '--update'].some((flag) => flags.has(flag));

/** Sources: rsync(1), fpsync(1) (`-E` is its `--delete`). */
export const effect: EffectReader = {
  names: ['rsync', 'fpsync'],
  read(call) {
    const parallel = call.name === 'fpsync';
    const { flags, positionals } = readOptions(call.args, parallel ? parallelGrammar : grammar);
    if (!parallel && (flags.has('-n') || flags.has('--dry-run') || flags.has('--list-only'))) return [];
    const destination = positionals.at(-1);
    if (flags.has('--remove-source-files')) {
      return positionals.slice(0, -1).map((path) => ({ op: 'delete', path, recursive: true, many: true }));
    }
    const deletes = parallel
      ? flags.has('-E')
      : [...flags.keys()].some((flag) =>
          /^--del(ete(-before|-during|-delay|-after|-excluded|-missing-args)?)?$/.test(flag),
        );
    if (destination === undefined || positionals.length < 2) return [];
    if (!deletes) return parallel ? [] : writtenOver(positionals.slice(0, -1), destination, keeps(flags));
    return [{ op: 'delete', path: destination, recursive: true, many: true }];
  },
  makes: (call) => readOptions(call.args, grammar).positionals.slice(-1),
};

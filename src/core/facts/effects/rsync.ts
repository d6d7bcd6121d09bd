// rsync: --delete removes at the destination what the source does not have.

import { optionGrammar, readOptions } from '../../programs/options.ts';
import type { EffectReader } from '../effect.ts';

const grammar = optionGrammar({
  values: '-e --rsh -f --filter --exclude --include --exclude-from --include-from --files-from -B --block-size --bwlimit --port --log-file --password-file --rsync-path --temp-dir -T --compare-dest --copy-dest --link-dest --backup-dir --suffix --chmod --chown --max-delete --timeout --partial-dir --out-format --info --debug --modify-window --max-size --min-size',
});

/** Source: rsync(1). */
export const effect: EffectReader = {
  names: ['rsync', 'fpsync'],
  read(call) {
    const { flags, positionals } = readOptions(call.args, grammar);
    if (flags.has('-n') || flags.has('--dry-run') || flags.has('--list-only')) return [];
    const deletes = [...flags.keys()].some((flag) => /^--del(ete(-before|-during|-delay|-after|-excluded|-missing-args)?)?$/.test(flag));
    const destination = positionals.at(-1);
    if (flags.has('--remove-source-files')) {
      return positionals.slice(0, -1).map((path) => ({ op: 'delete', path, recursive: true, many: true }));
    }
    if (!deletes || destination === undefined || positionals.length < 2) return [];
    return [{ op: 'delete', path: destination, recursive: true, many: true }];
  },
  makes: (call) => readOptions(call.args, grammar).positionals.slice(-1),
};


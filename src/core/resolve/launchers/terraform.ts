// terraform, tofu: what a saved plan would remove, as the commands that say so in their own words.
import type { Invocation } from '../../model/invocation.ts';
import type { World } from '../../model/observation.ts';
import { joinWords, showWord, staticWord, textOf, type Word } from '../../model/word.ts';
import { grammarOf } from '../../programs/grammar.ts';
import { readOptions } from '../../programs/options.ts';
import { plannedLosses } from '../clouds/terraform-plan.ts';
import type { Inner, Launcher } from '../launcher.ts';
import { absolutePath } from '../paths.ts';

/** Resources of one plan that are named one by one. */
const maxNamed = 50;

/** Source: the CLI reference of Terraform, `apply` with a saved plan: nothing is asked, and the plan alone counts. */
export const launcher: Launcher = {
  names: ['terraform', 'tofu'],
  unwrap(call, world) {
    const { flags, positionals } = readOptions(call.args, grammarOf('terraform').options);
    const [verb, plan] = positionals;
    if (textOf(verb) !== 'apply' || plan === undefined || flags.has('-help')) return [];
    const folder = flags.get('-chdir');
    const cwd = folder === undefined ? call.cwd : joinWords([call.cwd, staticWord('/'), folder]);
    return removed(plan, absolutePath(plan, cwd), call, world);
  },
};

function removed(plan: Word, path: string | undefined, call: Invocation, world: World): readonly Inner[] {
  const answer =
    path === undefined || call.host.kind !== 'local'
      ? undefined
      : world.ask({ kind: 'zip-entry', path, entry: 'tfplan' });
  const isOpen = path !== undefined && call.host.kind === 'local' && answer === undefined;
  if (isOpen || answer?.kind === 'absent') return [];
  const losses = answer?.kind === 'text' ? plannedLosses(answer.text) : undefined;
  if (losses === undefined) {
    const detail = `what the plan ${showWord(plan)} removes is not known`;
    return [{ kind: 'opaque', reason: 'unread-program', detail }];
  }
  const words = (verb: readonly string[], flag: string, addresses: readonly string[]): readonly Inner[] =>
    addresses.length === 0
      ? []
      : [
          {
            kind: 'words',
            words: [
              call.program,
              ...verb.map((word) => staticWord(word)),
              ...addresses.slice(0, maxNamed).map((address) => staticWord(`${flag}=${address}`)),
            ],
            stdin: { kind: 'none' },
            from: { label: showWord(plan), line: undefined },
          },
        ];
  const names = (replaced: boolean) =>
    losses.filter((loss) => loss.replaced === replaced).map(({ address }) => address);
  return [...words(['destroy'], '-target', names(false)), ...words(['apply'], '-replace', names(true))];
}

// thor, invoke, nox and others: runners whose task files are programs, or whose language is not read.
import { textOf } from '../../model/word.ts';
import type { Launcher } from '../launcher.ts';
import { findFile, unreadTask } from '../task-file.ts';

interface Runner {
  /** Files of which one must be there; without one the runner does nothing. */
  readonly files: readonly string[];
  /** Words or options that only show something. */
  readonly harmless: string;
  /** Subcommands that run what the file says; any where there are none. */
  readonly verbs?: string;
}

/** Sources: the tools' own documentation. */
const runners: Readonly<Record<string, Runner>> = {
  thor: { files: ['Thorfile', 'thorfile'], harmless: 'list help version -T' },
  invoke: { files: ['tasks.py', 'tasks/__init__.py'], harmless: '-l --list -h --help -V --version -R --dry' },
  inv: { files: ['tasks.py', 'tasks/__init__.py'], harmless: '-l --list -h --help -V --version -R --dry' },
  fab: { files: ['fabfile.py', 'tasks.py'], harmless: '-l --list -h --help -V --version' },
  nox: { files: ['noxfile.py'], harmless: '-l --list --list-sessions -h --help --version' },
  doit: { files: ['dodo.py'], harmless: 'list help info --version' },
  scons: {
    files: ['SConstruct', 'Sconstruct', 'sconstruct', 'SConstruct.py'],
    harmless: '-n --dry-run --just-print -h --help -v --version -q',
  },
  earthly: { files: ['Earthfile'], harmless: 'ls doc --help --version -h' },
  tilt: { files: ['Tiltfile'], harmless: 'version doctor get describe logs', verbs: 'up ci down trigger' },
  skaffold: {
    files: ['skaffold.yaml', 'skaffold.yml'],
    harmless: 'version diagnose render',
    verbs: 'dev run build test deploy apply verify exec debug',
  },
  dvc: { files: ['dvc.yaml'], harmless: '--dry -h --help', verbs: 'repro exp' },
  snakemake: {
    files: ['Snakefile', 'workflow/Snakefile', 'snakefile'],
    harmless: '-n --dry-run --dryrun -l --list --lint --dag --summary -h --help --version',
  },
  dagger: { files: ['dagger.json'], harmless: 'version functions', verbs: 'call run' },
  bazel: { files: ['MODULE.bazel', 'WORKSPACE', 'WORKSPACE.bazel'], harmless: 'version info query', verbs: 'run' },
};

export const launcher: Launcher = {
  names: Object.keys(runners),
  unwrap(call, world) {
    const runner = runners[call.name ?? ''];
    if (runner === undefined || call.host.kind !== 'local') return [];
    const words = call.args.map(textOf);
    if (words.some((word) => word !== undefined && runner.harmless.split(' ').includes(word))) return [];
    if (runner.verbs !== undefined && !words.some((word) => runner.verbs?.split(' ').includes(word ?? ''))) return [];
    const found = findFile(runner.files, call.cwd, world);
    if (found.kind === 'none') return [];
    const path = found.kind === 'file' ? found.file.path : found.path;
    const name = path.slice(path.lastIndexOf('/') + 1);
    return [unreadTask(call.name ?? '', `what ${name} runs is not read`)];
  },
};

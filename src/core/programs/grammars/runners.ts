// Runners of tasks: make, just, task, gradle, maven. Their words are names of tasks.
import { program } from '../program.ts';

export const programs = [
  program({
    names: 'make gmake',
    values: '-C --directory -f --file --makefile -I --include-dir -o --old-file -W --what-if --eval',
    inert: '-n --dry-run --just-print --recon -q --question -t --touch -v --version -h',
  }),
  program({
    names: 'just',
    values: '-f --justfile -d --working-directory --shell --shell-arg --dotenv-path --dotenv-filename',
    inert: '-n --dry-run -l --list -s --show --summary --evaluate --dump',
  }),
  program({
    names: 'task go-task',
    values: '-t --taskfile -d --dir -C --concurrency -o --output',
    inert: '-n --dry -l --list -a --list-all --summary --status',
  }),
  program({
    names: 'gradle gradlew',
    values:
      '-p --project-dir -b --build-file -c --settings-file -I --init-script -g --gradle-user-home -x --exclude-task --console --max-workers',
    inert: '-m --dry-run -h -v --version',
  }),
  program({
    names: 'mvn mvnw mvnd',
    values:
      '-f --file -pl --projects -P --activate-profiles -s --settings -gs -t --toolchains -T --threads -rf -l --log-file',
    singleDash: true,
    inert: '-h -v --version',
  }),
];

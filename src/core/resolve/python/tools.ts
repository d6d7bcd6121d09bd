// Programs of Python packages: what uvx, `uv tool run` and `pipx run` start by its name, fetched where it is not installed.
import { staticWord, textOf, type Word } from '../../model/word.ts';
import { optionGrammar, readOptions } from '../../programs/options.ts';
import type { Inner } from '../launcher.ts';

/** Options with a value in front of the program. Sources: docs.astral.sh/uv, CLI reference; pipx documentation. */
export const toolOptions = optionGrammar({
  values:
    '--from --with --with-editable --with-requirements -w -c --constraints -b --build-constraints --overrides --env-file --python -p --index --default-index --index-url -i --extra-index-url --find-links -f --index-strategy --keyring-provider --upgrade-package -P --reinstall-package --refresh-package --resolution --prerelease --fork-strategy --config-setting -C --no-build-isolation-package --exclude-newer --link-mode --no-build-package --no-binary-package --cache-dir --color --directory --project --config-file --allow-insecure-host --torch-backend --spec --pip-args --fetch-missing-python',
  stopAtPositional: true,
});

/** The tool with its own words; `ruff@0.3` and `alembic==1.13` say which version of it. */
export function toolIn(args: readonly Word[], label: string): readonly Inner[] {
  const { positionals } = readOptions(args, toolOptions);
  const [tool, ...words] = textOf(positionals[0]) === '--' ? positionals.slice(1) : positionals;
  if (tool === undefined) return [];
  const text = textOf(tool);
  // A script by its path or its URL runs in Python, which pipx reads itself.
  if (text === undefined || /^[./~]|:\/\//.test(text)) return [{ kind: 'words', words: [tool, ...words], label }];
  const name = text.replace(/(?:@|[=<>!~]=|\[).*$/, '');
  return [{ kind: 'words', words: [staticWord(name), ...words], label }];
}

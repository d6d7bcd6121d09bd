// Scripts of a manifest: what running one by its name runs, with what comes before and after it.
import type { Assignment, Invocation } from '../../model/invocation.ts';
import { dynamicWord, joinWords, staticWord, textOf, type Word } from '../../model/word.ts';
import type { Inner } from '../launcher.ts';
import { entriesOf, textAt } from './json.ts';
import { folderOf, type Manifest, packageName, scriptLine, scriptText, shownFrom } from './manifest.ts';

export interface ScriptRun {
  readonly call: Invocation;
  readonly manifest: Manifest;
  readonly name: string;
  /** Words that are handed to the script itself, not to what runs before and after it. */
  readonly args: readonly Word[];
  /** Whether `pre` and `post` scripts run too. */
  readonly hooks: boolean;
  /** The program that is given the text, where it is not the usual shell. */
  readonly shell?: Word | undefined;
  /** How a person calls what runs it: `npm run`. */
  readonly label: string;
}

/** What a script runs, in order; an empty list where there is no such script. */
export function runScript(run: ScriptRun): readonly Inner[] {
  const text = scriptText(run.manifest, run.name);
  if (text === undefined) return [];
  if (!run.hooks) return [one(run, run.name, text, run.args)];
  return [`pre${run.name}`, run.name, `post${run.name}`].flatMap((name) => {
    const own = scriptText(run.manifest, name);
    return own === undefined ? [] : [one(run, name, own, name === run.name ? run.args : [])];
  });
}

/** Scripts that run by themselves around installing, packing and publishing, without the hooks of hooks. */
export const runEach = (run: Omit<ScriptRun, 'name' | 'args' | 'hooks'>, names: readonly string[]): readonly Inner[] =>
  names.flatMap((name) => runScript({ ...run, name, args: [], hooks: false }));

/**
 * Whether the call comes from the very script it names: what runs a script in all packages leaves it out then.
 */
export const isRunning = (call: Invocation, manifest: Manifest, name: string): boolean =>
  textOf(call.env.get('npm_lifecycle_event')) === name && textOf(call.env.get('npm_package_json')) === pathOf(manifest);

const pathOf = ({ folder }: Manifest): string => `${folder === '/' ? '' : folder}/package.json`;

function one(run: ScriptRun, name: string, text: string, args: readonly Word[]): Inner {
  const { call, manifest, label, shell } = run;
  const path = pathOf(manifest);
  const around = {
    label,
    cwd: staticWord(manifest.folder),
    from: {
      label: `${shownFrom(path, folderOf(call) ?? '/')} "${name}"`,
      line: scriptLine(manifest, name),
      id: `${path} "${name}"`,
    },
    assignments: variables(run, name),
  };
  const code = withArguments(text, args);
  if (shell !== undefined && !/(^|\/)(ba|z|da|k|a)?sh$/.test(textOf(shell) ?? ''))
    return { kind: 'words', words: [shell, staticWord('-c'), code.text, ...code.positionals], ...around };
  return { kind: 'code', ...code, ...around };
}

/** The script's text with its arguments behind it, as package managers join them. */
export function withArguments(
  text: string,
  args: readonly Word[],
): { readonly text: Word; readonly positionals: readonly Word[] } {
  if (args.length === 0) return { text: staticWord(text), positionals: [] };
  if (args.every((word) => word.kind === 'static' && !word.glob))
    return { text: staticWord(`${text} ${args.map((word) => quoted(textOf(word) ?? '')).join(' ')}`), positionals: [] };
  return { text: joinWords([staticWord(text), staticWord(' "$@"')]), positionals: args };
}

/** One word of a shell. */
export const quoted = (text: string): string =>
  /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;

/** What a script sees of its manifest. Source: docs.npmjs.com, "scripts", environment. */
function variables({ call, manifest }: ScriptRun, name: string): readonly Assignment[] {
  const config = Object.entries(entriesOf(manifest.data.config) ?? {}).flatMap(([key, value]) =>
    ['string', 'number', 'boolean'].includes(typeof value) && /^\w+$/.test(key)
      ? [{ name: `npm_package_config_${key}`, value: staticWord(String(value)) }]
      : [],
  );
  return [
    { name: 'npm_lifecycle_event', value: staticWord(name) },
    { name: 'npm_package_json', value: staticWord(pathOf(manifest)) },
    { name: 'npm_package_name', value: staticWord(packageName(manifest) ?? '') },
    { name: 'npm_package_version', value: staticWord(textAt(manifest.data, 'version') ?? '') },
    { name: 'npm_execpath', value: dynamicWord('$npm_execpath') },
    { name: 'INIT_CWD', value: call.env.get('INIT_CWD') ?? call.cwd },
    ...config,
  ];
}

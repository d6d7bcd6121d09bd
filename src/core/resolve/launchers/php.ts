// php, artisan tinker, wp eval, drush php:eval: PHP behind -r, in a file, or on standard input.
import type { Invocation } from '../../model/invocation.ts';
import type { World } from '../../model/observation.ts';
import { joinWords, knownPrefix, showWord, staticWord, textOf, type Word } from '../../model/word.ts';
import { optionGrammar, readOptions } from '../../programs/options.ts';
import { codeOnStdin } from '../code-input.ts';
import type { Inner, Launcher } from '../launcher.ts';

type Unwrap = (call: Invocation, world: World) => readonly Inner[];

/** Code without a tag, as a file would have it. */
const tagged = (code: Word): Word => joinWords([staticWord('<?php '), code]);

const inline = (code: Word, label: string, positionals: readonly Word[]): Inner => ({
  kind: 'program',
  language: 'php',
  label,
  code: { text: tagged(code) },
  positionals,
});

const options = optionGrammar({
  values:
    '-d -c -f -r -B -R -F -E -S -t -z --define --php-ini --file --run --process-begin --process-code --process-file --process-end --server --docroot --zend-extension --rf --rc --re --rz --ri',
  stopAtPositional: true,
});

/** Only print, check or serve. */
const idle = [
  '-v',
  '--version',
  '-i',
  '--info',
  '-m',
  '--modules',
  '-l',
  '--syntax-check',
  '-h',
  '--help',
  '-S',
  '--server',
  '-w',
  '-s',
  '--ini',
  '--rf',
  '--rc',
  '--re',
  '--ri',
];

/** Source: php(1). */
const php: Unwrap = (call, world) => {
  const { flags, positionals } = readOptions(call.args, options);
  if (idle.some((flag) => flags.has(flag))) return [];
  const codes = ['-r', '--run', '-B', '--process-begin', '-R', '--process-code', '-E', '--process-end']
    .map((flag) => flags.get(flag))
    .filter((word) => word !== undefined);
  if (codes.length > 0) return codes.map((code) => inline(code, `${call.name} code`, positionals));
  const given = flags.get('-f') ?? flags.get('--file') ?? flags.get('-F') ?? flags.get('--process-file');
  const [script, ...rest] = given === undefined ? positionals : [given, ...positionals];
  if (script === undefined || textOf(script) === '-') return codeOnStdin(call, 'php', rest, world);
  const tool = toolCall(script, rest, call, world);
  return (
    tool ?? [{ kind: 'program', language: 'php', label: showWord(script), code: { path: script }, positionals: rest }]
  );
};

/** Programs that are known by their name, not by the few lines that start them. */
const tools =
  /^(?:composer|wp-cli|wp|drush|phpunit|pest|phpstan|rector|pint|sail|doctrine|doctrine-migrations|phinx)(?:\.phar)?$/;

/** `php artisan tinker`, `php composer.phar run x`: what a tool runs; undefined for a script of the project. */
function toolCall(script: Word, rest: readonly Word[], call: Invocation, world: World): readonly Inner[] | undefined {
  const path = textOf(script);
  const name = path?.slice(path.lastIndexOf('/') + 1) ?? '';
  if (name === 'artisan') return artisanCall(rest, call, world);
  // Symfony's console is known by its subcommands alone.
  if (name === 'console' || name === 'bin/console') return [];
  if (!tools.test(name)) return undefined;
  return [{ kind: 'words', words: [staticWord(name.replace(/\.phar$/, '').replace(/^wp-cli$/, 'wp')), ...rest] }];
}

const tinkerOptions = optionGrammar({ values: '--execute --env' });

/** `artisan tinker --execute=code`, and what is typed into it. Source: Laravel Tinker. */
function artisanCall(args: readonly Word[], call: Invocation, world: World): readonly Inner[] {
  const [verb, ...rest] = args;
  if (textOf(verb) !== 'tinker') return [];
  const { flags, positionals } = readOptions(rest, tinkerOptions);
  const code = flags.get('--execute');
  if (code !== undefined) return [inline(codeBehind(code), 'artisan tinker', [])];
  if (positionals.length > 0)
    return positionals.map((path) => ({
      kind: 'program',
      language: 'php',
      label: showWord(path),
      code: { path },
      positionals: [],
    }));
  return codeOnStdin(call, 'php', [], world).map(asCode);
}

/** `--execute=$CODE`: the option's own name is no part of the code. */
const codeBehind = (code: Word): Word =>
  code.kind === 'dynamic' && knownPrefix(code).startsWith('--execute=')
    ? {
        ...code,
        known: code.known.map((piece, at) => (at === 0 ? (piece?.slice('--execute='.length) ?? null) : piece)),
      }
    : code;

/** What is typed into a console has no tag. */
const asCode = (inner: Inner): Inner =>
  inner.kind === 'program' && 'text' in inner.code && !knownPrefix(inner.code.text).includes('<?')
    ? { ...inner, code: { text: tagged(inner.code.text) } }
    : inner;

const evalOptions = optionGrammar({ values: '--path --url --user --uri --root' });

/** `wp eval 'code'`, `wp eval-file x.php`, `drush php:eval 'code'`. Sources: WP-CLI and Drush commands. */
const evaluates: Unwrap = (call, world) => {
  const [verb, code, ...rest] = readOptions(call.args, evalOptions).positionals;
  const name = textOf(verb) ?? '';
  if (/^(eval|php:eval|php-eval|ev|php)$/.test(name) && code !== undefined)
    return [inline(code, `${call.name} ${name}`, rest)];
  if (/^(eval-file|php:script|php-script|scr)$/.test(name) && code !== undefined) {
    if (textOf(code) === '-') return codeOnStdin(call, 'php', rest, world);
    return [{ kind: 'program', language: 'php', label: showWord(code), code: { path: code }, positionals: rest }];
  }
  return name === 'shell' || name === 'php:cli' ? codeOnStdin(call, 'php', [], world).map(asCode) : [];
};

const versions = Array.from({ length: 5 }, (_unused, minor) => `php8.${minor}`);

/** Each with its own way to name its code. */
export const launchers: readonly Launcher[] = [
  { names: ['php', 'php7', 'php8', 'php7.4', ...versions, 'php-cgi', 'frankenphp'], unwrap: php },
  { names: ['artisan'], unwrap: (call, world) => artisanCall(call.args, call, world) },
  {
    names: ['sail'],
    unwrap: (call, world) =>
      /^(artisan|art|tinker)$/.test(textOf(call.args[0]) ?? '')
        ? artisanCall(textOf(call.args[0]) === 'tinker' ? call.args : call.args.slice(1), call, world)
        : [],
  },
  { names: ['wp', 'drush'], unwrap: evaluates },
];

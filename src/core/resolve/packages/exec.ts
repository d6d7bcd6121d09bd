// Programs of packages: `npx`, `dlx`, `exec` and their kin run a package's program by its name.

import { own } from '../../model/table.ts';
import { showWord, staticWord, type Word } from '../../model/word.ts';
import type { Inner } from '../launcher.ts';
import { type Flags, flagSet, readLine } from './flags.ts';

/** Options with a value in front of the program. Sources: npm-exec(1), pnpm dlx, yarn dlx and bunx documentation. */
const valued = flagSet(
  '-p --package -w --workspace --prefix -C --dir --cwd --filter -F --cache --registry --userconfig --node-arg -n --node-options --shell --loglevel --script-shell --allow-build --reporter',
);

/** `npx`, `pnpm dlx`: the words behind the verb. `code`: what `-c` says about them. */
export function runPackage(args: readonly Word[], label: string, code: 'takes' | 'shell' = 'takes'): readonly Inner[] {
  const given = code === 'takes' ? new Set([...valued, '-c', '--call']) : valued;
  const { flags, words, passed } = readLine(args, given, true);
  const text = code === 'takes' ? flags.last('-c', '--call') : undefined;
  if (text !== undefined) return [{ kind: 'code', text, label }];
  const [name, ...rest] = passed === undefined ? words : [...words, ...passed];
  if (name === undefined) return [];
  if (code === 'shell' && flags.has('-c', '--shell-mode')) return [shellCode([name, ...rest], label)];
  return [{ kind: 'words', words: [programOf(name, flags), ...rest], label }];
}

/** Words that are handed to a shell as one text. */
const shellCode = (words: readonly Word[], label: string): Inner => ({
  kind: 'code',
  text: words.length === 1 ? (words[0] as Word) : staticWord('"$@"'),
  positionals: words.length === 1 ? [] : words,
  label,
});

/** Packages whose program has another name. Sources: the `bin` fields of their manifests. */
const programs: Readonly<Record<string, string>> = {
  '@angular/cli': 'ng',
  '@aws-amplify/cli': 'amplify',
  '@cloudflare/wrangler': 'wrangler',
  '@nestjs/cli': 'nest',
  '@salesforce/cli': 'sf',
  'appwrite-cli': 'appwrite',
  'aws-cdk': 'cdk',
  'cdktf-cli': 'cdktf',
  'contentful-cli': 'contentful',
  'dotenv-cli': 'dotenv',
  'firebase-tools': 'firebase',
  'netlify-cli': 'netlify',
  'npm-run-all2': 'npm-run-all',
};

/**
 * `prisma@5` and `@acme/orders@1.0.0` run the program called like the package, `@railway/cli` the one called like the
 * scope. With `-p` the word is the program's own name.
 */
function programOf(word: Word, flags: Flags): Word {
  if (word.kind !== 'static' || word.value.startsWith('.') || word.value.startsWith('/')) return word;
  const name = showWord(word).replace(/(?<=.)@[^@/]*$/, '');
  if (flags.has('-p', '--package')) return staticWord(name);
  const known = own(programs, name);
  if (known !== undefined) return staticWord(known);
  if (!name.startsWith('@')) return staticWord(name);
  const [scope = '', base = ''] = name.slice(1).split('/');
  return staticWord(base === 'cli' ? scope : base);
}

// Names: qualified names of libraries, taken apart.

/** The library that a name starts with: `pg` of `pg.Pool().query`, `@aws-sdk/client-s3` of `@aws-sdk/client-s3.S3Client()`. */
export const rootOf = (name: string): string =>
  /^(?:@[^/]+\/[^.(]+|\.{0,2}\/[^(]*?(?=\.[^./]*(?:\(|$))|[^.(]+)/.exec(name)?.[0] ?? name;

/** The name of the function that is called: the last piece. */
export const lastOf = (name: string): string => name.slice(name.lastIndexOf('.') + 1).replace(/\(\)/g, '');

/** Whether a chain of calls went through a method: `knex().where().del` through `where`. */
export const passedThrough = (name: string, methods: RegExp): boolean =>
  name.split('.').some((piece) => piece.endsWith('()') && methods.test(piece.replace(/(\(\))+$/, '')));

const sameAs: readonly (readonly [RegExp, string])[] = [
  [/^globalThis\./, ''],
  [/^(graceful-fs|mz\/fs|memfs-or-fs|fs\.promises|mz\.fs)\./, 'fs.'],
  [/^graceful-fs\.promises\./, 'fs.'],
  [/^zx\.fs\./, 'fs-extra.'],
  [/^fs-extra\.promises\./, 'fs-extra.'],
  [/^(path\.(posix|win32)|upath|pathe|zx\.path|path-browserify)\./, 'path.'],
  [/^(zx\.os)\./, 'os.'],
  [/^(mz\/child_process|cross-spawn-async)\./, 'child_process.'],
  [/^zx\.globals?\./, 'zx.'],
  [/^zx\/globals\./, 'zx.'],
];

/** The one name under which a function is known: `fs.rm` for `fs.promises.rm`, `graceful-fs.rmSync` and `fs-extra.rm`. */
export function canonical(name: string): readonly string[] {
  const plain = sameAs.reduce(
    (found, [pattern, other]) => found.replace(pattern, other),
    name.replace(/\.default(?=\.|$|\()/g, ''),
  );
  const forms = [plain];
  if (/^(fs|fs-extra|child_process|Deno|del|rimraf|execa|path-type)\..*Sync$/.test(plain))
    forms.push(plain.slice(0, -4));
  return forms.flatMap((form) => (form.startsWith('fs-extra.') ? [form, `fs.${form.slice(9)}`] : [form]));
}

// What configuration files may say, how they merge, and what is refused with file and line.
import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, readFileSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { loadDefaults } from '../../src/config/defaults.ts';
import { ConfigError, type LoadedConfig, loadConfig } from '../../src/config/index.ts';
import { mergeLayers } from '../../src/config/merge.ts';
import { defaultPolicy } from '../../src/core/model/policy.ts';
import { bundle, scratchFolder, writeTree } from '../state/scratch.ts';

const scratch = scratchFolder();
const repository = join(import.meta.dirname, '../..');
let counter = 0;

/** A home, a machine folder and a project of its own, with the given files; loads from `w/app`. */
function place(files: Readonly<Record<string, string>>) {
  const root = join(scratch, String(++counter));
  mkdirSync(join(root, 'w/app'), { recursive: true });
  writeTree(root, files);
  const env = { HOME: join(root, 'home') };
  return { root, load: () => loadConfig({ cwd: join(root, 'w/app'), env, etc: join(root, 'etc') }) };
}

const user = 'home/.config/guard/config.yaml';
const etc = 'etc/config.yaml';
const project = 'w/.guardrc';

/** `<file>:<line> <expectation>`, or what was loaded where no error came. */
async function complaint({ root, load }: ReturnType<typeof place>): Promise<string> {
  try {
    return `loaded: ${JSON.stringify(await load())}`;
  } catch (error) {
    if (!(error instanceof ConfigError)) return `unexpected: ${String(error)}`;
    return `${error.where.slice(root.length + 1)} ${error.message}`;
  }
}

const nothing = { hosts: [], contexts: [], accounts: [], projects: [], paths: [] };

describe('one file', () => {
  const cases: readonly [string, Record<string, string>, (config: LoadedConfig) => unknown, unknown][] = [
    ['no file at all', {}, ({ policy, files }) => [policy, files], [defaultPolicy, []]],
    ['an empty file', { [project]: '' }, ({ policy }) => policy, defaultPolicy],
    ['comments alone', { [project]: '# nothing yet\n' }, ({ policy }) => policy, defaultPolicy],
    ['an empty JSON file', { 'w/.guardrc.json': '' }, ({ policy }) => policy, defaultPolicy],
    ['one scope', { [project]: 'scope: staging' }, ({ policy }) => policy.scope, ['staging']],
    ['a list of scopes', { [project]: 'scope: [local, staging]' }, ({ policy }) => policy.scope, ['local', 'staging']],
    ['JSON in .guardrc', { [project]: '{"scope": "staging"}' }, ({ policy }) => policy.scope, ['staging']],
    ['YAML flow in .guardrc', { [project]: '{scope: staging}' }, ({ policy }) => policy.scope, ['staging']],
    [
      '.guardrc.json with tabs',
      { 'w/.guardrc.json': '{\n\t"scope": "local"\n}' },
      ({ policy }) => policy.scope,
      ['local'],
    ],
    ['.guardrc.yaml', { 'w/.guardrc.yaml': 'scope: local' }, ({ policy }) => policy.scope, ['local']],
    ['.guardrc.yml', { 'w/.guardrc.yml': 'scope: local' }, ({ policy }) => policy.scope, ['local']],
    ['a byte order mark', { 'w/.guardrc.json': '\uFEFF{"scope":"local"}' }, ({ policy }) => policy.scope, ['local']],
    [
      'package.json',
      { 'w/package.json': '{"name":"acme","guard":{"scope":"local"}}' },
      ({ policy }) => policy.scope,
      ['local'],
    ],
    ['package.json without guard', { 'w/package.json': '{"dependencies":{"guard":"1"}}' }, ({ files }) => files, []],
    ['a broken package.json', { 'w/package.json': '<<<<<<< HEAD' }, ({ files }) => files, []],
    ['a package.json with a null', { 'w/package.json': '{"guard":null}' }, ({ policy }) => policy, defaultPolicy],
    [
      'the user file as JSON',
      { 'home/.config/guard/config.json': '{"lookups":false}' },
      ({ policy }) => policy.lookups,
      false,
    ],
    [
      'the user file as guardrc',
      { 'home/.config/guard/guardrc': 'lookups: false' },
      ({ policy }) => policy.lookups,
      false,
    ],
    ['the machine file', { 'etc/config.yml': 'lookups: false' }, ({ policy }) => policy.lookups, false],
    [
      'the nearest project file',
      { [project]: 'scope: staging', 'w/app/.guardrc': 'scope: local' },
      ({ policy }) => policy.scope,
      ['local'],
    ],
    [
      'an alias',
      { [project]: 'environments:\n  production: {hosts: &h [db.acme.com], paths: *h}' },
      ({ policy }) => policy.environments,
      { production: { ...nothing, hosts: ['db.acme.com'], paths: ['db.acme.com'] } },
    ],
    [
      'a key that says nothing',
      { [project]: 'environments:\n  production:\n' },
      ({ policy }) => policy.environments,
      {},
    ],
    [
      'endpoints',
      { [project]: 'endpoints: {railway: ["http://127.0.0.1:4000/graphql/v2"]}' },
      ({ policy }) => policy.endpoints,
      { railway: ['http://127.0.0.1:4000/graphql/v2'] },
    ],
    [
      'rules off',
      { [user]: 'rules: {off: [{rule: git/*, reason: scratch clones only}]}' },
      ({ policy }) => policy.rulesOff,
      [{ rule: 'git/*', reason: 'scratch clones only' }],
    ],
    [
      'names of what can be made again, of the machine and of the user',
      { 'etc/config.yaml': 'rebuildable: [generated]', [user]: 'rebuildable: ["*.pb.go", web/assets, generated]' },
      ({ policy }) => policy.rebuildable,
      ['generated', '*.pb.go', 'web/assets'],
    ],
    ['a shell', { [user]: 'shell: /bin/zsh' }, ({ shell }) => shell, '/bin/zsh'],
    [
      'audit sizes',
      { [user]: 'audit: {keep: 3, maxBytes: 65536}' },
      ({ audit }) => [audit.keep, audit.maxBytes],
      [3, 65536],
    ],
    [
      'every decision word',
      { [user]: 'decisions: {low: {local: deny, development: factor, staging: typed, production: run, unknown: ask}}' },
      ({ policy }) => policy.table.low,
      { local: 'deny', development: 'typed+factor', staging: 'typed', production: 'none', unknown: 'confirm' },
    ],
    [
      'executable files are not looked for',
      {
        'w/.guardrc.js': 'throw 1',
        'w/.guardrc.ts': 'throw 1',
        'w/.guardrc.cjs': 'throw 1',
        'w/guard.config.js': 'throw 1',
        'etc/config.js': 'throw 1',
        'home/.config/guard/config.mjs': 'throw 1',
      },
      ({ files }) => files,
      [],
    ],
  ];
  test.each(cases)('%s', async (_, files, pick, expected) => {
    expect(pick(await place(files).load())).toEqual(expected);
  });

  test('paths are relative to their file, or to the home folder', async () => {
    const { root, load } = place({
      [project]: 'rules: {folders: [./guard-rules]}',
      [user]: 'rules: {folders: [~/rules]}\naudit: {folder: ~/log}',
    });
    const { ruleFolders, audit } = await load();
    expect([ruleFolders, audit.folder]).toEqual([
      [join(root, 'home/rules'), join(root, 'w/guard-rules')],
      join(root, 'home/log'),
    ]);
  });

  test('without a working directory no project file is looked for', async () => {
    const { root } = place({ [project]: 'scope: staging' });
    expect(
      (await loadConfig({ cwd: undefined, env: { HOME: join(root, 'home') }, etc: join(root, 'etc') })).files,
    ).toEqual([]);
  });

  test('a deleted working directory still finds what is above it', async () => {
    const { root } = place({ [project]: 'scope: staging' });
    const loaded = await loadConfig({
      cwd: join(root, 'w/gone/deep'),
      env: { HOME: join(root, 'home') },
      etc: join(root, 'etc'),
    });
    expect(loaded.policy.scope).toEqual(['staging']);
  });

  test('a link to a file is followed', async () => {
    const { root, load } = place({ 'dotfiles/guard.yaml': 'scope: local', 'home/.config/guard/none': '' });
    symlinkSync(join(root, 'dotfiles/guard.yaml'), join(root, user));
    expect((await load()).policy.scope).toEqual(['local']);
  });
});

describe('layers', () => {
  const cases: readonly [string, Record<string, string>, (config: LoadedConfig) => unknown, unknown][] = [
    [
      'a project narrows the scope',
      { [user]: 'scope: [local, staging]', [project]: 'scope: staging' },
      ({ policy }) => policy.scope,
      ['staging'],
    ],
    [
      'scopes intersect',
      { [user]: 'scope: [local, staging]', [project]: 'scope: [staging, production]' },
      ({ policy }) => policy.scope,
      ['staging'],
    ],
    [
      'patterns add up',
      {
        [user]: 'environments: {production: {hosts: [a.acme.com]}}',
        [project]: 'environments: {production: {hosts: [b.acme.com]}, local: {hosts: [c.test]}}',
      },
      ({ policy }) => policy.environments,
      { production: { ...nothing, hosts: ['a.acme.com', 'b.acme.com'] }, local: { ...nothing, hosts: ['c.test'] } },
    ],
    [
      'a project promotes staging to production',
      {
        [user]: 'environments: {staging: {hosts: [db.acme.com]}}',
        [project]: 'environments: {production: {hosts: [db.acme.com]}}',
      },
      ({ policy }) => policy.environments.production?.hosts,
      ['db.acme.com'],
    ],
    [
      'a broad local pattern leaves production to core',
      {
        [user]: 'environments: {production: {hosts: [db.prod.acme.com]}}',
        [project]: 'environments: {local: {hosts: ["*.acme.com"]}}',
      },
      ({ policy }) => policy.environments.local?.hosts,
      ['*.acme.com'],
    ],
    [
      'a user softens a default',
      { [user]: 'decisions: {medium: {local: run}}' },
      ({ policy }) => policy.table.medium.local,
      'none',
    ],
    [
      'a project hardens it again',
      { [user]: 'decisions: {medium: {local: run}}', [project]: 'decisions: {medium: {local: typed}}' },
      ({ policy }) => policy.table.medium.local,
      'typed',
    ],
    [
      'a project repeats what is',
      { [project]: 'decisions: {high: {staging: typed}}\nlookups: true' },
      ({ policy }) => [policy.table.high.staging, policy.lookups],
      ['typed', true],
    ],
    [
      'a user hardens what the machine says',
      { [etc]: 'decisions: {low: {local: ask}}', [user]: 'decisions: {low: {local: deny}}' },
      ({ policy }) => policy.table.low.local,
      'deny',
    ],
    [
      'the machine softens a default',
      { [etc]: 'decisions: {medium: {local: run}}' },
      ({ policy }) => policy.table.medium.local,
      'none',
    ],
    [
      'a project switches lookups off',
      { [user]: 'lookups: true', [project]: 'lookups: false' },
      ({ policy }) => policy.lookups,
      false,
    ],
    [
      'endpoints add up',
      {
        [user]: 'endpoints: {railway: ["https://a.acme.com"]}',
        [project]: 'endpoints: {railway: ["https://b.acme.com"]}',
      },
      ({ policy }) => policy.endpoints.railway,
      ['https://a.acme.com', 'https://b.acme.com'],
    ],
    [
      'a user keeps more history than the machine asks',
      { [etc]: 'audit: {keep: 5}', [user]: 'audit: {keep: 9}' },
      ({ audit }) => audit.keep,
      9,
    ],
    [
      'a user repeats what the machine switched off',
      { [etc]: 'rules: {off: [{rule: git/*, reason: ci}]}', [user]: 'rules: {off: [{rule: git/clean, reason: ci}]}' },
      ({ policy }) => policy.rulesOff,
      [{ rule: 'git/*', reason: 'ci' }],
    ],
    ['files, the strongest first', { [etc]: '', [user]: '', [project]: '' }, ({ files }) => files.length, 3],
  ];
  test.each(cases)('%s', async (_, files, pick, expected) => {
    expect(pick(await place(files).load())).toEqual(expected);
  });

  test('every value says where it came from', async () => {
    const { root, load } = place({
      [etc]: 'scope: staging',
      [user]: '\ndecisions:\n  high:\n    local: typed',
      [project]: '\n\nlookups: false',
    });
    const { sources } = await load();
    const of = (key: string) => sources.filter((source) => source.key === key);
    expect([of('scope'), of('decisions.high.local'), of('lookups'), of('audit.keep')]).toEqual([
      [{ key: 'scope', value: ['staging'], file: join(root, etc), line: 1 }],
      [{ key: 'decisions.high.local', value: 'typed', file: join(root, user), line: 4 }],
      [{ key: 'lookups', value: false, file: join(root, project), line: 3 }],
      [{ key: 'audit.keep', value: 10, file: undefined, line: undefined }],
    ]);
  });

  test('the defaults are what a merge of nothing gives', () => {
    const defaults = loadDefaults({ HOME: '/home/ana' });
    expect(mergeLayers([], { defaults, home: '/home/ana', userFile: '' })).toEqual(defaults);
  });
});

describe('refused, with file and line', () => {
  const cases: readonly [string, Record<string, string>, RegExp][] = [
    ['an unknown key', { [project]: '\nscop: staging' }, /^w\/\.guardrc:2 "scop" .* did you mean "scope"/],
    ['an unknown key in JSON', { 'w/.guardrc.json': '{\n\n "lookup": true}' }, /^w\/\.guardrc\.json:3 .*"lookups"/],
    [
      'an unknown key in package.json',
      { 'w/package.json': '{"name":"a",\n"guard":{\n"scopes":"local"}}' },
      /^w\/package\.json:3 .*"scope"/,
    ],
    ['an unknown environment', { [project]: 'environments:\n  prod: {}' }, /^w\/\.guardrc:2 "prod"/],
    ['an unknown pattern kind', { [project]: 'environments:\n  staging:\n    host: [a]' }, /:3 .*"hosts"/],
    ['an unknown severity', { [project]: 'decisions: {hihg: {local: ask}}' }, /:1 .*"high"/],
    [
      'an unknown decision',
      { [project]: 'decisions:\n  high: {local: confirm}' },
      /:2 expected one of run, ask, typed, factor, deny/,
    ],
    ['an unknown scope', { [project]: 'scope: prod' }, /:1 expected one of production/],
    ['an empty scope', { [project]: 'scope: []' }, /:1 expected at least one/],
    ['an unknown API', { [project]: 'endpoints: {railwai: []}' }, /"railway"/],
    ['an endpoint that is no URL', { [project]: 'endpoints: {railway: [localhost]}' }, /expected a URL/],
    ['a file URL', { [project]: 'endpoints: {railway: ["file:///etc/passwd"]}' }, /expected a URL/],
    ['a password in a URL', { [project]: 'endpoints: {railway: ["https://a:b@acme.com"]}' }, /without a user name/],
    ['yes instead of true', { [project]: 'lookups: yes' }, /expected true or false, this is "yes"/],
    [
      'a number as account',
      { [project]: 'environments:\n  production:\n    accounts: [123456789012]' },
      /:3 .*put quotes around 123456789012/,
    ],
    ['a hidden character', { [project]: 'environments: {production: {hosts: ["a\\u202eb"]}}' }, /invisible/],
    ['text instead of a list', { [project]: 'environments: {production: {hosts: db.acme.com}}' }, /expected a list/],
    ['a list instead of keys', { [project]: '- scope' }, /:1 expected the settings as keys and values/],
    ['text instead of keys', { [project]: 'scope' }, /:1 expected the settings as keys and values/],
    ['a relative shell', { [user]: 'shell: bash' }, /config\.yaml:1 expected an absolute path/],
    ['a rule off without a reason', { [user]: 'rules:\n  off:\n    - rule: git/clean' }, /:3 expected "reason"/],
    ['all rules off', { [user]: 'rules: {off: [{rule: "*", reason: no}]}' }, /expected a rule such as/],
    ['everything rebuildable', { [user]: 'rebuildable: ["*"]' }, /expected a name such as generated/],
    ['everything below a folder rebuildable', { [user]: 'rebuildable: [src/*]' }, /expected a name such as generated/],
    ['a rebuildable path', { [user]: 'rebuildable: [/home]' }, /expected a name such as generated/],
    ['rebuildable in a project', { [project]: 'rebuildable: [src]' }, /"rebuildable" has no place in a project's file/],
    ['too few audit bytes', { [user]: 'audit: {maxBytes: 10}' }, /from 65536 to/],
    ['half a file to keep', { [user]: 'audit: {keep: 1.5}' }, /expected a whole number/],
    ['a duplicate key in YAML', { [project]: 'scope: local\nscope: staging' }, /:2 "scope" stands here a second time/],
    [
      'a duplicate key in JSON',
      { 'w/.guardrc.json': '{"scope":"local",\n"scope":"staging"}' },
      /:2 "scope" stands here a second time/,
    ],
    [
      'a duplicate guard in package.json',
      { 'w/package.json': '{"guard":{},\n"guard":{}}' },
      /:2 "guard" stands here a second time/,
    ],
    ['broken YAML', { [project]: 'scope: staging\nlookups: [\n}' }, /^w\/\.guardrc:3 expected YAML/],
    ['broken JSON', { 'w/.guardrc.json': '{\n"scope" "local"}' }, /^w\/\.guardrc\.json:2 expected JSON/],
    ['JSON that ends too early', { 'w/.guardrc.json': '{\n"scope":' }, /:2 expected JSON/],
    [
      'a broken package.json that speaks to guard',
      { 'w/package.json': '{"guard": {' },
      /^w\/package\.json:1 expected JSON/,
    ],
    ['a second document', { [project]: 'scope: local\n---\nscope: staging' }, /expected YAML/],
    ['a tag', { [project]: '\nscope: !env production' }, /:2 expected/],
    ['a JavaScript tag', { [project]: 'scope: !!js/function "function () {}"' }, /:1 expected/],
    ['a built-in tag', { [project]: 'shell: !!binary aGk=' }, /:1 expected/],
    ['YAML 1.1', { [project]: '%YAML 1.1\n---\nlookups: no' }, /expected YAML 1\.2/],
    ['a merge key', { [project]: 'environments:\n  staging: &s {hosts: [a]}\n  local:\n    <<: *s' }, /:4 "<<"/],
    ['a missing anchor', { [project]: 'scope: *nowhere' }, /:1 expected/],
    ['$import', { [project]: '$import: ./other.yaml' }, /:1 "\$import"/],
    ['__proto__', { 'w/.guardrc.json': '{"__proto__": {"lookups": false}}' }, /"__proto__"/],
    ['deep nesting', { [project]: '['.repeat(2000) }, /expected/],
    [
      'deep nesting in JSON',
      { 'w/.guardrc.json': `${'['.repeat(5000)}${']'.repeat(5000)}` },
      /expected at most 32 levels/,
    ],
    ['an alias bomb', { [project]: bomb() }, /expected at most 20000 values/],
    ['a circular alias', { [project]: '&a [*a]' }, /expected/],
    ['a file too large', { [project]: `#${'x'.repeat(1024 * 1024)}` }, /^w\/\.guardrc expected at most 128 KiB/],
    [
      'two files side by side',
      { [project]: '', 'w/.guardrc.json': '{}' },
      /^w\/\.guardrc\.json .*w\/\.guardrc is in the same folder/,
    ],
    [
      'a file beside package.json',
      { [project]: '', 'w/package.json': '{"guard":{}}' },
      /^w\/package\.json .*is in the same folder/,
    ],
    ['a folder named .guardrc', { 'w/.guardrc/x': '' }, /^w\/\.guardrc expected a file, this is a folder/],

    [
      'a project widens the scope',
      { [user]: 'scope: staging', [project]: '\nscope: production' },
      /^w\/\.guardrc:2 expected a scope within staging, which .*config\.yaml:1 says/,
    ],
    [
      'a project softens a default',
      { [project]: 'decisions:\n  high:\n    staging: ask' },
      /^w\/\.guardrc:3 decisions\.high\.staging: expected "typed"/,
    ],
    [
      'a project softens the user',
      { [user]: 'decisions: {low: {local: deny}}', [project]: 'decisions: {low: {local: typed}}' },
      /which .*config\.yaml:1 says/,
    ],
    [
      'a project switches a rule off',
      { [project]: 'rules:\n  off: [{rule: git/clean, reason: x}]' },
      /^w\/\.guardrc:2 "rules\.off" has no place .*home\/\.config\/guard\/config\.yaml or in \/etc\/guard/,
    ],
    ['a project sets the shell', { [project]: 'shell: /bin/zsh' }, /"shell" has no place/],
    ['a project moves the audit log', { [project]: 'audit: {folder: /tmp}' }, /"audit\.folder" has no place/],
    ['a project cuts the audit log', { [project]: 'audit: {keep: 1}' }, /"audit\.keep" has no place/],
    [
      'a project switches lookups on',
      { [user]: 'lookups: false', [project]: 'lookups: true' },
      /lookups are off by .*config\.yaml:1/,
    ],
    [
      'a project relabels production',
      {
        [user]: 'environments: {production: {hosts: ["*.prod.acme.com"]}}',
        [project]: 'environments: {local: {hosts: [DB.prod.acme.com]}}',
      },
      /"DB\.prod\.acme\.com" is production by/,
    ],
    [
      'a project relabels staging',
      {
        [user]: 'environments: {staging: {contexts: [acme]}}',
        [project]: 'environments: {development: {contexts: [acme]}}',
      },
      /"acme" is staging by/,
    ],
    [
      'a project calls everything local',
      { [project]: 'environments: {local: {hosts: ["*"]}}' },
      /would call everything local/,
    ],
    [
      'a user softens the machine',
      { [etc]: 'decisions: {low: {local: typed}}', [user]: 'decisions: {low: {local: ask}}' },
      /config\.yaml:1 decisions\.low\.local/,
    ],
    [
      'a user leaves the scope of the machine',
      { [etc]: 'scope: staging', [user]: 'scope: local' },
      /config\.yaml:1 expected a scope within staging/,
    ],
    [
      'a user switches off a rule where the machine is final',
      { [etc]: 'rules: {off: []}', [user]: 'rules: {off: [{rule: git/clean, reason: x}]}' },
      /rules\.off is final in .*"git\/clean" stays on/,
    ],
    [
      'a user changes the shell of the machine',
      { [etc]: 'shell: /bin/bash', [user]: 'shell: /bin/zsh' },
      /"shell" is \/bin\/bash by/,
    ],
    [
      'a user keeps less history than the machine asks',
      { [etc]: 'audit: {keep: 5}', [user]: 'audit: {keep: 4}' },
      /"audit\.keep" is 5 by/,
    ],
    [
      'a user relabels what the machine calls production',
      { [etc]: 'environments: {production: {accounts: ["1"]}}', [user]: 'environments: {local: {accounts: ["1"]}}' },
      /"1" is production by/,
    ],
  ];
  test.each(cases)('%s', async (_, files, expected) => {
    expect(await complaint(place(files))).toMatch(expected);
  });

  test('a link loop', async () => {
    const at = place({});
    symlinkSync(join(at.root, project), join(at.root, project));
    expect(await complaint(at)).toMatch(/^w\/\.guardrc the file is a symbolic link that leads back to itself/);
  });

  test('a dangling link', async () => {
    const at = place({});
    symlinkSync(join(at.root, 'nowhere'), join(at.root, project));
    expect(await complaint(at)).toMatch(/^w\/\.guardrc the file is a symbolic link that leads nowhere/);
  });

  test('a FIFO, without waiting for it', async () => {
    const at = place({});
    execFileSync('mkfifo', [join(at.root, project)]);
    expect(await complaint(at)).toMatch(/^w\/\.guardrc expected a regular file/);
  });

  test('a user file that everybody may write', async () => {
    const at = place({ [user]: 'lookups: false' });
    chmodSync(join(at.root, user), 0o666);
    expect(await complaint(at)).toMatch(/everybody may write this file/);
  });
});

function bomb(): string {
  const levels = ['a: &a [x, x, x, x, x, x, x, x, x, x]'];
  for (const [from, to] of ['ab', 'bc', 'cd', 'de', 'ef', 'fg', 'gh', 'hi'].map((pair) => [...pair])) {
    levels.push(`${to}: &${to} [${Array(10).fill(`*${from}`).join(', ')}]`);
  }
  return levels.join('\n');
}

const isRoot = process.getuid?.() === 0;

describe('whose file it is', () => {
  (isRoot ? test : test.skip)('a file of another user is refused', async () => {
    const at = place({ [project]: 'scope: local' });
    execFileSync('chown', ['65534', join(at.root, project)]);
    expect(await complaint(at)).toMatch(
      /^w\/\.guardrc expected a file of yours or of root's, this one belongs to user 65534/,
    );
  });

  test('a file that cannot be read is refused', async () => {
    const at = place({ [project]: 'scope: local' });
    const path = join(at.root, project);
    chmodSync(path, 0o000);
    for (let folder = at.root; folder.startsWith(scratch); folder = dirname(folder)) chmodSync(folder, 0o755);
    expect(runLoader(join(at.root, 'w/app'), isRoot ? 65534 : undefined)).toMatch(
      /\.guardrc: the file cannot be read: permission denied/,
    );
  });
});

let loader = '';
const loaderSource = `
  import { loadConfig } from './src/config/index.ts';
  loadConfig({ cwd: process.cwd(), env: { HOME: '/nonexistent' }, etc: '/nonexistent/etc' }).then(
    ({ files }) => console.log('loaded ' + files.length),
    (error) => console.log(error.where + ': ' + error.message),
  );
`;
beforeAll(async () => {
  loader = await bundle(loaderSource, join(scratch, 'loader.cjs'));
});

function runLoader(cwd: string, uid: number | undefined): string {
  return execFileSync(process.execPath, [loader], { cwd, uid, encoding: 'utf8' });
}

describe('code in the working directory', () => {
  test('is never executed, whatever its name', () => {
    const planted = 'require("node:fs").writeFileSync(__dirname + "/../EXECUTED", ""); module.exports = {};';
    const names = [
      '.config/config.js',
      '.config/config.cjs',
      '.config/guardrc.js',
      '.guardrc.cjs',
      '.guardrc.js',
      'guard.config.cjs',
    ];
    const { root } = place({
      'w/.guardrc': 'scope: local',
      ...Object.fromEntries(names.map((name) => [`w/${name}`, planted])),
    });
    expect(runLoader(join(root, 'w'), undefined)).toBe('loaded 1\n');
    expect(() => readFileSync(join(root, 'w/EXECUTED'))).toThrow('ENOENT');
    expect(() => readFileSync(join(root, 'EXECUTED'))).toThrow('ENOENT');
  });
});

describe('.guardrc.example', () => {
  const example = readFileSync(join(repository, '.guardrc.example'), 'utf8');

  test('loads as a user file and sets every key', async () => {
    const { load } = place({ [user]: example });
    const config = await load();
    const unset = config.sources.filter(({ file, key }) => file === undefined && !key.startsWith('decisions.'));
    expect([unset, config.ruleFolders.length, config.policy.rulesOff.length]).toEqual([[], 1, 1]);
  });

  test('names every key that the schema knows', () => {
    const keys = [
      'scope',
      'environments',
      'decisions',
      'rules',
      'off',
      'folders',
      'endpoints',
      'lookups',
      'shell',
      'audit',
      'keep',
      'maxBytes',
    ];
    const names = [
      'production',
      'staging',
      'development',
      'local',
      'unknown',
      'hosts',
      'contexts',
      'accounts',
      'projects',
      'paths',
    ];
    expect(
      [...keys, ...names, 'low', 'medium', 'high', 'critical'].filter((key) => !example.includes(`${key}:`)),
    ).toEqual([]);
  });

  test('its upper part loads as a project file', async () => {
    const [upper = ''] = example.split('# --- From here on');
    const { load } = place({ [project]: upper });
    expect((await load()).policy.scope).toEqual(['staging', 'development']);
  });

  test('as a whole it is refused in a project', async () => {
    expect(await complaint(place({ [project]: example }))).toMatch(/"rules\.off" has no place/);
  });
});

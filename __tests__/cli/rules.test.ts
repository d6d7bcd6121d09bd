// guard rules: what is in force, and the tools of whoever writes a rule.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import { isRuleId } from '../../src/cli/rules/template.ts';
import { Place, widest } from './guard.ts';

const place = new Place();
afterAll(() => place.remove());

const rules = (...args: string[]) => place.guard(['rules', ...args]);

interface Rule {
  readonly id: string;
  readonly pack: string;
  readonly title: string;
  readonly off: string | null;
}

describe('list and show', () => {
  const listed = JSON.parse(rules('list', '--json').stdout) as Rule[];

  test('every rule has an id with its pack in it', () => {
    expect(listed.length).toBeGreaterThan(0);
    expect(listed.filter(({ id, pack }) => !id.startsWith(`${pack}/`))).toEqual([]);
    expect(listed.map(({ id }) => id)).toEqual(listed.map(({ id }) => id).sort());
  });

  test('the table has one line for each, within 80 columns', () => {
    const { stdout } = rules('list');
    expect(stdout.trimEnd().split('\n')).toHaveLength(listed.length);
    expect(widest(stdout)).toBeLessThanOrEqual(80);
  });

  test('a pack is listed alone', () => {
    const { stdout } = rules('list', '--pack', 'railway', '--json');
    expect(new Set((JSON.parse(stdout) as Rule[]).map(({ pack }) => pack))).toEqual(new Set(['railway']));
  });

  test('a rule is shown for people and programs', () => {
    const shown = JSON.parse(rules('show', 'railway/volume-delete', '--json').stdout) as Rule;
    const page = rules('show', 'railway/volume-delete').stdout;
    expect(shown).toMatchObject({ id: 'railway/volume-delete', severity: 'critical', off: null });
    expect(page).toContain(shown.title);
    expect(widest(page)).toBeLessThanOrEqual(80);
  });

  test.each([
    ['a rule that is none', ['show', 'railway/volume-remove'], 'railway/volume-delete'],
    ['a pack that is none', ['list', '--pack', 'railways'], 'railway'],
  ])('%s ends with 2 and names what is near', (_, args, near) => {
    const { status, stdout, stderr } = rules(...args);
    expect([status, stdout]).toEqual([2, '']);
    expect(stderr).toContain(near);
  });
});

describe('new and test', () => {
  const ids = ['acme/volume-delete', 'acme/bucket-list', 'a1/b2'];

  test.each(ids)('%s is written, and its path is said', (id) => {
    const { status, stdout } = rules('new', id, '--folder', 'new');
    const path = join(place.work, 'new', `${id}.yaml`);
    expect([status, stdout.split('\n')[0], existsSync(path)]).toEqual([0, path, true]);
  });

  test('templates are in order as they are', () => {
    const { status, stdout, stderr } = rules('test', 'new');
    expect([status, stdout, stderr]).toEqual([0, '', `guard: ${ids.length} rules, all in order\n`]);
  });

  test('a file that exists is not replaced', () => {
    const file = place.put('guard-rules/acme/wipe.yaml', 'mine\n');
    const { status, stderr } = rules('new', 'acme/wipe');
    expect([status, readFileSync(file, 'utf8')]).toEqual([2, 'mine\n']);
    expect(stderr).toContain('is not replaced');
  });

  test.each([
    ['acme', false],
    ['acme/', false],
    ['Acme/wipe', false],
    ['../acme/wipe', false],
    ['acme/../wipe', false],
    ['acme/wipe/all', false],
    ['acme/wi pe', false],
    ['acme/wipe-2', true],
    ['7/7', true],
  ])('%s is an id: %s', (text, expected) => {
    expect(isRuleId(text)).toBe(expected);
  });

  test('without an id nothing is written', () => {
    expect(rules('new', '../wipe', '--folder', 'nowhere/rules').status).toBe(2);
    expect(existsSync(join(place.work, 'nowhere'))).toBe(false);
  });

  const sound = `title: Wipes the orders
severity: high
undo: nothing
why: They are gone.
target: machine
match:
  command: { name: acme, subcommand: wipe }
examples:
  match: [acme wipe orders]
  skip: [acme show orders]
`;

  const broken: readonly (readonly [name: string, text: string, message: RegExp])[] = [
    ['broken-yaml', sound.replace('title: Wipes', 'title: "Wipes'), /^\d+: /],
    ['unknown-key', sound.replace('undo:', 'undone:'), /^1: .*undone/],
    ['unknown-severity', sound.replace('high', 'awful'), /^2: severity/],
    ['unknown-target', sound.replace('machine', 'moon'), /^1: target moon/],
    ['example-without-match', sound.replace('acme wipe orders', 'acme ship orders'), /^1: does not match its example/],
    ['idle-condition', sound.replace('acme show orders', 'other wipe orders'), /^1: .*without subcommand/],
  ];

  describe('a rule that is not in order is named with file and line', () => {
    const files = broken.map(([name, text]) => place.put(`broken/acme/${name}.yaml`, text));
    place.put('broken/acme/sound.yaml', sound);
    const { status, stdout } = rules('test', 'broken');

    test.each(broken.map(([name, , message], index) => [name, files[index] ?? '', message] as const))(
      '%s',
      (_, file, message) => {
        const lines = stdout.split('\n').filter((line) => line.startsWith(`${file}:`));
        expect(lines.some((line) => message.test(line.slice(file.length + 1)))).toBe(true);
      },
    );

    test('the exit code is 1, and a sound rule is not named', () => {
      expect([status, stdout.includes('sound.yaml')]).toEqual([1, false]);
    });
  });

  test('one rule of a folder is tested alone, by its file', () => {
    place.put('two/acme/wipe.yaml', sound);
    place.put('two/acme/other.yaml', sound.replace('machine', 'moon'));
    expect(rules('test', 'two/acme/wipe.yaml').status).toBe(0);
  });

  test.each([
    ['a folder that is not there', ['test', 'nowhere']],
    ['a folder without rules', ['test', '.']],
  ])('%s ends with 2', (_, args) => {
    const empty = new Place();
    const { status, stdout } = empty.guard(['rules', ...args]);
    empty.remove();
    expect([status, stdout]).toEqual([2, '']);
  });

  test("a user's rule is listed and holds commands once the configuration names its folder", () => {
    const shop = new Place();
    shop.put('guard-rules/acme/wipe.yaml', sound);
    shop.put('.guardrc', 'rules: { folders: [./guard-rules] }\n');
    const listed = shop.guard(['rules', 'list', '--pack', 'acme']);
    const checked = shop.guard(['check', 'acme wipe orders']);
    shop.remove();
    expect([listed.stdout.split(' ')[0], checked.status]).toEqual(['acme/wipe', 1]);
  });

  test("a user's rule that is not in order stops guard, with file and line", () => {
    const shop = new Place();
    const file = shop.put('guard-rules/acme/wipe.yaml', sound.replace('high', 'awful'));
    shop.put('.guardrc', 'rules: { folders: [./guard-rules] }\n');
    const { status, stderr } = shop.guard(['check', 'ls']);
    shop.remove();
    expect([status, stderr.includes(`${file}:2: severity`)]).toEqual([2, true]);
  });

  test('pages are written to a folder, or all to standard output', () => {
    expect(rules('docs', 'two/acme/wipe.yaml').stdout).toContain('## acme/wipe');
    expect(rules('docs', 'two/acme/wipe.yaml', '--out', 'pages').status).toBe(0);
    expect(readdirSync(join(place.work, 'pages')).sort()).toEqual(['README.md', 'acme.md']);
  });

  test('no page is made of rules that are not in order', () => {
    expect(rules('docs', 'broken', '--out', 'no-pages').status).toBe(2);
    expect(existsSync(join(place.work, 'no-pages'))).toBe(false);
  });
});

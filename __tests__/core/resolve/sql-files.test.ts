// SQL clients: files of SQL are followed one by one, and commands of the clients that leave the database are run.
import { describe, expect, test } from '@jest/globals';
import { sqlFacts } from '../../../src/core/facts/sql.ts';
import { behind, readingWorld, resolvedIn } from './reading-world.ts';

const files = {
  '/home/ada/acme/reset.sql': 'DROP TABLE orders;\n',
  '/home/ada/acme/all.sql': '\\i reset.sql\n\\i all.sql\n\\! c1 a\n',
  '/home/ada/acme/db/all.sql': '\\ir tables.sql\n',
  '/home/ada/acme/db/tables.sql': 'TRUNCATE orders;\n',
};

/** Statements with the files that they stand in. */
const statements = (command: string): readonly string[] => {
  const world = readingWorld(files);
  return resolvedIn(command, world).invocations.flatMap((call) =>
    sqlFacts(call, world)
      .filter(({ op }) => op !== 'meta' && op !== 'other')
      .map(({ op, names }) => {
        const file = call.origin.findLast(({ kind }) => kind === 'script')?.label;
        return `${op} ${names.join(',')}${file === undefined ? '' : ` in ${file}`}`;
      }),
  );
};

describe('statements of files', () => {
  test.each<[string, readonly string[]]>([
    ['psql -f reset.sql', ['drop orders in reset.sql']],
    ['psql shop --file=reset.sql', ['drop orders in reset.sql']],
    ['psql < reset.sql', ['drop orders']],
    ["psql -c '\\i reset.sql'", ['drop orders in reset.sql']],
    ['psql -f all.sql', ['drop orders in reset.sql']],
    ['psql -f db/all.sql', ['truncate orders in db/tables.sql']],
    ["mysql shop -e 'source reset.sql'", ['drop orders in reset.sql']],
    ["mysql shop -e '\\. reset.sql'", ['drop orders in reset.sql']],
    ["sqlite3 shop.db '.read reset.sql'", ['drop orders in reset.sql']],
    ['sqlite3 shop.db < reset.sql', ['drop orders']],
    ["echo 'DROP TABLE carts;' > x.sql; psql -f x.sql", ['drop carts in x.sql']],
    ["psql -c 'DROP TABLE carts' -f reset.sql", ['drop carts', 'drop orders in reset.sql']],
    ['psql -f gone.sql', []],
    ['cat reset.sql', []],
    ["psql -c 'SELECT 1'", []],
    ["echo '\\i reset.sql' > y.sql", []],
  ])('%s', (command, expected) => expect([...statements(command)].sort()).toEqual([...expected].sort()));
});

describe('commands that leave the database', () => {
  const runs = (command: string) => behind(command, readingWorld(files)).filter((line) => line.startsWith('c1'));
  test.each<[string, readonly string[]]>([
    ["psql -c '\\! c1 a'", ['c1 a']],
    ['psql -f all.sql', ['c1 a']],
    ['psql -c "\\copy orders to program \'c1 a\'"', ['c1 a']],
    ['psql -c "COPY orders TO PROGRAM \'c1 a\'"', ['c1 a']],
    ["mysql -e 'system c1 a'", ['c1 a']],
    ["sqlite3 shop.db '.shell c1 a'", ['c1 a']],
    ["sqlite3 shop.db '.system c1 a'", ['c1 a']],
    ['psql -c "SELECT \'\\! c1\'"', []],
    ["psql -c '\\dt'", []],
    ['psql -c "INSERT INTO notes VALUES (\'system c1\')"', []],
  ])('%s', (command, expected) => expect(runs(command)).toEqual(expected));
});

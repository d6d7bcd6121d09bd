// The effects that the reader finds in JavaScript and TypeScript programs; about half of them have none.
// biome-ignore-all lint/suspicious/noTemplateCurlyInString: code of other languages, not JavaScript templates
import { describe, expect, test } from '@jest/globals';
import { read, shown } from './reading.ts';

describe('files', () => {
  test.each([
    ["require('fs').rmSync('/srv/data', { recursive: true })", ['delete -r /srv/data']],
    ["import { rm as remove } from 'node:fs/promises'; await remove('notes.md')", ['delete notes.md']],
    [
      "const { unlink } = require('fs').promises; unlink('a.md').then(() => unlink('b.md'))",
      ['delete a.md', 'delete b.md'],
    ],
    [
      "const fs = require('fs'), path = require('path'); fs.rmSync(path.join(__dirname, 'src', '..', 'lib'))",
      ['delete /srv/orders/lib'],
    ],
    ["for (const name of ['a', 'b']) fs.unlinkSync(`${name}.csv`)", ['delete a.csv', 'delete b.csv']],
    ["fs.readdirSync('/data').forEach((name) => fs.unlinkSync('/data/' + name))", ['delete many /data/?']],
    [
      "for (const e of fs.readdirSync('/data', { withFileTypes: true })) fs.unlinkSync(path.join('/data', e.name))",
      ['delete many /data/?'],
    ],
    [
      "require('rimraf').sync('dist/*'); require('fs-extra').removeSync('build')",
      ['delete -r many dist/*', 'delete -r build'],
    ],
    ["import { deleteAsync } from 'del'; await deleteAsync(['tmp/**', '!tmp/keep'])", ['delete -r many tmp/**']],
    ["fs.renameSync('a', 'b'); fs.truncateSync('orders.csv')", ['$ mv a b', 'truncate orders.csv']],
    [
      "const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'acme-')); fs.rmSync(dir, { recursive: true })",
      ['delete -r /tmp/acme-?'],
    ],
    ["process.chdir('/srv/shop'); fs.unlinkSync('notes.md')", ['delete /srv/shop/notes.md']],
    ["await Deno.remove('notes', { recursive: true })", ['delete -r notes']],
    ["require('glob').sync('src/**/*.map').map((file) => fs.unlinkSync(file))", ['delete many src/?.map']],
    ["console.log(fs.readFileSync('orders.csv', 'utf8').length)", []],
    ["function clean() { fs.rmSync('/srv/data', { recursive: true }) }", []],
    ['console.log("fs.rmSync(\'/srv/data\')")', []],
    ["const rmSync = (x) => x; rmSync('/srv/data')", []],
    ["require('trash')(['notes.md'])", []],
    ["new Map().delete('orders'); new Set([1]).clear()", []],
  ])('%s', (text, effects) => expect(shown(text)).toEqual(effects));
});

describe('processes', () => {
  test.each([
    ["require('child_process').execSync('rm -rf ' + process.env.HOME)", ['sh rm -rf /home/ann']],
    ["const { spawn } = require('child_process'); spawn('git', ['push', '--force'])", ['$ git push --force']],
    ["require('child_process').spawn('rm -rf data', { shell: true })", ['sh rm -rf data']],
    [
      "const run = require('util').promisify(require('child_process').exec); (async () => { await run('ls') })()",
      ['sh ls'],
    ],
    ["import { $ } from 'zx'; await $`rm -rf ${process.argv[2]}/data`", ['sh rm -rf orders/data']],
    ["await Bun.$`ls`; new Deno.Command('rm', { args: ['-r', 'data'] }).output()", ['sh ls', '$ rm -r data']],
    ["import { execa } from 'execa'; await execa('rm', ['-rf', 'data'])", ['$ rm -rf data']],
    ["require('shelljs').rm('-rf', 'data')", ['$ rm -rf data']],
    [
      "const cmd = process.env.UNSET ? 'ls' : 'rm -rf data'; require('child_process').execSync(cmd)",
      ['sh rm -rf data'],
    ],
    ["const cmd = Math.random() > 1 ? 'ls' : 'pwd'; require('child_process').execSync(cmd)", ['sh ls', 'sh pwd']],
    [
      "if (process.argv.length < 3) { console.log('usage'); process.exit(1) } require('child_process').execSync('ls')",
      ['sh ls'],
    ],
    ["const dry = process.argv.includes('orders'); if (!dry) require('child_process').execSync('rm -rf data')", []],
    ["console.log('rm -rf data')", []],
    ["/rm -rf/.exec('rm -rf data')", []],
  ])('%s', (text, effects) => expect(shown(text, { args: ['orders'], env: { HOME: '/home/ann' } })).toEqual(effects));

  test('where a command runs, and with what', () => {
    const [effect] = read(
      "require('child_process').execSync('make', { cwd: '/srv/shop', env: { ...process.env, STAGE: 'prod' }, input: 'yes' })",
    );
    expect(effect).toMatchObject({
      cwd: { value: '/srv/shop' },
      stdin: { value: 'yes' },
      assignments: [{ name: 'STAGE', value: { value: 'prod' } }],
    });
  });
});

describe('network', () => {
  test.each([
    ["fetch('https://api.acme.com/orders', { method: 'DELETE' })", ['DELETE https://api.acme.com/orders']],
    [
      "const api = require('axios').create({ baseURL: 'https://api.acme.com/v1' }); api.delete('/orders/1')",
      ['DELETE https://api.acme.com/v1/orders/1'],
    ],
    [
      "require('got').extend({ prefixUrl: 'https://api.acme.com' }).delete('orders')",
      ['DELETE https://api.acme.com/orders'],
    ],
    [
      "const r = require('https').request({ hostname: 'api.acme.com', path: '/orders', method: 'DELETE' }); r.end()",
      ['DELETE https://api.acme.com/orders'],
    ],
    [
      "import { request } from 'graphql-request'; request('https://api.acme.com/graphql', '{ orders { id } }')",
      ['POST https://api.acme.com/graphql'],
    ],
    [
      "const app = require('express')(); app.delete('/orders', () => fs.rmSync('/data', { recursive: true })); app.listen(80)",
      [],
    ],
  ])('%s', (text, effects) => expect(shown(text)).toEqual(effects));

  test('a body that is written piece by piece', () => {
    const [effect] = read(
      "const r = require('https').request('https://api.acme.com/graphql', { method: 'POST' }); r.write(JSON.stringify({ query: 'mutation { volumeDelete }' })); r.end()",
    );
    expect(effect).toMatchObject({ request: { body: { text: { value: '{"query":"mutation { volumeDelete }"}' } } } });
  });
});

describe('databases', () => {
  test.each([
    [
      "const { Pool } = require('pg'); new Pool({ connectionString: 'postgres://db/orders' }).query('DROP TABLE orders')",
      ['sql postgres DROP TABLE orders @ postgres://db/orders'],
    ],
    [
      "const sql = require('postgres')('postgres://db/orders'); await sql`DELETE FROM orders`",
      ['sql postgres DELETE FROM orders @ postgres://db/orders'],
    ],
    [
      "const D = require('better-sqlite3'); new D('orders.db').exec('DROP TABLE orders')",
      ['sql sqlite DROP TABLE orders @ orders.db'],
    ],
    ["db.query('TRUNCATE orders')", ['sql generic TRUNCATE orders']],
    ["db.exec(require('fs').readFileSync('drop.sql', 'utf8'))", ['sql generic DROP TABLE orders;']],
    [
      "const { PrismaClient } = require('@prisma/client'); const p = new PrismaClient(); p.order.deleteMany(); p.order.deleteMany({ where: { id: 1 } })",
      ['@prisma/client deleteMany', '@prisma/client deleteMany limited'],
    ],
    [
      "const knex = require('knex')({}); knex('orders').del().where('id', 1); knex.schema.dropTable('orders')",
      ['knex dropTable', 'knex del limited'],
    ],
    ["require('./models').Order.deleteMany({})", ['mongoose deleteMany']],
    [
      "const { S3Client, DeleteBucketCommand } = require('@aws-sdk/client-s3'); new S3Client({}).send(new DeleteBucketCommand({}))",
      ['@aws-sdk/client-s3 DeleteBucketCommand limited'],
    ],
    ["require('sequelize').sequelize.sync()", []],
    ["runner.run('build the orders'); stream.destroy()", []],
  ])('%s', (text, effects) =>
    expect(shown(text, { files: { '/srv/orders/drop.sql': 'DROP TABLE orders;' } })).toEqual(effects),
  );
});

describe('code', () => {
  test.each([
    ["eval(Buffer.from('ZnMucm1TeW5jKCcvZGF0YScp', 'base64').toString())", ['delete /data']],
    [
      "fetch('https://acme.com/a.js').then((r) => r.text()).then((t) => eval(t))",
      ['GET https://acme.com/a.js', 'http > interpreter'],
    ],
    ['eval(atob(process.argv[2] + code))', ['decoded > interpreter']],
    ["eval('1 + 1')", []],
    ["new Function('a', 'fs.rmSync(a)')", []],
    ['new Function(\'fs.rmSync("/data")\')()', ['delete /data']],
  ])('%s', (text, effects) => expect(shown(text, { args: ['x'] })).toEqual(effects));
});

describe('programs in several files', () => {
  const files = {
    '/srv/orders/lib/db.js': "exports.wipe = (name) => require('child_process').execSync(`dropdb ${name}`)",
    '/srv/orders/lib/boot.ts':
      "import { rmSync } from 'fs'; rmSync('/srv/orders/cache.db'); export default class Boot { run() { rmSync('notes.md') } }",
  };
  test.each([
    ["require('./lib/db').wipe('orders')", ['sh dropdb orders']],
    ["import Boot from './lib/boot.js'; new Boot().run()", ['delete /srv/orders/cache.db', 'delete notes.md']],
    ["require('./lib/db')", []],
    ["import express from 'express'", []],
  ])('%s', (text, effects) => expect(shown(text, { files })).toEqual(effects));

  test('an effect says which file it stands in', () =>
    expect(read("require('./lib/db').wipe('orders')", { files })).toMatchObject([
      { file: '/srv/orders/lib/db.js', line: 1 },
    ]));
});

describe('bounds', () => {
  test.each([
    ['a function that calls itself', 'function again(n) { again(n + 1) } again(0)', []],
    [
      'what is no JavaScript',
      'rm -rf [ | ; } ) ( { & ] ] ) % ^',
      ['opaque the code does not parse as JavaScript or TypeScript'],
    ],
    ['names of the language itself', "const a = {}; a.toString(); 'x'.constructor; [].hasOwnProperty('a')", []],
  ])('%s', (_name, text, effects) => expect(shown(text)).toEqual(effects));

  test('calls that multiply end at the bound', () => {
    const text = Array.from(
      { length: 12 },
      (_each, at) => `const f${at + 1} = () => { ${`f${at}();`.repeat(8)} };`,
    ).join('');
    expect(shown(`const f0 = () => 1; ${text} f12()`)).toEqual([expect.stringMatching(/^opaque more than \d+ steps$/)]);
  });
});

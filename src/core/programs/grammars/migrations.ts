// Migration tools of frameworks. Sources: the tools' own references.
import { program as grammar } from '../program.ts';

export const programs = [
  grammar({
    names: 'prisma',
    values: '--schema --config --url --from-url --to-url -n --name',
    aliases: '-f=--force -h=--help',
  }),
  grammar({ names: 'alembic', values: '-c --config -n --name -x', inert: '--sql -h', depth: 2 }),
  grammar({ names: 'flyway', singleDash: true, aliases: '-h=--help', depth: 8 }),
  grammar({
    names: 'liquibase',
    values: '--defaultsFile --defaults-file --changelog-file --url --username --password',
    depth: 6,
  }),
  grammar({
    names: 'sequelize sequelize-cli typeorm knex mikro-orm node-pg-migrate',
    values: '--env --config --url -d --dataSource --knexfile',
    depth: 2,
  }),
  grammar({
    names: 'rails rake',
    values: '-e --environment -f --rakefile',
    inert: '-n --dry-run -T --tasks',
    depth: 8,
  }),
  grammar({ names: 'mix', depth: 1 }),
  grammar({
    names: 'sqlx diesel dbmate atlas sea-orm-cli',
    values: '-D --database-url --source -u --url -s --schema -d -e --env --migration-dir -m --migrations-dir --dev-url',
    depth: 8,
    inert: '--dry-run',
  }),
  // Go's own flags: one dash, one option.
  grammar({
    names: 'migrate goose',
    values: '-path -database -source -dir -table -prefetch -lock-timeout -certfile',
    singleDash: true,
    depth: 8,
  }),
];

// Tools that work on a project's database: which flags, variables and files each takes the connection from.
import { own } from '../../model/table.ts';
import { textOf } from '../../model/word.ts';
import type { Sources } from '../sources.ts';

export interface Tool {
  /** Flags whose value is a connection URL. */
  readonly urlFlags: readonly string[];
  readonly urlVariables: readonly string[];
  /** Flags and variables that choose a section of the configuration, and what it is without them. */
  readonly modeFlags: readonly string[];
  readonly modeVariables: readonly string[];
  readonly defaultMode: string | undefined;
  /** A word such as `@production` goes to another machine. */
  readonly aliases: boolean;
  /** .env files in the order in which the tool prefers them; `*` stands for the mode. */
  readonly envFiles: readonly string[];
  /** The file that holds a section for each mode. */
  readonly sections: string | undefined;
  /** Configuration files that may name variables or hold a URL. */
  readonly configs: readonly string[];
}

const list = (text: string | undefined): readonly string[] => (text ?? '').split(/\s+/).filter((word) => word !== '');

const tool = (spec: {
  url?: string;
  variables?: string;
  mode?: string;
  modeVariables?: string;
  defaultMode?: string;
  aliases?: boolean;
  sections?: string;
  env?: string;
  configs?: string;
}): Tool => ({
  urlFlags: list(spec.url),
  urlVariables: [...list(spec.variables), 'DATABASE_URL', 'DB_URL', 'POSTGRES_URL', 'MYSQL_URL'],
  modeFlags: list(spec.mode),
  modeVariables: list(spec.modeVariables),
  defaultMode: spec.defaultMode,
  aliases: spec.aliases ?? false,
  envFiles: list(spec.env ?? '.env'),
  sections: spec.sections,
  configs: list(spec.configs),
});

const node = '.env.*.local .env.local .env.* .env';
const rails = tool({
  sections: 'config/database.yml',
  mode: '-e --environment',
  modeVariables: 'RAILS_ENV RACK_ENV',
  defaultMode: 'development',
  env: '.env.*.local .env.local .env.* .env',
});
const mix = tool({ modeVariables: 'MIX_ENV', defaultMode: 'dev', env: '.env' });

/** Source: each tool's documentation of its configuration. */
const tools: Readonly<Record<string, Tool>> = {
  prisma: tool({ url: '--url', configs: 'prisma/schema.prisma prisma.config.ts', env: '.env prisma/.env' }),
  'drizzle-kit': tool({
    url: '--url',
    env: node,
    configs: 'drizzle.config.ts drizzle.config.js drizzle.config.mjs drizzle.config.json',
  }),
  knex: tool({
    url: '--connection',
    mode: '--env',
    modeVariables: 'NODE_ENV',
    env: node,
    configs: 'knexfile.js knexfile.ts',
  }),
  sequelize: tool({
    sections: 'config/config.json',
    url: '--url',
    mode: '--env',
    modeVariables: 'NODE_ENV',
    env: node,
    configs: 'config/config.js',
  }),
  'sequelize-cli': tool({
    sections: 'config/config.json',
    url: '--url',
    mode: '--env',
    modeVariables: 'NODE_ENV',
    env: node,
    configs: 'config/config.js',
  }),
  typeorm: tool({
    modeVariables: 'NODE_ENV',
    env: node,
    configs: 'ormconfig.json ormconfig.js data-source.ts src/data-source.ts',
  }),
  'typeorm-ts-node-commonjs': tool({
    modeVariables: 'NODE_ENV',
    env: node,
    configs: 'data-source.ts src/data-source.ts',
  }),
  'mikro-orm': tool({ modeVariables: 'NODE_ENV', env: node, configs: 'mikro-orm.config.ts src/mikro-orm.config.ts' }),
  rails,
  rake: rails,
  hanami: rails,
  php: tool({ mode: '--env', modeVariables: 'APP_ENV', env: '.env.* .env' }),
  artisan: tool({ mode: '--env', modeVariables: 'APP_ENV', env: '.env.* .env' }),
  console: tool({ mode: '--env -e', modeVariables: 'APP_ENV', env: '.env.*.local .env.local .env.* .env' }),
  'manage.py': tool({ mode: '--settings --database', modeVariables: 'DJANGO_SETTINGS_MODULE' }),
  wp: tool({ mode: '--ssh --url', aliases: true, env: '', configs: 'wp-config.php' }),
  drush: tool({ mode: '--uri', aliases: true }),
  dbt: tool({ mode: '--target -t', modeVariables: 'DBT_TARGET' }),
  django: tool({ mode: '--settings --database', modeVariables: 'DJANGO_SETTINGS_MODULE' }),
  alembic: tool({
    mode: '-n --name',
    variables: 'SQLALCHEMY_DATABASE_URI SQLALCHEMY_DATABASE_URL',
    configs: 'alembic.ini',
  }),
  flask: tool({ variables: 'SQLALCHEMY_DATABASE_URI', modeVariables: 'FLASK_ENV', env: '.env .flaskenv' }),
  flyway: tool({
    url: '-url',
    variables: 'FLYWAY_URL',
    mode: '-environment',
    configs: 'flyway.conf conf/flyway.conf flyway.toml',
  }),
  liquibase: tool({ url: '--url', variables: 'LIQUIBASE_COMMAND_URL', configs: 'liquibase.properties' }),
  dbmate: tool({ url: '-u --url' }),
  migrate: tool({ url: '-database --database', env: '' }),
  goose: tool({ variables: 'GOOSE_DBSTRING' }),
  sqlx: tool({ url: '-D --database-url' }),
  diesel: tool({ url: '--database-url' }),
  atlas: tool({ url: '-u --url', mode: '--env', env: '', configs: 'atlas.hcl' }),
  tern: tool({ url: '--conn-string', env: '', configs: 'tern.conf' }),
  mix,
  hasura: tool({ url: '--endpoint', variables: 'HASURA_GRAPHQL_DATABASE_URL', configs: 'config.yaml' }),
};

const anyTool = tool({ env: node, modeVariables: 'NODE_ENV APP_ENV' });

/** The tool by the program's name, or by the script that an interpreter or a wrapper runs: `python -m flask`. */
export function toolOf({ call }: Sources): Tool {
  const words = [call.name ?? '', ...call.args.slice(0, 4).map((word) => textOf(word) ?? '')];
  const names = words.map((word) => word.slice(word.lastIndexOf('/') + 1).replace(/\.(js|mjs|rb|php|sh)$/, ''));
  return names.map((name) => own(tools, name)).find((found) => found !== undefined) ?? anyTool;
}

// The database of a project's tools: migration tools, frameworks, and programs that read DATABASE_URL.
// Order: what the command says, its variables, .env files in the tool's order, then the tool's own configuration.
import { knownPrefix, staticWord, textOf, type Word } from '../../model/word.ts';
import { dropStart } from '../../payloads/http/words.ts';
import { type Clue, clueOf } from '../clue.ts';
import { readConnection, splitHosts } from '../connection.ts';
import { at, lineOf, parseJson, textAt } from '../data.ts';
import { fromEnvFiles } from '../dotenv.ts';
import {
  dataOf,
  type Find,
  fileAt,
  type Picked,
  pick,
  placeIn,
  type Signal,
  type Sources,
  signal,
  type TextFile,
  variable,
} from '../sources.ts';
import { type Destination, emptyDestination, fromUrl } from './destination.ts';
import { type Tool, toolOf } from './tool.ts';

/** The folder that a framework's script stands in is where it reads its files: `php backend/artisan`. */
function baseOf({ call }: Sources): string {
  const script = [call.program, ...call.args.slice(0, 3)]
    .map((word) => textOf(word) ?? '')
    .find((word) => /(^|\/)(artisan|manage\.py)$/.test(word));
  return script?.includes('/') ? script.slice(0, script.lastIndexOf('/') + 1) : '';
}

/** Where a tool goes that takes its database from the project. */
export function toolDestination(sources: Sources): Destination {
  const tool = toolOf(sources);
  const mode = modeOf(tool, sources);
  const clues = mode.signal === undefined ? [] : [clueOf(mode.signal, 'contexts', 'environment')];
  const base = baseOf(sources);
  const configs = tool.configs.map((path) => fileAt(sources, `${base}${path}`)).filter((file) => file !== undefined);
  const files = envFilesOf(tool, mode.signal).map((path) => `${base}${path}`);
  const names = [...new Set([...configs.flatMap(variablesIn), ...tool.urlVariables])];
  const url = pick(
    ...flagFinds(sources, tool.urlFlags),
    ...names.flatMap((name) => [variable(sources, name), fromEnvFiles(sources, files, name)]),
  );
  const more = [...clues, ...appEnvironment(sources, files, tool)];
  if (url.signal !== undefined) return { ...fromUrl(url.signal), clues: onlyRaising(more), doubts: url.doubts };
  const parts = fromParts(sources, files);
  if (parts !== undefined) return { ...parts, clues: onlyRaising(more), doubts: url.doubts };
  // An alias is a place of its own: the files here say nothing of it.
  if (tool.aliases && mode.signal !== undefined) return { ...emptyDestination, nowhere: true, clues };
  const literal =
    configs.flatMap((file) => [constantsIn(file), urlIn(file)]).find((found) => found !== undefined) ??
    fromSections(sources, mode.signal, tool);
  if (literal !== undefined) return { ...literal, clues: more, doubts: url.doubts };
  return { ...emptyDestination, nowhere: true, clues: onlyRaising(more), doubts: url.doubts };
}

function modeOf(tool: Tool, sources: Sources): Picked {
  const inTask = /(?:^|:)(production|staging|development|test)$/;
  const task = sources.call.args.map((word) => inTask.exec(textOf(word) ?? '')?.[1]).find((word) => word !== undefined);
  const picked = pick(
    ...flagFinds(sources, tool.modeFlags),
    ...(tool.aliases ? [aliasOf(sources)] : []),
    () => (task === undefined ? undefined : signal(task, 'the command')),
    ...tool.modeVariables.map((name) => variable(sources, name)),
  );
  if (picked.signal !== undefined || picked.doubts.length > 0 || tool.defaultMode === undefined) return picked;
  return { signal: signal(tool.defaultMode, `the default of ${sources.call.name}`), doubts: [] };
}

/**
 * A mode chooses a section of a configuration. Where a URL says where the call goes, or nothing does, the mode's name
 * may still say that it is production; that it is none of it, it cannot say.
 */
const onlyRaising = (clues: readonly Clue[]): readonly Clue[] =>
  clues.filter(({ text }) => /prod|prd|live/i.test(text));

const envFilesOf = (tool: Tool, mode: Signal | undefined): readonly string[] => {
  const name = textOf(mode?.word);
  return tool.envFiles.flatMap((path) =>
    path.includes('*') ? (name === undefined ? [] : [path.replace('*', name)]) : [path],
  );
};

/** `--url x`, `--url=x`, `-url=x`: these flags have nothing to do with the program's other options. */
function flagFinds({ call }: Sources, flags: readonly string[]): Find[] {
  return flags.map((name) => () => {
    const at = call.args.findIndex((word) => textOf(word) === name || knownPrefix(word).startsWith(`${name}=`));
    if (at < 0) return undefined;
    const glued = knownPrefix(call.args[at] as Word).startsWith(`${name}=`);
    const value = glued ? dropStart(call.args[at] as Word, name.length + 1) : call.args[at + 1];
    return value === undefined ? undefined : signal(value, `${name} in the command`);
  });
}

const variablePattern =
  /(?:process\.env\.|process\.env\[['"]|import\.meta\.env\.|\benv\(['"]|getenv\(['"]|environ\[['"]|environ\.get\(['"]|\$\{)([A-Z][A-Z0-9_]{2,60})/g;

/** The variables that a configuration takes a connection from, in its order; a direct connection is what migrations use. */
function variablesIn({ text }: TextFile): readonly string[] {
  const names = [...text.matchAll(variablePattern)]
    .map((match) => match[1] ?? '')
    .filter((name) => /(URL|URI|DSN|CONNECTION(_STRING)?)$/.test(name) && !name.startsWith('SHADOW'));
  return [...names.filter((name) => name.includes('DIRECT')), ...names.filter((name) => !name.includes('DIRECT'))];
}

/** The first connection URL that stands in a configuration as it is. */
function urlIn(file: TextFile): Destination | undefined {
  const text =
    /(?:jdbc:)?(?:postgres(?:ql)?|mysql|mariadb|sqlserver|libsql|cockroachdb|sqlite|postgresql\+[a-z0-9]{1,12}|mysql\+[a-z0-9]{1,12}):\/\/[^\s'"`<>$%{]{1,500}/.exec(
      file.text,
    )?.[0];
  return text === undefined ? undefined : fromUrl(signal(text, placeIn(file, lineOf(file.text, text))));
}

/** `define('DB_HOST', 'db.acme.com')` of WordPress. */
function constantsIn(file: TextFile): Destination | undefined {
  const value = (name: string): Signal | undefined => {
    const pattern = new RegExp(`define\\(\\s{0,8}['"]${name}['"]\\s{0,8},\\s{0,8}['"]([^'"]{1,200})['"]`);
    const match = pattern.exec(file.text);
    if (match?.[1] === undefined) return undefined;
    return signal(match[1], `${name} from ${placeIn(file, lineOf(file.text, match[0]))}`);
  };
  const host = value('DB_HOST');
  if (host === undefined) return undefined;
  const { hosts, port } = splitHosts(textOf(host.word) ?? '');
  const database = value('DB_NAME');
  return { ...emptyDestination, host: { ...host, word: staticWord(hosts) }, port, defaultPort: 3306, database };
}

/** `wp @production db reset`: a place that the tool's own configuration names. */
const aliasOf =
  ({ call }: Sources): Find =>
  () => {
    const word = call.args.find((each) => /^@[\w.-]{1,100}$/.test(textOf(each) ?? ''));
    return word === undefined ? undefined : signal(word, 'the command');
  };

const hostVariables = ['DB_HOST', 'DATABASE_HOST', 'PGHOST', 'POSTGRES_HOST', 'MYSQL_HOST'];
const databaseVariables = ['DB_DATABASE', 'DB_NAME', 'DATABASE_NAME', 'PGDATABASE', 'POSTGRES_DB', 'MYSQL_DATABASE'];
const portVariables = ['DB_PORT', 'DATABASE_PORT', 'PGPORT', 'POSTGRES_PORT', 'MYSQL_PORT'];

/** Host and database in variables of their own, as Laravel and many others have them. */
function fromParts(sources: Sources, files: readonly string[]): Destination | undefined {
  const find = (names: readonly string[]) =>
    pick(...names.flatMap((name) => [variable(sources, name), fromEnvFiles(sources, files, name)]));
  const host = find(hostVariables).signal;
  const driver = find(['DB_CONNECTION']).signal;
  const database = find(databaseVariables).signal;
  if (host === undefined && textOf(driver?.word) === 'sqlite')
    return {
      ...emptyDestination,
      file: database ?? signal('database/database.sqlite', driver?.source ?? 'the default'),
    };
  if (host === undefined) return undefined;
  const defaultPort = /mysql|mariadb/.test(textOf(driver?.word) ?? '') || host.source.startsWith('MYSQL') ? 3306 : 5432;
  return { ...emptyDestination, host, defaultPort, port: textOf(find(portVariables).signal?.word), database };
}

/** `APP_ENV=production` in the file that the tool reads. */
function appEnvironment(sources: Sources, files: readonly string[], { modeVariables }: Tool): readonly Clue[] {
  const found = pick(...modeVariables.map((name) => fromEnvFiles(sources, files, name))).signal;
  return found === undefined ? [] : [clueOf(found, 'contexts', 'environment')];
}

/** Sections by mode: config/database.yml of Rails, config/config.json of Sequelize. */
function fromSections(sources: Sources, mode: Signal | undefined, tool: Tool): Destination | undefined {
  const name = textOf(mode?.word);
  const file = name === undefined || tool.sections === undefined ? undefined : fileAt(sources, tool.sections);
  if (file === undefined || name === undefined) return undefined;
  const data = file.path.endsWith('.json') ? parseJson(file.text) : dataOf(sources, file, 'yaml');
  return fromSection(at(data, name), file, name);
}

/** `<%= ... %>` is code: what it gives is not known. A section with several databases is read by its first. */
function fromSection(section: unknown, file: TextFile, name: string): Destination | undefined {
  if (typeof section !== 'object' || section === null) return undefined;
  const own =
    textAt(section, 'adapter') ??
    textAt(section, 'dialect') ??
    textAt(section, 'url') ??
    textAt(section, 'host') ??
    textAt(section, 'database');
  const entry = own === undefined ? Object.values(section)[0] : section;
  const value = (key: string): Signal | undefined => {
    const text = textAt(entry, key);
    if (text === undefined) return undefined;
    const source = `${key} from ${placeIn(file, lineOf(file.text, name, text))}`;
    const word: Word = /<%|ENV\[/.test(text)
      ? { kind: 'dynamic', source: text, known: [null], glob: false }
      : staticWord(text);
    return signal(word, source);
  };
  const url = value('url');
  if (url !== undefined) return fromUrl(url);
  const driver = textAt(entry, 'adapter') ?? textAt(entry, 'dialect') ?? '';
  const database = value('database');
  if (driver.startsWith('sqlite'))
    return { ...emptyDestination, file: database ?? value('storage') ?? signal(name, file.shown) };
  return { ...emptyDestination, host: value('host'), defaultPort: driver.includes('mysql') ? 3306 : 5432, database };
}

/** A connection URL among the words of a call, with the flag in front of it. */
export function connectionAmong({ call }: Sources): Signal | undefined {
  const urls = call.args.map((word) => {
    const equals = /^--?[\w-]{1,40}=/.exec(knownPrefix(word))?.[0] ?? '';
    const value = equals === '' ? word : dropStart(word, equals.length);
    return isUrl(value) ? { value, flag: equals.slice(0, -1) } : undefined;
  });
  const at = urls.findIndex((each) => each !== undefined);
  const found = urls[at];
  if (found === undefined) return undefined;
  const before = knownPrefix(call.args[at - 1] ?? found.value);
  const name = found.flag || (before.startsWith('-') ? before : '');
  return signal(found.value, name === '' ? 'the command' : `${name} in the command`);
}

const isUrl = (word: Word): boolean =>
  /^(?:jdbc:)?[a-z][a-z0-9+]{0,20}:\/\//i.test(knownPrefix(word)) && readConnection(word) !== undefined;

// Raw requests of vendors' own tools: `gh api -X DELETE`, `railway api 'mutation ...'`, `az rest --method delete`.
import type { HttpBody, HttpRequest } from '../model/fact.ts';
import type { Invocation } from '../model/invocation.ts';
import type { World } from '../model/observation.ts';
import { own } from '../model/table.ts';
import {
  dynamicWord,
  joinWords,
  knownPrefix,
  mapText,
  showWord,
  staticWord,
  textOf,
  type Word,
} from '../model/word.ts';
import { fileContent, stdinContent } from '../payloads/http/source.ts';
import { splitUrl } from '../payloads/http/url.ts';
import { type OptionGrammar, type Options, optionGrammar, readOptions } from '../programs/options.ts';

interface ApiTool {
  /** The words behind which the request stands. */
  readonly subcommand: readonly string[];
  /** What a path without a host belongs to. */
  readonly base: string;
  readonly options: OptionGrammar;
  /** The flag with the URL, where it is no positional. */
  readonly url?: string;
  /** `name=value` flags that make up a JSON body. */
  readonly fields: readonly string[];
  /** The positional is a GraphQL document for the base itself. */
  readonly document?: boolean;
  /** The variable that holds the token it sends. */
  readonly token?: string;
  /** The method is the word in front of the path: `heroku api DELETE /apps/shop`. */
  readonly methodFirst?: boolean;
  /** `@file` as the value of a field stands for what is in the file. */
  readonly fieldFiles?: boolean;
  /** What a path belongs to on another host than the usual one. */
  readonly baseOn?: (host: string) => string;
}

const methods = '-X=--method --request=--method -m=--method';
const github = optionGrammar({
  values:
    '--method -H --header -q --jq -t --template --hostname -p --preview --cache --input -f --raw-field -F --field',
  aliases: `${methods} -F=--field -f=--raw-field`,
});
const plain = optionGrammar({
  values: '--method -H --header -d --data --body --input -F --field -q --query',
  aliases: methods,
});

const databricks = optionGrammar({ values: '--json --profile -p --target -t --output -o', aliases: '-p=--profile' });

/** Sources: gh api, glab api, railway api, az rest, vercel api, pscale api, supabase api, heroku api, auth0 api, databricks api, cf curl, oci raw-request: their own reference pages. */
const tools: Readonly<Record<string, ApiTool>> = {
  gh: {
    subcommand: ['api'],
    base: 'https://api.github.com/',
    options: github,
    fields: ['--field', '--raw-field'],
    token: 'GH_TOKEN',
    fieldFiles: true,
    baseOn: (host) => `https://${host}/api/v3/`,
  },
  glab: {
    subcommand: ['api'],
    base: 'https://gitlab.com/api/v4/',
    options: github,
    fields: ['--field', '--raw-field'],
    token: 'GITLAB_TOKEN',
    fieldFiles: true,
    baseOn: (host) => `https://${host}/api/v4/`,
  },
  railway: {
    subcommand: ['api'],
    base: 'https://backboard.railway.com/graphql/v2',
    options: optionGrammar({ values: '--file --variables --var --raw-var --operation-name', aliases: '-f=--file' }),
    fields: ['--var', '--raw-var'],
    document: true,
    token: 'RAILWAY_API_TOKEN',
  },
  az: {
    subcommand: ['rest'],
    base: 'https://management.azure.com/',
    options: optionGrammar({
      values: '--method --url --body --headers --uri-parameters --resource',
      aliases: '-m=--method --uri=--url -u=--url -b=--body',
    }),
    url: '--url',
    fields: [],
  },
  vercel: { subcommand: ['api'], base: 'https://api.vercel.com/', options: plain, fields: [] },
  pscale: { subcommand: ['api'], base: 'https://api.planetscale.com/v1/', options: plain, fields: [] },
  heroku: { subcommand: ['api'], base: 'https://api.heroku.com/', options: plain, fields: [], methodFirst: true },
  auth0: { subcommand: ['api'], base: 'https://auth0.com/api/v2/', options: plain, fields: [], methodFirst: true },
  databricks: {
    subcommand: ['api'],
    base: 'https://databricks.com/',
    options: databricks,
    fields: [],
    methodFirst: true,
  },
  cf: { subcommand: ['curl'], base: 'https://api.cloudfoundry.org/', options: plain, fields: [] },
  oci: {
    subcommand: ['raw-request'],
    base: 'https://oraclecloud.com/',
    options: optionGrammar({
      values: '--method --target-uri --request-body --request-headers --profile --region --config-file --auth',
      aliases: '--http-method=--method',
    }),
    url: '--target-uri',
    fields: [],
  },
  supabase: { subcommand: ['api', 'request'], base: 'https://api.supabase.com/', options: plain, fields: [] },
};

/** The request that a tool's raw-request command would send; none for everything else. */
export function toolRequests(call: Invocation, world: World): readonly HttpRequest[] {
  const tool = own(tools, call.name);
  if (tool === undefined) return [];
  const options = readOptions(call.args, tool.options);
  const { subcommand } = tool;
  if (options.flags.has('--help') || !subcommand.every((word, at) => textOf(options.positionals[at]) === word))
    return [];
  const at = subcommand.length + (tool.methodFirst ? 1 : 0);
  const operand = tool.url === undefined ? options.positionals[at] : options.flags.get(tool.url);
  if (tool.document) return documentRequest(call, tool, options, operand, world);
  return operand === undefined ? [] : [pathRequest(call, tool, options, operand, world)];
}

function pathRequest(call: Invocation, tool: ApiTool, options: Options, operand: Word, world: World): HttpRequest {
  const absolute = /^https?:/.test(knownPrefix(operand));
  const path = mapText(operand, (text, at) => (at === 0 ? text.replace(/^\/+/, '') : text));
  const fields = fieldsOf(call, tool, world);
  const input = options.flags.get('--input');
  const body =
    input !== undefined
      ? content(input, call, world)
      : fields.length > 0
        ? jsonBody(fields)
        : ({ kind: 'none' } as const);
  const method = tool.methodFirst ? options.positionals[tool.subcommand.length] : options.flags.get('--method');
  const hostname = textOf(options.flags.get('--hostname'));
  const base = hostname === undefined ? tool.base : (tool.baseOn?.(hostname) ?? tool.base);
  const implied = body.kind === 'none' ? 'GET' : 'POST';
  return request(
    absolute ? operand : joinWords([staticWord(base), path]),
    method === undefined ? implied : (textOf(method)?.toUpperCase() ?? 'UNKNOWN'),
    body,
    call,
    tool,
  );
}

/** A GraphQL document as the operand, in a file, or on standard input. */
function documentRequest(
  call: Invocation,
  tool: ApiTool,
  options: Options,
  operand: Word | undefined,
  world: World,
): readonly HttpRequest[] {
  if (['schema', 'search', 'describe'].includes(textOf(operand) ?? '')) return [];
  const path = options.flags.get('--file');
  const document: HttpBody =
    operand !== undefined
      ? { kind: 'text', text: operand }
      : path === undefined
        ? stdinContent({ call, world })
        : content(path, call, world);
  const body =
    document.kind === 'text'
      ? graphqlBody(document.text, options.flags.get('--variables'), call, tool, world)
      : document;
  return [request(staticWord(tool.base), 'POST', body, call, tool)];
}

const content = (path: Word, call: Invocation, world: World): HttpBody =>
  textOf(path) === '-' ? stdinContent({ call, world }) : fileContent(path, { call, world });

function request(url: Word, method: string, body: HttpBody, call: Invocation, { token }: ApiTool): HttpRequest {
  const { host, path } = splitUrl(url);
  const secret = token === undefined || call.host.kind !== 'local' ? undefined : call.env.get(token);
  const headers = new Map<string, Word>(
    secret === undefined ? [] : [['authorization', joinWords([staticWord('Bearer '), secret])]],
  );
  return { method, url, host, path, headers, body };
}

type Field = readonly [name: string, value: Word];

/** `-f name=value` in any order and number. */
function fieldsOf(call: Invocation, { fields, options, fieldFiles }: ApiTool, world: World): readonly Field[] {
  return call.args.flatMap((word, at): Field[] => {
    const flag = textOf(word) ?? '';
    const next = call.args[at + 1];
    const name = next === undefined ? '' : knownPrefix(next).split('=', 1)[0];
    if (next === undefined || name === undefined || !fields.includes(options.aliases.get(flag) ?? flag)) return [];
    const value = mapText(next, (text, piece) => (piece === 0 ? text.slice(name.length + 1) : text));
    const isFile =
      fieldFiles === true && (options.aliases.get(flag) ?? flag) === '--field' && knownPrefix(value).startsWith('@');
    return [[name, isFile ? fileField(value, call, world) : value]];
  });
}

/** `-F query=@reset.graphql`: what stands in the file, or on standard input behind `@-`. */
function fileField(value: Word, call: Invocation, world: World): Word {
  const body = content(
    mapText(value, (text, piece) => (piece === 0 ? text.slice(1) : text)),
    call,
    world,
  );
  return body.kind === 'text' ? body.text : dynamicWord(`(${showWord(value)})`);
}

const quoted = (word: Word): Word =>
  joinWords([staticWord('"'), mapText(word, (text) => JSON.stringify(text).slice(1, -1)), staticWord('"')]);
const objectOf = (fields: readonly Field[]): Word =>
  joinWords([
    staticWord('{'),
    joinWords(
      fields.map(([name, value]) => joinWords([staticWord(`${JSON.stringify(name)}:`), value])),
      ',',
    ),
    staticWord('}'),
  ]);

/** Fields of a REST call; those of a GraphQL call that are not the document are its variables. */
function jsonBody(fields: readonly Field[]): HttpBody {
  const own = fields.filter(([name]) => name === 'query' || name === 'operationName');
  const rest = fields.filter((field) => !own.includes(field)).map(([name, value]): Field => [name, quoted(value)]);
  const documents = own.map(([name, value]): Field => [name, quoted(value)]);
  return { kind: 'text', text: objectOf(own.length === 0 ? rest : [...documents, ['variables', objectOf(rest)]]) };
}

function graphqlBody(
  document: Word,
  variables: Word | undefined,
  call: Invocation,
  tool: ApiTool,
  world: World,
): HttpBody {
  const fields = fieldsOf(call, tool, world).map(([name, value]): Field => [name, quoted(value)]);
  const given: Word = fields.length > 0 || variables === undefined ? objectOf(fields) : variables;
  return {
    kind: 'text',
    text: objectOf([
      ['query', quoted(document)],
      ['variables', given],
    ]),
  };
}

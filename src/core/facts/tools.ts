// Raw requests of vendors' own tools: `gh api -X DELETE`, `railway api 'mutation ...'`, `az rest --method delete`.
import type { HttpBody, HttpRequest } from '../model/fact.ts';
import type { Invocation } from '../model/invocation.ts';
import type { World } from '../model/observation.ts';
import { own } from '../model/table.ts';
import { joinWords, knownPrefix, mapText, staticWord, textOf, type Word } from '../model/word.ts';
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

/** Sources: gh api, glab api, railway api, az rest, vercel api, pscale api, supabase api: their own reference pages. */
const tools: Readonly<Record<string, ApiTool>> = {
  gh: {
    subcommand: ['api'],
    base: 'https://api.github.com/',
    options: github,
    fields: ['--field', '--raw-field'],
    token: 'GH_TOKEN',
  },
  glab: {
    subcommand: ['api'],
    base: 'https://gitlab.com/api/v4/',
    options: github,
    fields: ['--field', '--raw-field'],
    token: 'GITLAB_TOKEN',
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
  const operand = tool.url === undefined ? options.positionals[subcommand.length] : options.flags.get(tool.url);
  if (tool.document) return documentRequest(call, tool, options, operand, world);
  return operand === undefined ? [] : [pathRequest(call, tool, options, operand, world)];
}

function pathRequest(call: Invocation, tool: ApiTool, options: Options, operand: Word, world: World): HttpRequest {
  const absolute = /^https?:/.test(knownPrefix(operand));
  const path = mapText(operand, (text, at) => (at === 0 ? text.replace(/^\/+/, '') : text));
  const fields = fieldsOf(call, tool);
  const input = options.flags.get('--input');
  const body =
    input !== undefined
      ? content(input, call, world)
      : fields.length > 0
        ? jsonBody(fields)
        : ({ kind: 'none' } as const);
  const method = options.flags.get('--method');
  const implied = body.kind === 'none' ? 'GET' : 'POST';
  return request(
    absolute ? operand : joinWords([staticWord(tool.base), path]),
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
    document.kind === 'text' ? graphqlBody(document.text, options.flags.get('--variables'), call, tool) : document;
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
function fieldsOf(call: Invocation, { fields, options }: ApiTool): readonly Field[] {
  return call.args.flatMap((word, at): Field[] => {
    const flag = textOf(word) ?? '';
    const next = call.args[at + 1];
    const name = next === undefined ? '' : knownPrefix(next).split('=', 1)[0];
    if (next === undefined || name === undefined || !fields.includes(options.aliases.get(flag) ?? flag)) return [];
    return [[name, mapText(next, (text, piece) => (piece === 0 ? text.slice(name.length + 1) : text))]];
  });
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

function graphqlBody(document: Word, variables: Word | undefined, call: Invocation, tool: ApiTool): HttpBody {
  const fields = fieldsOf(call, tool).map(([name, value]): Field => [name, quoted(value)]);
  const given: Word = fields.length > 0 || variables === undefined ? objectOf(fields) : variables;
  return {
    kind: 'text',
    text: objectOf([
      ['query', quoted(document)],
      ['variables', given],
    ]),
  };
}

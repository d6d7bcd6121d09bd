// GraphQL inside HTTP requests: whether a request is one, and the root fields that it would run.
import type { GraphqlField, HttpRequest } from '../../model/fact.ts';
import type { GraphqlReader, GraphqlReading } from '../../model/reader.ts';
import { dynamicWord, textOf, type Word } from '../../model/word.ts';
import { type FormField, readForm } from './form.ts';
import { queryValue, splitUrl } from './url.ts';
import { flat, hole } from './words.ts';

export type GraphqlBody =
  | { readonly kind: 'fields'; readonly fields: readonly GraphqlField[] }
  /** It is a GraphQL request, and what it runs could not be read. */
  | { readonly kind: 'invalid'; readonly detail: string }
  /** It is none. */
  | { readonly kind: 'none' };

const none: GraphqlBody = { kind: 'none' };
const invalid = (detail: string): GraphqlBody => ({ kind: 'invalid', detail });

/** Whether `graphqlOf` is worth calling; decided without the reader, so that it is only loaded when it is needed. */
export function looksLikeGraphql(request: HttpRequest): boolean {
  if (isGraphqlPath(request.path) || contentType(request) === 'application/graphql') return true;
  const text = `${request.body.kind === 'text' ? flat(request.body.text) : ''}\n${urlQuery(request)}`;
  if (!/query/.test(text)) return false;
  // `query` as a JSON key, a form field or a parameter, and something that opens a document.
  return /"query"|name="(?:query|operations)"|(?:^|[&?])query=/m.test(text) && /mutation|query|\{|%7b/i.test(text);
}

/**
 * Reads the GraphQL in a request: a JSON body or a list of them, an `application/graphql` body, form fields, or the
 * `query` parameter of the URL. Each unknown piece is read as if `$unknown` stood there; an argument that holds one
 * comes back as a dynamic word.
 */
export function graphqlOf(request: HttpRequest, reader: GraphqlReader): GraphqlBody {
  const expected = isGraphqlPath(request.path);
  const documents = documentsOf(request, expected);
  if ('kind' in documents) return documents;
  const fields: GraphqlField[] = [];
  for (const { query, variables, operationName } of documents) {
    const reading = readDocument(query, variables, operationName, reader);
    if (reading.kind === 'invalid') {
      return expected || opensDocument(query) ? invalid(explain(query, reading.detail)) : none;
    }
    fields.push(...reading.fields);
  }
  return { kind: 'fields', fields };
}

interface GraphqlDocument {
  readonly query: string;
  readonly variables: unknown;
  readonly operationName: string | undefined;
}

/** Ends in `graphql`, `gql` or `graphql.json`, or in one of them and one more segment (`/graphql/v2`). */
function isGraphqlPath(path: Word): boolean {
  const segments = flat(path).toLowerCase().split('/').slice(-2);
  return segments.some((segment) =>
    /^(?:graphql|gql|graphql\.json|[a-z0-9_-]*-graphql|graphql-[a-z0-9_-]*)$/.test(segment),
  );
}

const contentType = (request: HttpRequest): string =>
  (flat(request.headers.get('content-type') ?? dynamicWord('')).split(';', 1)[0] ?? '').trim().toLowerCase();

function urlQuery(request: HttpRequest): string {
  const { query } = splitUrl(request.url);
  return query === undefined ? '' : flat(query);
}

/** The documents that a request holds, or why there are none. */
function documentsOf(request: HttpRequest, expected: boolean): readonly GraphqlDocument[] | GraphqlBody {
  const { body } = request;
  const inUrl = fromUrl(request);
  if (inUrl !== undefined) return [inUrl];
  if (body.kind === 'none') return none;
  if (body.kind === 'unread') return expected ? invalid(body.detail) : none;
  if (contentType(request) === 'application/graphql') return [plainDocument(filled(flat(body.text)))];
  const form = readForm(body.text, flat(request.headers.get('content-type') ?? dynamicWord('')).toLowerCase());
  const inForm = form && fromForm(form);
  if (inForm !== undefined) return inForm;
  return fromJson(flat(body.text), expected);
}

const plainDocument = (query: string): GraphqlDocument => ({ query, variables: undefined, operationName: undefined });

function fromUrl(request: HttpRequest): GraphqlDocument | undefined {
  const { query } = splitUrl(request.url);
  const value = (name: string) => {
    const word = queryValue(query, [name]);
    return word === undefined ? undefined : filled(flat(word));
  };
  const document = value('query');
  if (document === undefined) return undefined;
  return { query: document, variables: parsed(value('variables')), operationName: value('operationname') };
}

/** `operations` of a multipart upload, or `query`, `variables` and `operationName` as fields. */
function fromForm(fields: readonly FormField[]): readonly GraphqlDocument[] | undefined {
  const value = (name: string) => {
    const field = fields.find((candidate) => textOf(candidate.name) === name);
    return field === undefined ? undefined : flat(field.value);
  };
  const operations = value('operations');
  if (operations !== undefined) {
    const documents = fromJson(operations, true);
    if (!('kind' in documents)) return documents;
  }
  const query = value('query');
  if (query === undefined) return undefined;
  return [{ query: filled(query), variables: parsed(value('variables')), operationName: value('operationName') }];
}

function fromJson(text: string, expected: boolean): readonly GraphqlDocument[] | GraphqlBody {
  const value = parsed(text);
  const unknown = text.includes(hole) ? 'parts of the body are not known' : undefined;
  if (value === undefined && expected) return invalid(unknown ?? 'the body is not JSON');
  const entries = Array.isArray(value) ? value : [value];
  const documents = entries.flatMap((entry): readonly GraphqlDocument[] => {
    if (typeof entry !== 'object' || entry === null || !('query' in entry) || typeof entry.query !== 'string')
      return [];
    const { variables, operationName } = entry as { variables?: unknown; operationName?: unknown };
    return [
      {
        query: entry.query,
        variables: typeof variables === 'string' ? parsed(variables) : variables,
        operationName:
          typeof operationName === 'string' && !operationName.includes(placeholder) ? operationName : undefined,
      },
    ];
  });
  if (expected && documents.length < entries.length)
    return invalid(unknown ?? 'the document that it runs does not stand in it');
  return documents.length === 0 ? none : documents;
}

/** What an unknown piece is replaced by. */
const placeholder = '$unknown';
const filled = (text: string): string => text.replaceAll(hole, placeholder);

/** JSON text. Unknown pieces and line breaks in strings, which some servers let pass, do not make it unreadable. */
function parsed(text: string | undefined): unknown {
  if (text === undefined) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    try {
      return JSON.parse(repaired(text));
    } catch {
      return undefined;
    }
  }
}

/** An unknown piece becomes a part of the string it stands in, elsewhere a string of its own. */
function repaired(text: string): string {
  let inString = false;
  let result = '';
  for (let at = 0; at < text.length; at += 1) {
    const character = text.charAt(at);
    if (character === hole) result += inString ? placeholder : JSON.stringify(placeholder);
    else if (inString && character < ' ') result += JSON.stringify(character).slice(1, -1);
    else if (inString && character === '\\' && text.charAt(at + 1) !== hole) {
      result += text.slice(at, at + 2);
      at += 1;
    } else {
      if (character === '"') inString = !inString;
      result += character;
    }
  }
  return result;
}

function readDocument(
  query: string,
  variables: unknown,
  operationName: string | undefined,
  reader: GraphqlReader,
): GraphqlReading {
  const reading = reader.read(query, variables, operationName);
  if (reading.kind === 'invalid') return reading;
  return { kind: 'fields', fields: reading.fields.map(withUnknowns) };
}

/** Arguments that hold the placeholder become dynamic words again. */
function withUnknowns(field: GraphqlField): GraphqlField {
  const entries = Object.entries(field.arguments);
  if (!entries.some(([, word]) => textOf(word)?.includes(placeholder))) return field;
  const restored = entries.map(([name, word]): [string, Word] => {
    const text = textOf(word);
    return [name, text?.includes(placeholder) ? dynamicWord(text, piecesAround(text)) : word];
  });
  return { ...field, arguments: Object.fromEntries(restored) };
}

const piecesAround = (text: string): readonly (string | null)[] =>
  text
    .split(placeholder)
    .flatMap((piece, index) => (index === 0 ? [piece] : [null, piece]))
    .filter((piece) => piece !== '');

/** Text that can hardly be anything but a GraphQL document. */
const opensDocument = (query: string): boolean =>
  /^[\s,\ufeff]*(?:mutation|subscription|fragment|query)\b[^{]*\{|^\s*\{\s*[a-z_]\w*\s*[({]/i.test(query);

const explain = (query: string, detail: string): string =>
  query.includes(placeholder) ? `parts of the GraphQL document are not known (${detail})` : detail;

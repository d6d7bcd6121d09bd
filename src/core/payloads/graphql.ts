// The GraphQL reader: a document to the root fields that a server would run. Loaded on demand; needs the parser alone.
import type {
  DocumentNode,
  FieldNode,
  FragmentDefinitionNode,
  OperationDefinitionNode,
  SelectionNode,
  ValueNode,
} from 'graphql/language/ast.js';
import { parse } from 'graphql/language/parser.js';
import type { GraphqlField } from '../model/fact.ts';
import type { GraphqlReader, GraphqlReading } from '../model/reader.ts';
import { dynamicWord, joinWords, showWord, staticWord, type Word } from '../model/word.ts';

/** Bounds that keep one reading short; a document beyond them is not an API call that a person wrote. */
const bounds = { maxLexicalTokens: 50_000, maxComments: 10_000, maxSourceLength: 1 << 20, argumentText: 1 << 20 };

export const reader: GraphqlReader = {
  read(document, variables, operationName) {
    try {
      const { maxLexicalTokens, maxComments, maxSourceLength } = bounds;
      const tree = parse(document, { noLocation: true, maxLexicalTokens, maxComments, maxSourceLength });
      return fieldsOf(tree, variables, operationName);
    } catch (error) {
      // Besides syntax errors this is the RangeError of a document that nests deeper than the parser's stack.
      return invalid(error instanceof Error ? error.message : 'the document could not be parsed');
    }
  },
};

const invalid = (detail: string): GraphqlReading => ({ kind: 'invalid', detail });

/** What is shared while one document is read. */
interface Reading {
  readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  readonly given: Readonly<Record<string, unknown>>;
  readonly fields: GraphqlField[];
  /** Characters of argument text so far: one big variable used many times must not multiply. */
  size: number;
}

function fieldsOf(tree: DocumentNode, variables: unknown, operationName: string | undefined): GraphqlReading {
  const operations = tree.definitions.filter(
    (node): node is OperationDefinitionNode => node.kind === 'OperationDefinition',
  );
  const named = operations.filter((operation) => operation.name?.value === operationName);
  // A name that picks nothing makes a server refuse; reading all of them is the stricter answer.
  const chosen = operationName === undefined || named.length === 0 ? operations : named;
  if (chosen.length === 0) return invalid('the document holds no operation');
  const reading: Reading = { fragments: fragmentsOf(tree), given: asRecord(variables), fields: [], size: 0 };
  for (const operation of chosen) readOperation(operation, reading);
  if (reading.size > bounds.argumentText) return invalid('the arguments are too large');
  return { kind: 'fields', fields: reading.fields };
}

const fragmentsOf = (tree: DocumentNode): ReadonlyMap<string, FragmentDefinitionNode> =>
  new Map(tree.definitions.flatMap((node) => (node.kind === 'FragmentDefinition' ? [[node.name.value, node]] : [])));

const asRecord = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : {};

function readOperation(operation: OperationDefinitionNode, reading: Reading): void {
  const values = variableWords(operation, reading);
  for (const field of rootFields(operation.selectionSet.selections, reading)) {
    if (field.name.value === '__typename' || reading.size > bounds.argumentText) continue;
    const entries = (field.arguments ?? []).map((argument): [string, Word] => [
      argument.name.value,
      argumentWord(argument.value, values),
    ]);
    for (const [, word] of entries) reading.size += showWord(word).length;
    reading.fields.push({
      operation: operation.operation,
      field: field.name.value,
      // No prototype: an argument called `__proto__` is an argument.
      arguments: Object.assign(Object.create(null), Object.fromEntries(entries)) as Record<string, Word>,
    });
  }
}

/** Fields at the root, fragments spread. A fragment counts once, as in the specification; so cycles end. */
function rootFields(selections: readonly SelectionNode[], reading: Reading): readonly FieldNode[] {
  const fields: FieldNode[] = [];
  const seen = new Set<string>();
  const open = [...selections].reverse();
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (node.kind === 'Field') fields.push(node);
    else if (node.kind === 'InlineFragment') open.push(...[...node.selectionSet.selections].reverse());
    else if (!seen.has(node.name.value)) {
      seen.add(node.name.value);
      const fragment = reading.fragments.get(node.name.value);
      open.push(...[...(fragment?.selectionSet.selections ?? [])].reverse());
    }
  }
  return fields;
}

/** A variable as an argument of its own, and as a part of JSON text. */
interface Variable {
  readonly plain: Word;
  readonly json: Word;
}

/** The operation's variables: the value that was given, else the default; without either it is left out. */
function variableWords(operation: OperationDefinitionNode, reading: Reading): ReadonlyMap<string, Variable> {
  const words = new Map<string, Variable>();
  for (const definition of operation.variableDefinitions ?? []) {
    const name = definition.variable.name.value;
    if (Object.hasOwn(reading.given, name)) words.set(name, givenVariable(reading.given[name]));
    else if (definition.defaultValue !== undefined) {
      const value = definition.defaultValue;
      words.set(name, { plain: argumentWord(value, words), json: jsonWord(value, words) });
    }
  }
  return words;
}

function givenVariable(value: unknown): Variable {
  const json = staticWord(JSON.stringify(value) ?? 'null');
  return { plain: typeof value === 'string' ? staticWord(value) : json, json };
}

/** An argument's value: strings and names as they are, lists and objects as JSON text. */
function argumentWord(value: ValueNode, variables: ReadonlyMap<string, Variable>): Word {
  if (value.kind === 'Variable') return variables.get(value.name.value)?.plain ?? unknownVariable(value.name.value);
  if (value.kind === 'StringValue' || value.kind === 'EnumValue') return staticWord(value.value);
  return jsonWord(value, variables);
}

function jsonWord(value: ValueNode, variables: ReadonlyMap<string, Variable>): Word {
  switch (value.kind) {
    case 'Variable':
      return variables.get(value.name.value)?.json ?? unknownVariable(value.name.value);
    case 'StringValue':
    case 'EnumValue':
      return staticWord(JSON.stringify(value.value));
    case 'BooleanValue':
      return staticWord(String(value.value));
    case 'IntValue':
    case 'FloatValue':
      return staticWord(value.value);
    case 'ListValue':
      return enclosed(
        '[',
        value.values.map((item) => jsonWord(item, variables)),
        ']',
      );
    case 'ObjectValue':
      return enclosed(
        '{',
        value.fields.map((field) => member(field.name.value, jsonWord(field.value, variables))),
        '}',
      );
    default:
      return staticWord('null');
  }
}

const unknownVariable = (name: string): Word => dynamicWord(`$${name}`);

const member = (name: string, value: Word): Word => joinWords([staticWord(`${JSON.stringify(name)}:`), value]);

const enclosed = (open: string, items: readonly Word[], close: string): Word =>
  joinWords([staticWord(open), joinWords(items, ','), staticWord(close)]);

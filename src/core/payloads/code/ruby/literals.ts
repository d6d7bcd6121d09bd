// Literals: strings with what is interpolated, symbols, numbers, arrays, hashes, ranges.
import {
  ArrayNode,
  AssocNode,
  AssocSplatNode,
  EmbeddedStatementsNode,
  EmbeddedVariableNode,
  FalseNode,
  FloatNode,
  HashNode,
  ImplicitNode,
  IntegerNode,
  InterpolatedRegularExpressionNode,
  InterpolatedStringNode,
  InterpolatedSymbolNode,
  InterpolatedXStringNode,
  KeywordHashNode,
  NilNode,
  type Node,
  ParenthesesNode,
  RangeNode,
  RegularExpressionNode,
  SourceFileNode,
  SourceLineNode,
  SplatNode,
  StringNode,
  SymbolNode,
  TrueNode,
  XStringNode,
} from '@ruby/prism/src/nodes.js';
import { textOf } from '../../../model/word.ts';
import { concat, list, table, text, type Value, wordOf } from '../value.ts';
import { runsInShell } from './api/processes.ts';
import { on } from './handler.ts';
import type { Ruby } from './interpreter.ts';
import { type Frame, literal, nil, no, yes } from './model.ts';
import { plainText } from './plain.ts';

export const literalHandlers = [
  on(StringNode, (node) => text(node.unescaped.value)),
  on(SymbolNode, (node) => text(node.unescaped.value)),
  on(IntegerNode, (node) => text(String(node.value))),
  on(FloatNode, (node) => text(String(node.value))),
  on(TrueNode, () => yes),
  on(FalseNode, () => no),
  on(NilNode, () => nil),
  on(SourceLineNode, (node, _frame, ruby) => text(String(ruby.source.lineOf(node)))),
  on(SourceFileNode, (_node, _frame, ruby) => text(ruby.source.path ?? '-e')),
  on(RegularExpressionNode, (node, _frame, ruby) => ruby.unknown(node)),
  on(InterpolatedRegularExpressionNode, (node, frame, ruby) => {
    interpolated(node.parts, frame, ruby);
    return ruby.unknown(node);
  }),
  on(InterpolatedStringNode, (node, frame, ruby) => interpolated(node.parts, frame, ruby)),
  on(InterpolatedSymbolNode, (node, frame, ruby) => interpolated(node.parts, frame, ruby)),
  on(XStringNode, (node, _frame, ruby) => {
    ruby.at(node);
    return runsInShell(text(node.unescaped.value), ruby, '`...`');
  }),
  on(InterpolatedXStringNode, (node, frame, ruby) => {
    const command = interpolated(node.parts, frame, ruby);
    ruby.at(node);
    return runsInShell(command, ruby, '`...`');
  }),
  on(EmbeddedStatementsNode, (node, frame, ruby) => ruby.evaluate(node.statements, frame)),
  on(EmbeddedVariableNode, (node, frame, ruby) => ruby.evaluate(node.variable, frame)),
  on(ParenthesesNode, (node, frame, ruby) => ruby.evaluate(node.body, frame)),
  on(ImplicitNode, (node, frame, ruby) => ruby.evaluate(node.value, frame)),
  on(ArrayNode, (node, frame, ruby) => itemsOf(node.elements, frame, ruby)),
  on(HashNode, (node, frame, ruby) => tableOf(node.elements, frame, ruby)),
  on(KeywordHashNode, (node, frame, ruby) => tableOf(node.elements, frame, ruby)),
  on(RangeNode, (node, frame, ruby) => {
    const [from, to] = [node.left, node.right].map((each) => Number(literal(ruby.evaluate(each, frame)) ?? Number.NaN));
    if (from === undefined || to === undefined || !(to - from < 64)) return ruby.unknown(node);
    const count = Math.max(to - from + (node.isExcludeEnd() ? 0 : 1), 0);
    return list(Array.from({ length: count }, (_unused, index) => text(String(from + index))));
  }),
];

/** The parts of a string, one after the other. */
const interpolated = (parts: readonly Node[], frame: Frame, ruby: Ruby): Value =>
  concat(parts.map((part) => plainText(ruby.evaluate(part, frame))));

/** The items of an array, lists behind `*` spread. */
export function itemsOf(nodes: readonly Node[], frame: Frame, ruby: Ruby): Value {
  const items: Value[] = [];
  let complete = true;
  for (const node of nodes) {
    if (!(node instanceof SplatNode)) {
      items.push(ruby.evaluate(node, frame));
      continue;
    }
    const value = ruby.evaluate(node.expression, frame);
    if (value.kind === 'list') items.push(...value.items);
    else if (value.kind === 'text') items.push(value);
    if (value.kind !== 'text' && !(value.kind === 'list' && value.complete)) complete = false;
  }
  return list(items, complete);
}

/** A key as text; a list (`task :a, [:b] => :c`) as JSON. */
const keyOf = (value: Value): string | undefined => (value.kind === 'list' ? textOf(wordOf(value)) : literal(value));

/** The entries of a hash, hashes behind `**` spread. Keys are texts, whether symbols or strings. */
export function tableOf(nodes: readonly Node[], frame: Frame, ruby: Ruby): Value & { kind: 'table' } {
  const entries = new Map<string, Value>();
  let complete = true;
  for (const node of nodes) {
    if (node instanceof AssocNode) {
      const key = keyOf(ruby.evaluate(node.key, frame));
      const value = ruby.evaluate(node.value, frame);
      if (key === undefined) complete = false;
      else entries.set(key, value);
    } else if (node instanceof AssocSplatNode) {
      const value = ruby.evaluate(node.value, frame);
      if (value.kind === 'table') for (const [key, each] of value.entries) entries.set(key, each);
      if (value.kind !== 'table' || !value.complete) complete = false;
    }
  }
  return table(entries, complete) as Value & { kind: 'table' };
}

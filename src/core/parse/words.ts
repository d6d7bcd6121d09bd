// Words: the parser's word parts as guard's own, every script inside them adapted too.
import type {
  ArithmeticExpression,
  ArrayValue,
  Assignment,
  ParameterExpansionPart,
  WordPart as ParsedPart,
  Word as ParsedWord,
} from 'unbash';
import type { AssignmentNode, ParameterOperation, ParameterPart, WordNode, WordPart } from '../model/script.ts';
import { type BraceItem, characterItems, partsOfItems } from './braces.ts';
import { type Context, spanOf } from './context.ts';
import type { Reading } from './scan.ts';

/**
 * How bash reads the text around a word part. `plain`: quotes quote. `double`: in double quotes or a here-document, where
 * single quotes are ordinary characters. `pattern`: a pattern in there, where they quote. `subscript`: words that bash
 * reads once more, as a name with an index. `arithmetic`: an expression. Only in `plain` text do single quotes, or a
 * backslash in double quotes, keep bash from expanding what they hold.
 */
export type Quoting = 'plain' | 'double' | 'pattern' | 'subscript' | 'arithmetic';

const literalReading: Readonly<Record<Quoting, Reading>> = {
  plain: 'bare',
  double: 'double',
  pattern: 'double',
  subscript: 'bare',
  arithmetic: 'arithmetic',
};

interface WordOptions {
  readonly quoting?: Quoting;
  /** Bash expands braces in this word. */
  readonly braces?: boolean;
}

/** The word as guard sees it. */
export function adaptWord(word: ParsedWord, context: Context, options: WordOptions = {}): WordNode {
  const { budget } = context.tree;
  const quoting = options.quoting ?? 'plain';
  budget.node();
  budget.reread(context.text, word.pos, word.end);
  context.ledger.mark(word.pos, word.end, 'code');
  if (quoting === 'double' || quoting === 'pattern') context.ledger.unquoted(word.pos, word.end);
  const { parts } = word;
  if (parts === undefined) context.ledger.mark(word.pos, word.end, literalReading[quoting]);
  return {
    type: 'word',
    parts:
      parts === undefined
        ? literalParts(word.text, word.value)
        : budget.nested(() => adaptParts(parts, context, quoting, options.braces ?? false)),
    span: spanOf(word, context),
    source: word.text,
  };
}

/** Parts in order, neighbouring literals joined. */
export function adaptParts(
  parts: readonly ParsedPart[],
  context: Context,
  quoting: Quoting,
  braces: boolean,
): readonly WordPart[] {
  const result: WordPart[] = [];
  for (const parsed of parts) {
    context.tree.budget.node();
    for (const part of adaptPart(parsed, context, quoting, braces)) {
      const last = result.at(-1);
      if (part.type === 'literal' && last?.type === 'literal') {
        result[result.length - 1] = { type: 'literal', value: last.value + part.value };
      } else result.push(part);
    }
  }
  return result;
}

function adaptPart(part: ParsedPart, context: Context, quoting: Quoting, braces: boolean): readonly WordPart[] {
  switch (part.type) {
    case 'Literal':
      context.ledger.mark(part.pos, part.end, literalReading[quoting]);
      return literalParts(part.text, part.value);
    case 'SingleQuoted':
    case 'AnsiCQuoted':
      context.ledger.mark(part.pos, part.end, quoting === 'plain' ? 'literal' : 'arithmetic');
      return [quoting === 'double' ? { type: 'literal', value: part.text } : { type: 'quoted', value: part.value }];
    case 'DoubleQuoted':
    case 'LocaleString':
      return [doublePart(part.parts, context, quoting)];
    case 'Glob':
      return [globPart(part.text, part.parts, part, context, quoting)];
    case 'ExtendedGlob':
      return [globPart(part.text, part.parts, part, context, quoting)];
    case 'SimpleExpansion':
      return [simpleParameter(part.text)];
    case 'ParameterExpansion':
      return [parameterPart(part, context, quoting)];
    case 'CommandExpansion':
      return [
        { type: 'command', script: context.adaptNested(part.script, part.pos, part.end, context), source: part.text },
      ];
    case 'ProcessSubstitution':
      return [
        {
          type: 'process',
          direction: part.operator,
          script: context.adaptNested(part.script, part.pos, part.end, context),
          source: part.text,
        },
      ];
    case 'ArithmeticExpansion': {
      context.tree.budget.reread(context.text, part.pos, part.end);
      context.ledger.show(part.pos, part.end, 'arithmetic');
      return [{ type: 'arithmetic', words: adaptArithmetic(part.expression, context), source: part.text }];
    }
    case 'BraceExpansion':
      return braceParts(part, context, quoting, braces);
  }
}

/** Text with its escapes removed. An escape at its start is kept apart, for `\~` is not a home folder. */
function literalParts(text: string, value: string): readonly WordPart[] {
  if (!text.startsWith('\\~')) return [{ type: 'literal', value }];
  const rest = value.slice(1);
  return [
    { type: 'quoted', value: value.slice(0, 1) },
    ...(rest === '' ? [] : [{ type: 'literal' as const, value: rest }]),
  ];
}

function doublePart(parts: readonly ParsedPart[], context: Context, quoting: Quoting): WordPart {
  const inner = quoting === 'arithmetic' || quoting === 'subscript' ? 'arithmetic' : 'double';
  return { type: 'double', parts: context.tree.budget.nested(() => adaptParts(parts, context, inner, false)) };
}

function globPart(
  text: string,
  parts: readonly ParsedPart[] | undefined,
  at: { readonly pos: number; readonly end: number },
  context: Context,
  quoting: Quoting,
): WordPart {
  if (parts === undefined) context.ledger.mark(at.pos, at.end, literalReading[quoting]);
  const inner = parts === undefined ? [] : context.tree.budget.nested(() => adaptParts(parts, context, quoting, false));
  if (quoting === 'double' && inner.every((part) => part.type === 'literal')) return { type: 'literal', value: text };
  const isPlain = inner.every((part) => part.type === 'literal' || part.type === 'quoted');
  const word: WordNode = { type: 'word', parts: inner, span: spanOf(at, context), source: text };
  return { type: 'glob', value: text, words: isPlain ? [] : [word] };
}

/** A brace expansion; where bash does not expand braces, its text with what is expanded in it. */
function braceParts(
  part: ParsedPart & { readonly type: 'BraceExpansion' },
  context: Context,
  quoting: Quoting,
  braces: boolean,
): readonly WordPart[] {
  const items = braceItems(part, context, quoting);
  if (braces) return partsOfItems(items, context);
  return items.map((item) => (item.type === 'part' ? item.part : { type: 'literal', value: item.value }));
}

function braceItems(
  part: ParsedPart & { readonly type: 'BraceExpansion' },
  context: Context,
  quoting: Quoting,
): BraceItem[] {
  const { parts } = part;
  if (parts === undefined) {
    context.ledger.mark(part.pos, part.end, literalReading[quoting]);
    return characterItems(part.text, part.pos);
  }
  const inner = context.tree.budget.nested(() =>
    parts.flatMap((child): BraceItem[] => {
      const adapted = adaptPart(child, context, quoting, false);
      if (child.type === 'Literal') return characterItems(child.text, child.pos);
      return adapted.map((own) => ({ type: 'part', part: own, pos: child.pos, end: child.end }));
    }),
  );
  return [...characterItems('{', part.pos), ...inner, ...characterItems('}', part.end - 1)];
}

function simpleParameter(text: string): ParameterPart {
  const name = text.slice(1).replaceAll('\\\n', '');
  return { type: 'parameter', name, prefix: undefined, index: undefined, operation: undefined, source: text };
}

function parameterPart(part: ParameterExpansionPart, context: Context, quoting: Quoting): ParameterPart {
  const { index } = part;
  return context.tree.budget.nested(() => ({
    type: 'parameter',
    name: part.parameter,
    prefix: part.prefix,
    index: index === undefined ? undefined : adaptWord(index, context, { quoting: 'arithmetic' }),
    operation: adaptOperation(part, context, quoting),
    source: part.text,
  }));
}

function adaptOperation(
  part: ParameterExpansionPart,
  context: Context,
  quoting: Quoting,
): ParameterOperation | undefined {
  const { operation } = part;
  const word = (own: ParsedWord) => adaptWord(own, context, { quoting });
  const pattern = (own: ParsedWord) => adaptWord(own, context, { quoting: quoting === 'double' ? 'pattern' : quoting });
  const expression = (own: ParsedWord) => adaptWord(own, context, { quoting: 'arithmetic' });
  switch (operation?.type) {
    case undefined:
      return undefined;
    case 'Default':
      return { type: 'default', operator: operation.operator, word: word(operation.operand) };
    case 'Remove':
      return { type: 'remove', operator: operation.operator, pattern: pattern(operation.operand) };
    case 'Replace':
      return {
        type: 'replace',
        operator: operation.operator,
        pattern: pattern(operation.pattern),
        replacement: word(operation.replacement),
      };
    case 'Slice': {
      const length = operation.length === undefined ? undefined : expression(operation.length);
      return { type: 'slice', offset: expression(operation.offset), length };
    }
    case 'CaseModification':
      return {
        type: 'other',
        operator: operation.operator,
        words: operation.operand === undefined ? [] : [pattern(operation.operand)],
      };
    case 'Transform':
      return {
        type: 'other',
        operator: `${operation.operator}${operation.operand.text}`,
        words: [word(operation.operand)],
      };
    case 'Names':
    case 'Unknown':
      return { type: 'other', operator: operation.operator, words: [] };
  }
}

/** The words of an expression that hold expansions. Walked with a list of its own: operators chain without bound. */
export function adaptArithmetic(expression: ArithmeticExpression | undefined, context: Context): readonly WordNode[] {
  const words: WordNode[] = [];
  const open: ArithmeticExpression[] = expression === undefined ? [] : [expression];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    context.tree.budget.node();
    if (node.type === 'ArithmeticBinary') open.push(node.right, node.left);
    else if (node.type === 'ArithmeticUnary') open.push(node.operand);
    else if (node.type === 'ArithmeticTernary') open.push(node.alternate, node.consequent, node.test);
    else if (node.type === 'ArithmeticGroup') open.push(node.expression);
    else words.push(...arithmeticLeaf(node, context));
  }
  return words;
}

function arithmeticLeaf(
  node: ArithmeticExpression & { readonly type: 'ArithmeticWord' | 'ArithmeticCommandExpansion' },
  context: Context,
): readonly WordNode[] {
  const span = spanOf(node, context);
  if (node.type === 'ArithmeticCommandExpansion') {
    const script = context.tree.budget.nested(() => context.adaptNested(node.script, node.pos, node.end, context));
    return [{ type: 'word', parts: [{ type: 'command', script, source: node.text }], span, source: node.text }];
  }
  const { parts } = node;
  if (parts === undefined) return [];
  const adapted = context.tree.budget.nested(() => adaptParts(parts, context, 'arithmetic', false));
  return [{ type: 'word', parts: adapted, span, source: node.value }];
}

/** `name=value`, `name[index]+=value`, `name=(a b)`. */
export function adaptAssignment(assignment: Assignment, context: Context): AssignmentNode {
  const { budget } = context.tree;
  budget.node();
  context.ledger.mark(assignment.pos, assignment.end, 'code');
  const { index, value } = assignment;
  return {
    type: 'assignment',
    name: assignment.name,
    append: assignment.append === true,
    index: index === undefined ? undefined : adaptWord(index, context, { quoting: 'arithmetic' }),
    value:
      value.type === 'Word' ? adaptWord(value, context) : { type: 'array', elements: adaptElements(value, context) },
    span: spanOf(assignment, context),
  };
}

function adaptElements(array: ArrayValue, context: Context): readonly WordNode[] {
  context.tree.budget.reread(context.text, array.pos, array.end);
  context.ledger.mark(array.pos + 1, array.end - 1, 'gap');
  return array.elements.map((element) => {
    const quoting = element.text.startsWith('[') ? 'subscript' : 'plain';
    return adaptWord(element, context, { quoting, braces: true });
  });
}

// Commands: the parser's statements and compound commands as guard's own.
import type {
  AndOr,
  ArithmeticExpression,
  CompoundList,
  Command as ParsedCommand,
  CommandNode as ParsedNode,
  Statement as ParsedStatement,
  Word as ParsedWord,
  Pipeline,
  TestExpression,
} from 'unbash';
import type { AssignmentNode, CommandNode, Statement, WordNode } from '../model/script.ts';
import { type Context, spanOf } from './context.ts';
import { adaptRedirections } from './redirections.ts';
import { adaptArithmetic, adaptAssignment, adaptWord } from './words.ts';

export const adaptStatements = (statements: readonly ParsedStatement[], context: Context): readonly Statement[] =>
  context.tree.budget.nested(() =>
    statements.map((statement) => ({
      command: adaptCommand(statement.command, context),
      background: statement.background === true,
    })),
  );

const adaptList = (list: CompoundList | undefined, context: Context): readonly Statement[] =>
  list === undefined ? [] : adaptStatements(list.commands, context);

function adaptCommand(node: ParsedNode | Pipeline | AndOr | CompoundList, context: Context): CommandNode {
  const { budget } = context.tree;
  budget.node();
  const list = (own: CompoundList | undefined) => adaptList(own, context);
  const word = (own: ParsedWord) => adaptWord(own, context);
  switch (node.type) {
    case 'Command':
      return adaptSimple(node, context);
    case 'Pipeline':
      return adaptPipeline(node, context);
    case 'AndOr':
      return {
        type: 'and-or',
        commands: node.commands.map((command) => adaptCommand(command, context)),
        operators: node.operators,
      };
    case 'Redirected':
      return {
        type: 'redirected',
        command: adaptCommand(node.command, context),
        redirections: adaptRedirections(node.redirects, context),
      };
    case 'Subshell':
      return { type: 'subshell', body: list(node.body) };
    case 'BraceGroup':
      return { type: 'group', body: list(node.body) };
    case 'CompoundList':
      return { type: 'group', body: list(node) };
    case 'If':
      return {
        type: 'if',
        branches: [node, ...node.elif].map((branch) => ({ condition: list(branch.clause), body: list(branch.then) })),
        otherwise: list(node.else),
      };
    case 'For':
    case 'Select':
      return {
        type: 'for',
        name: node.name.text,
        words: node.wordlist?.map((own) => adaptWord(own, context, { braces: true })),
        body: list(node.body),
      };
    case 'ArithmeticFor': {
      const clauses = [node.initialize, node.test, node.update];
      return {
        type: 'arithmetic-for',
        expressions: clauses.flatMap((own) => adaptClause(own, context)),
        source: clauses.map((own) => (own === undefined ? '' : context.text.slice(own.pos, own.end))).join('; '),
        body: list(node.body),
      };
    }
    case 'While':
      return { type: 'while', until: node.kind === 'until', condition: list(node.clause), body: list(node.body) };
    case 'Case':
      return {
        type: 'case',
        word: word(node.word),
        arms: node.items.map((item) => ({ patterns: item.pattern.map(word), body: list(item.body) })),
      };
    case 'Function':
      return { type: 'function', name: node.name.text, body: budget.nested(() => adaptCommand(node.body, context)) };
    case 'Coproc':
      return { type: 'coproc', name: node.name?.text, body: budget.nested(() => adaptCommand(node.body, context)) };
    case 'TestCommand':
      return { type: 'test', words: adaptTest(node.expression, context) };
    case 'ArithmeticCommand':
      budget.reread(context.text, node.pos, node.end);
      context.ledger.mark(node.pos, node.end, 'arithmetic');
      return {
        type: 'arithmetic',
        words: adaptArithmetic(node.expression, context),
        source: context.text.slice(node.pos, node.end),
      };
  }
}

/** `time` and `!` in front, `|` and `|&` between. A single command under `time` alone stands for itself. */
function adaptPipeline(node: Pipeline, context: Context): CommandNode {
  const commands = node.commands.map((command) => adaptCommand(command, context));
  const negations = node.prefixes.filter((prefix) => prefix.type === 'Negation').length;
  const [only] = commands;
  if (only !== undefined && commands.length === 1 && negations === 0) return only;
  return { type: 'pipeline', commands, negated: negations % 2 === 1 };
}

/** One clause of `for ((...; ...; ...))`. */
function adaptClause(expression: ArithmeticExpression | undefined, context: Context): readonly WordNode[] {
  if (expression === undefined) return [];
  context.ledger.mark(expression.pos, expression.end, 'arithmetic');
  return adaptArithmetic(expression, context);
}

/** Builtins that evaluate their words once more, as expressions or as names with a subscript. */
const evaluating = new Set(['let', 'unset', 'declare', 'typeset', 'local', 'readonly', 'export', 'read']);
/** Builtins that do so with the word behind `-v`. */
const evaluatingOption = new Set(['test', '[', 'printf']);

function adaptSimple(node: ParsedCommand, context: Context): CommandNode {
  const name = builtinName(node.name);
  const isEvaluated = (at: number): boolean =>
    evaluating.has(name) || (evaluatingOption.has(name) && node.args[at - 1]?.text === '-v');
  const assignments = node.prefix.flatMap((item) => (item.type === 'Assignment' ? adaptAssignment(item, context) : []));
  const first = node.name === undefined ? [] : [adaptWord(node.name, context, { braces: true })];
  const rest = node.args.map((item, at) =>
    item.type === 'Assignment'
      ? adaptAssignment(item, context)
      : adaptWord(item, context, { quoting: isEvaluated(at) ? 'subscript' : 'plain', braces: true }),
  );
  return {
    type: 'simple',
    assignments,
    words: glued([...first, ...rest]),
    redirections: adaptRedirections(node.redirects, context),
    span: spanOf(node, context),
  };
}

/** The parser ends a word at a process substitution (`--file=<(...)`), where bash goes on: what touches is one word. */
function glued(words: readonly (WordNode | AssignmentNode)[]): (WordNode | AssignmentNode)[] {
  const result: (WordNode | AssignmentNode)[] = [];
  for (const word of words) {
    const last = result.at(-1);
    if (last?.type === 'word' && word.type === 'word' && last.span.end === word.span.start) {
      const span = { start: last.span.start, end: word.span.end };
      result[result.length - 1] = {
        type: 'word',
        parts: [...last.parts, ...word.parts],
        span,
        source: last.source + word.source,
      };
    } else result.push(word);
  }
  return result;
}

/** The text of a short name; reading a long one costs something and none of them is a builtin. */
const builtinName = (name: ParsedWord | undefined): string =>
  name !== undefined && name.text.length < 64 ? name.value : '';

/** Operators of `[[ ]]` that evaluate their words as expressions or as names with a subscript. */
const evaluatingTests = new Set(['-eq', '-ne', '-lt', '-le', '-gt', '-ge', '-v', '-R']);

/** The words of `[[ ... ]]`, walked with a list of its own: operands chain without bound. */
function adaptTest(expression: TestExpression, context: Context): readonly WordNode[] {
  const words: WordNode[] = [];
  const open: TestExpression[] = [expression];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    context.tree.budget.node();
    if (node.type === 'TestLogical') for (const operand of node.operands.toReversed()) open.push(operand);
    else if (node.type === 'TestNot') open.push(node.operand);
    else if (node.type === 'TestGroup') open.push(node.expression);
    else {
      const quoting = evaluatingTests.has(node.operator) ? 'arithmetic' : 'plain';
      const operands = node.type === 'TestUnary' ? [node.operand] : [node.left, node.right];
      words.push(...operands.map((operand) => adaptWord(operand, context, { quoting })));
    }
  }
  return words;
}

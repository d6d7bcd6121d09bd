// Control flow: statements, branches, loops, rescue, and what ends them.
import * as nodes from '@ruby/prism/src/nodes.js';
import { list, unknown, type Value } from '../value.ts';
import { on } from './handler.ts';
import type { Ruby } from './interpreter.ts';
import { eachOf } from './iteration.ts';
import { itemsOf } from './literals.ts';
import { type Frame, nil, truthOf } from './model.ts';
import { assignTo } from './variables.ts';

/** Statements up to the one behind which nothing runs. */
function statements(node: nodes.StatementsNode, frame: Frame, ruby: Ruby): Value {
  let value = nil;
  for (const statement of node.body) {
    value = ruby.evaluate(statement, frame);
    if (frame.ended) break;
  }
  return value;
}

type Part = nodes.Node | null;

/** Reads what a condition chooses: the part that is certain, or both. */
function choose(node: nodes.Node, condition: Value, then: Part, otherwise: Part, frame: Frame, ruby: Ruby): Value {
  const truth = truthOf(condition);
  if (truth !== undefined) return ruby.evaluate(truth ? then : otherwise, frame);
  const runs = [() => ruby.evaluate(then, frame), () => ruby.evaluate(otherwise, frame)];
  return ruby.either(frame, runs, false, ruby.source.show(node));
}

/** `a && b`, `a || b`. */
function either(node: nodes.AndNode | nodes.OrNode, or: boolean, frame: Frame, ruby: Ruby): Value {
  const left = ruby.evaluate(node.left, frame);
  const truth = truthOf(left);
  if (truth === or) return left;
  if (truth === !or) return ruby.evaluate(node.right, frame);
  const source = ruby.source.show(node);
  const right = () => ruby.evaluate(node.right, frame);
  const result = ruby.either(frame, [right, () => left], false, source);
  return result.kind === 'unknown' && left.kind === 'unknown' ? { ...result, source: left.source } : result;
}

/** A loop of which it is not known how often it runs is read once, and may not run at all. */
function loop(node: nodes.WhileNode | nodes.UntilNode, frame: Frame, ruby: Ruby): Value {
  const condition = ruby.evaluate(node.predicate, frame);
  if (truthOf(condition) === node instanceof nodes.UntilNode && !node.isBeginModifier()) return nil;
  ruby.repeating(() => ruby.either(frame, [() => ruby.evaluate(node.statements, frame)], true, 'loop'));
  return nil;
}

function caseOf(node: nodes.CaseNode | nodes.CaseMatchNode, frame: Frame, ruby: Ruby): Value {
  ruby.evaluate(node.predicate, frame);
  const runs = node.conditions.map((condition) => () => {
    if (condition instanceof nodes.WhenNode) {
      for (const each of condition.conditions) ruby.evaluate(each, frame);
      return ruby.evaluate(condition.statements, frame);
    }
    return condition instanceof nodes.InNode ? ruby.evaluate(condition.statements, frame) : nil;
  });
  return ruby.either(frame, [...runs, () => ruby.evaluate(node.elseClause, frame)], false, ruby.source.show(node));
}

function begin(node: nodes.BeginNode, frame: Frame, ruby: Ruby): Value {
  const source = ruby.source.show(node);
  let value = ruby.evaluate(node.statements, frame);
  const rescues: (() => Value)[] = [];
  for (let clause = node.rescueClause; clause !== null; clause = clause.subsequent) {
    const { reference, statements: body } = clause;
    rescues.push(() => {
      assignTo(reference, unknown('$error'), frame, ruby);
      return ruby.evaluate(body, frame);
    });
  }
  if (rescues.length > 0) {
    const { ended } = frame;
    const rescued = ruby.either(frame, [() => value, ...rescues], false, source);
    // What raises in the body may be caught: then the code behind it does run.
    frame.ended = ended && frame.ended;
    value = rescued;
  }
  if (!frame.ended && node.elseClause !== null) value = ruby.evaluate(node.elseClause, frame);
  if (node.ensureClause !== null) {
    const { ended } = frame;
    frame.ended = false;
    ruby.evaluate(node.ensureClause.statements, frame);
    frame.ended ||= ended;
  }
  return value;
}

/** `return`, `next`, `break` with what they give. */
function leave(node: { readonly arguments_: nodes.ArgumentsNode | null }, frame: Frame, ruby: Ruby): Value {
  const given = node.arguments_?.arguments_ ?? [];
  const value =
    given.length === 0 ? nil : given.length === 1 ? ruby.evaluate(given[0], frame) : itemsOf(given, frame, ruby);
  frame.returns.push(value);
  frame.ended = true;
  return value;
}

export const controlHandlers = [
  on(nodes.ProgramNode, (node, frame, ruby) => ruby.evaluate(node.statements, frame)),
  on(nodes.StatementsNode, statements),
  on(nodes.ElseNode, (node, frame, ruby) => ruby.evaluate(node.statements, frame)),
  on(nodes.IfNode, (node, frame, ruby) =>
    choose(node, ruby.evaluate(node.predicate, frame), node.statements, node.subsequent, frame, ruby),
  ),
  on(nodes.UnlessNode, (node, frame, ruby) =>
    choose(node, ruby.evaluate(node.predicate, frame), node.elseClause, node.statements, frame, ruby),
  ),
  on(nodes.AndNode, (node, frame, ruby) => either(node, false, frame, ruby)),
  on(nodes.OrNode, (node, frame, ruby) => either(node, true, frame, ruby)),
  on(nodes.WhileNode, loop),
  on(nodes.UntilNode, loop),
  on(nodes.ForNode, (node, frame, ruby) => {
    const collection = ruby.evaluate(node.collection, frame);
    eachOf(
      collection,
      ruby,
      (item) => {
        assignTo(node.index, item, frame, ruby);
        const value = ruby.evaluate(node.statements, frame);
        frame.ended = false;
        return value;
      },
      frame,
    );
    return collection;
  }),
  on(nodes.CaseNode, caseOf),
  on(nodes.CaseMatchNode, caseOf),
  on(nodes.BeginNode, begin),
  on(nodes.RescueModifierNode, (node, frame, ruby) => {
    const value = ruby.evaluate(node.expression, frame);
    const ended = frame.ended;
    frame.ended = false;
    const result = ruby.either(frame, [() => ruby.evaluate(node.rescueExpression, frame)], true, 'rescue');
    return ended ? result : value;
  }),
  on(nodes.ReturnNode, leave),
  on(nodes.NextNode, leave),
  on(nodes.BreakNode, leave),
  on(nodes.RedoNode, () => nil),
  on(nodes.RetryNode, () => nil),
  on(nodes.PreExecutionNode, (node, frame, ruby) => ruby.evaluate(node.statements, frame)),
  on(nodes.PostExecutionNode, (node, frame, ruby) => ruby.evaluate(node.statements, frame)),
  on(nodes.DefinedNode, (node, _frame, ruby) => ruby.unknown(node)),
  on(nodes.SplatNode, (node, frame, ruby) => {
    const value = ruby.evaluate(node.expression, frame);
    return value.kind === 'list' ? value : list([value], false);
  }),
];

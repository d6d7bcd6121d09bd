// Redirections, here-documents and here-strings.
import type { HereDoc, WordPart as ParsedPart, Redirection } from 'unbash';
import type { RedirectionNode, WordNode, WordPart } from '../model/script.ts';
import { type Context, spanOf } from './context.ts';
import { adaptParts, adaptWord } from './words.ts';

export const adaptRedirections = (redirections: readonly Redirection[], context: Context): readonly RedirectionNode[] =>
  redirections.flatMap((redirection) => adaptRedirection(redirection, context) ?? []);

/** Undefined where the target is missing; the parser reports that as an error of its own. */
function adaptRedirection(redirection: Redirection, context: Context): RedirectionNode | undefined {
  context.tree.budget.node();
  const descriptor = redirection.descriptor?.type === 'FileDescriptor' ? redirection.descriptor.value : undefined;
  const named =
    redirection.descriptor?.type === 'FileDescriptorVariable' ? { variable: redirection.descriptor.name } : {};
  if (redirection.type === 'HereDoc') {
    const quoted = redirection.delimiter?.quoted === true;
    return { type: 'heredoc', descriptor, ...named, body: heredocBody(redirection, quoted, context), quoted };
  }
  if (redirection.target === undefined) return undefined;
  const target = adaptWord(redirection.target, context);
  if (redirection.type === 'HereString') return { type: 'herestring', descriptor, ...named, body: target };
  const { operator } = redirection;
  if (operator !== '<&' && operator !== '>&') return { type: 'file', operator, descriptor, ...named, target };
  if (operator === '>&' && redirection.descriptor === undefined && namesFile(target)) {
    return { type: 'file', operator: '&>', descriptor, target };
  }
  return { type: 'duplicate', operator, descriptor, ...named, target };
}

/** `>&name` writes a file, `>&2`, `>&-` and `>&2-` do not (bash manual, "Redirecting Standard Output and Standard Error"). */
function namesFile(target: WordNode): boolean {
  const isKnown = target.parts.every((part) => part.type === 'literal' || part.type === 'quoted');
  return isKnown && !/^(?:\d*-?)$/.test(target.source);
}

function heredocBody(heredoc: HereDoc, quoted: boolean, context: Context): WordNode {
  const { body } = heredoc;
  const stripsTabs = heredoc.operator === '<<-';
  context.ledger.mark(body.pos, body.end, quoted ? 'literal' : 'double');
  const node = { type: 'word', span: spanOf(body, context), source: body.text } as const;
  if (quoted) {
    const value = stripsTabs ? stripTabs(body.text, true) : body.text;
    return { ...node, parts: value === '' ? [] : [{ type: 'quoted', value }] };
  }
  context.tree.budget.reread(context.text, body.pos, body.end);
  const parts = heredocParts(body.parts, body.text, context);
  return { ...node, parts: stripsTabs ? stripTabsOfParts(parts) : parts };
}

function heredocParts(parts: readonly ParsedPart[] | undefined, text: string, context: Context): readonly WordPart[] {
  if (parts !== undefined) return context.tree.budget.nested(() => adaptParts(parts, context, 'double', false));
  return text === '' ? [] : [{ type: 'literal', value: unescapeHeredoc(text) }];
}

/** The escapes that bash removes in a here-document: before `$`, backtick, backslash and newline. */
const unescapeHeredoc = (text: string): string =>
  text.includes('\\') ? text.replace(/\\([$`\\\n])/g, (_, escaped: string) => (escaped === '\n' ? '' : escaped)) : text;

const stripTabs = (text: string, atLineStart: boolean): string =>
  (atLineStart ? text.replace(/^\t+/, '') : text).replace(/\n\t+/g, '\n');

/** `<<-` takes leading tabs away line by line, before expansions are filled in. */
function stripTabsOfParts(parts: readonly WordPart[]): readonly WordPart[] {
  let atLineStart = true;
  return parts.map((part): WordPart => {
    if (part.type !== 'literal') {
      atLineStart = false;
      return part;
    }
    const value = stripTabs(part.value, atLineStart);
    atLineStart = value === '' ? atLineStart : value.endsWith('\n');
    return { type: 'literal', value };
  });
}

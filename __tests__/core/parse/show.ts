// Prints a syntax tree as the commands in it, so that a whole tree fits into one line of a table.
import type {
  AssignmentNode,
  CommandNode,
  ParameterPart,
  RedirectionNode,
  Script,
  Statement,
  WordNode,
  WordPart,
} from '../../../src/core/model/script.ts';

/** Every simple command of a script, those of nested scripts behind the command that holds them. */
export function commandsOf(script: Script): readonly string[] {
  const printer = new Printer();
  printer.statements(script.statements);
  return printer.lines;
}

/** What a script says about the commands that could run: their names, and `*` where a name is not known. */
export function namesOf(script: Script): ReadonlySet<string> {
  const printer = new Printer();
  printer.statements(script.statements);
  return printer.names;
}

/** A word in one line: `[..]` around quoted text, `"..."` around double quotes, `$name`, `$()`, `<()`, `{a|b}`, `*:pattern`. */
class Printer {
  readonly lines: string[] = [];
  readonly names = new Set<string>();
  #nested: Script[] = [];

  statements(statements: readonly Statement[]): void {
    for (const { command } of statements) this.command(command);
  }

  command(node: CommandNode): void {
    switch (node.type) {
      case 'simple': {
        const [first] = node.words;
        if (first?.type === 'word') this.names.add(isStatic(first.parts) ? textOf(first.parts) : '*');
        const items = [
          ...node.assignments.map((own) => this.assignment(own)),
          ...node.words.map((own) => (own.type === 'word' ? this.word(own) : this.assignment(own))),
          ...node.redirections.map((own) => this.redirection(own)),
        ];
        this.#line(items.join(' '));
        return;
      }
      case 'pipeline':
      case 'and-or':
        for (const own of node.commands) this.command(own);
        return;
      case 'subshell':
      case 'group':
        this.statements(node.body);
        return;
      case 'if':
        for (const { condition, body } of node.branches) {
          this.statements(condition);
          this.statements(body);
        }
        this.statements(node.otherwise);
        return;
      case 'for':
        this.#words('for', node.words ?? []);
        this.statements(node.body);
        return;
      case 'arithmetic-for':
        this.#words('for((', node.expressions);
        this.statements(node.body);
        return;
      case 'while':
        this.statements(node.condition);
        this.statements(node.body);
        return;
      case 'case':
        this.#words('case', [node.word, ...node.arms.flatMap((arm) => arm.patterns)]);
        for (const { body } of node.arms) this.statements(body);
        return;
      case 'function':
        this.#line(`${node.name}()`);
        this.command(node.body);
        return;
      case 'coproc':
        this.command(node.body);
        return;
      case 'test':
        this.#words('[[', node.words);
        return;
      case 'arithmetic':
        this.#words('((', node.words);
        return;
      case 'redirected':
        this.command(node.command);
        this.#line(node.redirections.map((own) => this.redirection(own)).join(' '));
        return;
    }
  }

  word(word: WordNode): string {
    return word.parts.length === 0 ? '[]' : word.parts.map((part) => this.#part(part)).join('');
  }

  assignment(node: AssignmentNode): string {
    const index = node.index === undefined ? '' : `[${this.word(node.index)}]`;
    const value =
      node.value.type === 'word'
        ? node.value.parts.map((part) => this.#part(part)).join('')
        : `(${node.value.elements.map((own) => this.word(own)).join(' ')})`;
    return `${node.name}${index}${node.append ? '+=' : '='}${value}`;
  }

  redirection(node: RedirectionNode): string {
    const descriptor = node.descriptor ?? '';
    if (node.type === 'heredoc') return `${descriptor}<<${node.quoted ? 'quoted ' : ''}${this.word(node.body)}`;
    if (node.type === 'herestring') return `${descriptor}<<<${this.word(node.body)}`;
    return `${descriptor}${node.operator}${this.word(node.target)}`;
  }

  #words(label: string, words: readonly WordNode[]): void {
    this.#line([label, ...words.map((own) => this.word(own))].join(' '));
  }

  #line(line: string): void {
    this.lines.push(line);
    const nested = this.#nested;
    this.#nested = [];
    for (const script of nested) this.statements(script.statements);
  }

  #part(part: WordPart): string {
    switch (part.type) {
      case 'literal':
        return part.value;
      case 'quoted':
        return `[${part.value}]`;
      case 'double':
        return `"${part.parts.map((own) => this.#part(own)).join('')}"`;
      case 'parameter':
        return this.#parameter(part);
      case 'command':
        this.#nested.push(part.script);
        return '$()';
      case 'process':
        this.#nested.push(part.script);
        return `${part.direction}()`;
      case 'arithmetic':
        return `$((${part.words.map((own) => this.word(own)).join(' ')}))`;
      case 'glob':
        return `*:${part.value}${part.words.map((own) => this.word(own)).join(' ')}`;
      case 'brace':
        return `{${part.alternatives?.map((own) => own.parts.map((inner) => this.#part(inner)).join('')).join('|') ?? '?'}}`;
    }
  }

  #parameter(part: ParameterPart): string {
    const { operation } = part;
    const index = part.index === undefined ? '' : `[${this.word(part.index)}]`;
    const name = `${part.prefix ?? ''}${part.name}${index}`;
    switch (operation?.type) {
      case undefined:
        return name.length === part.name.length ? `$${name}` : `\${${name}}`;
      case 'default':
        return `\${${name}${operation.operator}${this.word(operation.word)}}`;
      case 'remove':
        return `\${${name}${operation.operator}${this.word(operation.pattern)}}`;
      case 'replace':
        return `\${${name}${operation.operator}${this.word(operation.pattern)}/${this.word(operation.replacement)}}`;
      case 'slice':
        return `\${${name}:${this.word(operation.offset)}${operation.length === undefined ? '' : `:${this.word(operation.length)}`}}`;
      case 'other':
        return `\${${name}${operation.operator}${operation.words.map((own) => this.word(own)).join(' ')}}`;
    }
  }
}

const isStatic = (parts: readonly WordPart[]): boolean =>
  parts.every(
    (part) => part.type === 'literal' || part.type === 'quoted' || (part.type === 'double' && isStatic(part.parts)),
  );

const textOf = (parts: readonly WordPart[]): string =>
  parts.map((part) => (part.type === 'double' ? textOf(part.parts) : 'value' in part ? part.value : '')).join('');

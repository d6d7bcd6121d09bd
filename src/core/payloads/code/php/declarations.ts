// Declarations: functions, classes and imports. What is only declared does nothing.

import type { Php } from './interpreter.ts';
import { Frame, none, PhpClass, type Routine } from './model.ts';
import { childOf, type Node, partsOf, textOfNode } from './syntax.ts';

/** Notes what a statement declares, before anything runs. */
export function declare(node: Node, php: Php): void {
  switch (node.name) {
    case 'FunctionDefinition': {
      const name = textOfNode(childOf(node, 'Name') ?? node);
      php.functions.set(name.toLowerCase(), routineOf(name, node, undefined, php));
      return;
    }
    case 'ClassDeclaration':
    case 'TraitDeclaration':
    case 'EnumDeclaration':
      declareClass(node, textOfNode(childOf(node, 'Name') ?? node), php);
      return;
    case 'NamespaceUseDeclaration':
      imports(node, php);
      return;
    case 'NamespaceDefinition':
    case 'Block':
      for (const child of node.children) declare(child, php);
  }
}

const routineOf = (name: string, node: Node, owner: PhpClass | undefined, php: Php): Routine => ({
  name,
  node,
  file: php.file,
  owner,
  kept: undefined,
  self: undefined,
});

/** `use A\B as C;`, `use A\{B, C};`. */
function imports(node: Node, php: Php): void {
  const text = textOfNode(node)
    .replace(/^use\s+(?:function\s+|const\s+)?/i, '')
    .replace(/;\s*$/, '');
  const group = /^([^{]*)\\\s*\{([^}]*)\}/.exec(text);
  const clauses =
    group === null ? text.split(',') : (group[2] ?? '').split(',').map((each) => `${group[1]}\\${each.trim()}`);
  for (const clause of clauses) {
    const [path = '', alias] = clause
      .trim()
      .replace(/^\\/, '')
      .split(/\s+as\s+/i);
    const name = alias ?? path.slice(path.lastIndexOf('\\') + 1);
    if (name !== '') php.file.aliases.set(name.trim().toLowerCase(), path.trim());
  }
}

/** A class with its methods; values of properties are read, code is not. */
export function declareClass(node: Node, name: string, php: Php): PhpClass {
  const base = childOf(childOf(node, 'BaseClause'), 'Name', 'QualifiedName');
  const parentName = base === undefined ? undefined : php.qualified(textOfNode(base));
  const parent = parentName === undefined ? undefined : (php.classes.get(parentName.toLowerCase()) ?? parentName);
  const declared = new PhpClass(name, parent);
  php.classes.set(name.toLowerCase(), declared);
  for (const member of childOf(node, 'DeclarationList', 'EnumBody')?.children ?? [])
    declareMember(member, declared, php);
  return declared;
}

function declareMember(member: Node, declared: PhpClass, php: Php): void {
  if (member.name === 'MethodDeclaration') {
    const name = textOfNode(childOf(member, 'Name') ?? member);
    declared.methods.set(name.toLowerCase(), routineOf(name, member, declared, php));
  } else if (member.name === 'PropertyDeclaration' || member.name === 'ConstDeclaration') {
    const isStatic = member.name === 'ConstDeclaration' || childOf(member, 'static') !== undefined;
    for (const each of member.children.filter((child) => child.name === 'VariableDeclarator')) {
      const [target, initial] = partsOf(each);
      if (target === undefined) continue;
      const value = php.evaluate(initial, new Frame({ owner: declared }));
      (isStatic ? declared.statics : declared.properties).set(
        textOfNode(target).replace(/^\$/, ''),
        initial === undefined ? none : value,
      );
    }
  } else if (member.name === 'UseDeclaration') {
    for (const each of member.children.filter((child) => child.name === 'Name' || child.name === 'QualifiedName')) {
      const used = php.classes.get(php.qualified(textOfNode(each)).toLowerCase());
      if (used !== undefined) declared.traits.push(used);
    }
  }
}

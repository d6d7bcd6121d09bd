// Classes: which one a name, a variable or a keyword stands for.
import type { Php } from './interpreter.ts';
import { type Frame, literal, objectOf, PhpClass, PhpInstance } from './model.ts';
import { type Node, textOfNode } from './syntax.ts';

/** A class of the program, or the qualified name of one of a library. */
export function classNamed(node: Node, frame: Frame, php: Php): PhpClass | string | undefined {
  const name = textOfNode(node);
  const self = objectOf(frame.self);
  switch (name.toLowerCase()) {
    case 'self':
      return frame.owner;
    case 'static':
      return self instanceof PhpInstance ? self.of : frame.owner;
    case 'parent':
      return frame.owner?.parent;
  }
  if (node.name !== 'Name' && node.name !== 'QualifiedName') {
    const value = php.evaluate(node, frame);
    const object = objectOf(value);
    if (object instanceof PhpInstance) return object.of;
    if (object instanceof PhpClass) return object;
    const known = literal(value);
    if (known !== undefined) return classCalled(known, php);
    return value.kind === 'name' ? value.name.replace(/\(\)$/, '') : undefined;
  }
  return classCalled(php.qualified(name), php);
}

function classCalled(qualified: string, php: Php): PhpClass | string {
  const bare = qualified.replace(/^\\/, '');
  const short = bare.slice(bare.lastIndexOf('\\') + 1);
  return php.classes.get(bare.toLowerCase()) ?? php.classes.get(short.toLowerCase()) ?? bare;
}

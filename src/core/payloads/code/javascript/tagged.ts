// Tagged templates: shell code of zx, execa and Bun, SQL, GraphQL documents, and texts that stand for themselves.
import { dynamicWord, joinWords, staticWord, textOf, type Word } from '../../../model/word.ts';
import { type Arguments, concat, list, text, unknown, type Value, wordOf } from '../value.ts';
import { recordSql } from './apis/databases.ts';
import { recordShellText } from './apis/processes.ts';
import { place, template } from './expressions.ts';
import { rootOf } from './names.ts';
import type { Run } from './run.ts';
import type { Scope } from './scope.ts';
import type { Node } from './tree.ts';

/** Tags whose templates are shell code. */
const shells =
  /^(\$|zx\.\$|execa\.\$|Bun\.\$|bun\.\$|dax(-sh)?\.(\$|default)|dax(-sh)?|\$|@webpod\/ps\.\$)((\.sync)|\(\))*$/;
/** Tags whose templates only become statements when something is called with them. */
const fragments = /^(drizzle-orm|kysely|@prisma\/client|slonik|@mikro-orm|sequelize|typeorm)/;
const documents = /(^|\.)(gql|graphql|html|css|dedent|outdent|stripIndent|String\.raw|raw)$/;

export function taggedTemplate(node: Node, scope: Scope, run: Run): Value {
  const [tag, literal] = node.parts;
  if (tag === undefined || literal === undefined) return unknown(node.text);
  const value = run.evaluate(tag, scope);
  const name = value.kind === 'name' ? value.name : tag.text;
  if (value.kind === 'function') return calledTag(value, literal, scope, run);
  if (shells.test(name) || (value.kind === 'unknown' && tag.text === '$')) {
    const code = template(literal, scope, run, quoted);
    place(node, run);
    recordShellText(code, value.kind === 'name' ? value.made : undefined, `${tag.text}\`...\``, run);
    return unknown(node.text);
  }
  const content = template(literal, scope, run, (each) => each);
  place(node, run);
  if (documents.test(name)) return content;
  const isFragment = value.kind === 'name' && fragments.test(rootOf(name)) && !/\$(execute|query)Raw/.test(name);
  if (!isFragment) recordSql(content, value, `${tag.text}\`...\``, run);
  return content;
}

/** A tag that the program defines: its pieces, and what is filled in. */
function calledTag(tag: Value, literal: Node, scope: Scope, run: Run): Value {
  const filled: Value[] = [];
  const whole = template(literal, scope, run, (each) => {
    filled.push(each);
    return each;
  });
  const call: Arguments = { positional: [list([whole]), ...filled], named: new Map() };
  return run.call(tag, call, 'tagged template');
}

/** What is filled into shell code is quoted by all of them; a list is several words. */
function quoted(value: Value): Value {
  if (value.kind === 'list') return concat(value.items.map(quoted), ' ');
  const word = wordOf(value);
  const known = textOf(word);
  if (known !== undefined) return text(/^[\w@%+=:,./-]+$/.test(known) ? known : `'${known.replaceAll("'", "'\\''")}'`);
  return text(escaped(word));
}

const escaped = (word: Word): Word =>
  word.kind === 'static'
    ? word
    : joinWords(
        word.known.map((piece) =>
          piece === null ? dynamicWord(word.source) : staticWord(piece.replace(/[^\w@%+=:,./-]/g, '\\$&')),
        ),
      );

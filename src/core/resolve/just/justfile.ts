// Justfiles: recipes, assignments, aliases and settings, read from the text.

interface Parameter {
  readonly name: string;
  /** `*` takes any number of words, `+` at least one. */
  readonly many: '' | '*' | '+';
  /** An expression. */
  readonly default: string | undefined;
  /** `$name`: commands see it as a variable. */
  readonly isExported: boolean;
}

interface Dependency {
  readonly name: string;
  /** Expressions, as they stand. */
  readonly args: string;
}

export interface Recipe {
  readonly name: string;
  readonly parameters: readonly Parameter[];
  readonly before: readonly Dependency[];
  /** Behind `&&`. */
  readonly after: readonly Dependency[];
  /** `private`, `no-cd`, `script`, `confirm`, with what stands in their brackets. */
  readonly attributes: ReadonlyMap<string, string>;
  readonly body: { readonly text: string; readonly line: number }[];
  readonly line: number;
}

export interface Assigned {
  readonly name: string;
  readonly expression: string;
  readonly isExported: boolean;
  readonly line: number;
}

export interface Justfile {
  readonly recipes: readonly Recipe[];
  readonly assignments: readonly Assigned[];
  readonly aliases: ReadonlyMap<string, string>;
  readonly settings: ReadonlyMap<string, string>;
  /** Paths behind `import`, in order. */
  readonly imports: readonly string[];
  /** `mod name 'path'`; the path is empty where the name says it. */
  readonly modules: ReadonlyMap<string, string>;
}

/** Reads a justfile; lines that make no sense are passed over. Source: the grammar of just. */
export function readJustfile(text: string): Justfile {
  const reader = new JustfileReader(text);
  reader.read();
  return reader;
}

const attribute = /^\[(.*)\]\s*$/;

class JustfileReader implements Justfile {
  readonly recipes: Recipe[] = [];
  readonly assignments: Assigned[] = [];
  readonly aliases = new Map<string, string>();
  readonly settings = new Map<string, string>();
  readonly imports: string[] = [];
  readonly modules = new Map<string, string>();
  readonly #lines: readonly string[];
  #at = 0;
  #attributes = new Map<string, string>();

  constructor(text: string) {
    this.#lines = text.replace(/^\uFEFF/, '').split(/\r?\n/);
  }

  read(): void {
    for (; this.#at < this.#lines.length; this.#at += 1) {
      const line = this.#lines[this.#at] ?? '';
      if (/^\s/.test(line) || line === '') this.#body(line);
      else if (!line.startsWith('#')) this.#item(line);
    }
  }

  #body(line: string): void {
    this.recipes.at(-1)?.body.push({ text: line, line: this.#at + 1 });
  }

  #item(start: string): void {
    const number = this.#at + 1;
    const attributes = attribute.exec(start)?.[1];
    if (attributes !== undefined) {
      for (const [, name = '', inner, value] of attributes.matchAll(/([a-z-]+)(?:\(([^)]*)\)|:\s*('[^']*'|"[^"]*"))?/g))
        this.#attributes.set(name, (inner ?? value ?? '').trim());
      return;
    }
    const line = this.#whole(start);
    const [, word = '', rest = ''] = /^@?([\w-]+\??)\s*([\s\S]*)$/.exec(line) ?? [];
    if (this.#directive(word, rest, line)) this.#attributes = new Map();
    else {
      const assigned = /^(?:(export)\s+)?([A-Za-z_][\w-]*)\s*:=\s*([\s\S]*)$/.exec(line);
      if (assigned !== null)
        this.assignments.push({
          name: assigned[2] ?? '',
          expression: assigned[3] ?? '',
          isExported: assigned[1] !== undefined,
          line: number,
        });
      else this.#recipe(line, number);
      this.#attributes = new Map();
    }
  }

  /** An item goes on over lines while a bracket or a long string is open, or a backslash ends the line. */
  #whole(start: string): string {
    let text = start;
    while (this.#at + 1 < this.#lines.length && isOpen(text)) {
      this.#at += 1;
      text = `${text.endsWith('\\') ? text.slice(0, -1) : text}\n${this.#lines[this.#at]}`;
    }
    return text;
  }

  #directive(word: string, rest: string, line: string): boolean {
    if (word === 'set' && !line.startsWith('set:')) {
      const [, name = '', value] = /^([\w-]+)\s*(?::=\s*([\s\S]*))?$/.exec(rest) ?? [];
      if (name === '') return false;
      this.settings.set(name, value?.trim() ?? 'true');
      return true;
    }
    if (word === 'alias' && rest.includes(':=')) {
      const [name = '', target = ''] = rest.split(':=').map((part) => part.trim());
      this.aliases.set(name, target.replace(/\s*#.*$/, ''));
      return true;
    }
    if (word === 'import' || word === 'import?') {
      const path = /^x?(['"]+)(.*?)\1/.exec(rest)?.[2];
      if (path !== undefined) this.imports.push(path);
      return path !== undefined;
    }
    if (word === 'mod' || word === 'mod?') {
      const [, name = '', , path] = /^([\w-]+)\s*(?:(['"])(.*?)\2)?\s*$/.exec(rest) ?? [];
      if (name !== '') this.modules.set(name, path ?? '');
      return name !== '';
    }
    return word === 'unexport';
  }

  #recipe(line: string, number: number): void {
    const colon = recipeColon(line);
    const match = /^@?([A-Za-z_][\w-]*)\s*([\s\S]*)$/.exec(line.slice(0, colon));
    if (colon < 0 || match === null) return;
    const [before = '', after = ''] = withoutComment(line.slice(colon + 1)).split('&&');
    this.recipes.push({
      name: match[1] ?? '',
      parameters: parametersIn(match[2] ?? ''),
      before: dependenciesIn(before),
      after: dependenciesIn(after),
      attributes: this.#attributes,
      body: [],
      line: number,
    });
  }
}

const strings = /'''[\s\S]*?'''|"""[\s\S]*?"""|```[\s\S]*?```|'[^']*'|"(?:[^"\\]|\\[\s\S])*"|`[^`]*`/g;

function isOpen(text: string): boolean {
  const bare = text.replace(strings, '');
  if (/'''|"""|```/.test(bare) || text.endsWith('\\')) return true;
  const code = bare.replace(/#.*$/gm, '');
  return (code.match(/[({[]/g)?.length ?? 0) > (code.match(/[)}\]]/g)?.length ?? 0);
}

/** The colon behind the parameters: none inside of a string. */
function recipeColon(line: string): number {
  const masked = line.replace(strings, (text) => ' '.repeat(text.length));
  return masked.search(/:(?!=)/);
}

const withoutComment = (text: string): string => {
  const masked = text.replace(strings, (each) => ' '.repeat(each.length));
  const at = masked.indexOf('#');
  return at < 0 ? text : text.slice(0, at);
};

const parameter =
  /([*+]?)(\$?)([A-Za-z_][\w-]*)(?:\s*=\s*('''[\s\S]*?'''|"""[\s\S]*?"""|'[^']*'|"(?:[^"\\]|\\[\s\S])*"|`[^`]*`|\([^()]*\)|[\w-]+(?:\([^()]*\))?))?/g;

const parametersIn = (text: string): readonly Parameter[] =>
  [...text.matchAll(parameter)].map(([, many = '', dollar, name = '', value]) => ({
    name,
    many: many as Parameter['many'],
    default: value,
    isExported: dollar === '$',
  }));

/** `build`, `(deploy "prod" target)`, `mod::name`. */
const dependenciesIn = (text: string): readonly Dependency[] =>
  [
    ...text.matchAll(/\(\s*([\w:-]+)\s*((?:'[^']*'|"[^"]*"|`[^`]*`|\([^()]*\)|[^()'"`])*)\)|([\w-]+(?:::[\w-]+)*)/g),
  ].map(([, called, args, plain]) => ({ name: called ?? plain ?? '', args: args ?? '' }));

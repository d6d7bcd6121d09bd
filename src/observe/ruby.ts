// Ruby's own parser for core: Prism, a WebAssembly module that is compiled once. It is given no access to anything.
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import type { ParseResult } from '@ruby/prism/src/deserialize.js';
import { parsePrism } from '@ruby/prism/src/parsePrism.js';
import type { CodeReader } from '../core/model/code.ts';
import { rubyReader } from '../core/payloads/code/ruby/reader.ts';

/** Bytes behind which the memory of an instance is given back: memory of WebAssembly never shrinks. */
const mostMemory = 64 * 1024 * 1024;

/** The functions of Prism and the memory that they work in. */
type Exports = Parameters<typeof parsePrism>[0];

/** Error number 52 of WASI, "not supported": what the parser is told about every call of the system. */
const notSupported = 52;

class Parser {
  readonly #module: WebAssembly.Module;
  #exports: Exports | undefined;

  constructor(module: WebAssembly.Module) {
    this.#module = module;
  }

  /** The tree of a text; undefined where the parser gave up, on code that nests beyond its stack. */
  parse(text: string): ParseResult | undefined {
    try {
      this.#exports ??= this.#instantiate();
      const result = parsePrism(this.#exports, text);
      const { memory } = this.#exports;
      if (memory instanceof WebAssembly.Memory && memory.buffer.byteLength > mostMemory) this.#exports = undefined;
      return result;
    } catch {
      // Its memory may be in any state.
      this.#exports = undefined;
      return undefined;
    }
  }

  #instantiate(): Exports {
    const { exports } = new WebAssembly.Instance(this.#module, importsOf(this.#module));
    const { _initialize: initialize } = exports;
    if (typeof initialize === 'function') initialize();
    return exports;
  }
}

/** The system as the parser sees it: there is none. It asks for random bytes once and takes what stands there. */
function importsOf(module: WebAssembly.Module): WebAssembly.Imports {
  const imports: Record<string, Record<string, () => number>> = {};
  for (const { module: from, name } of WebAssembly.Module.imports(module)) {
    const functions = imports[from] ?? {};
    functions[name] = () => (name === 'random_get' ? 0 : notSupported);
    imports[from] = functions;
  }
  return imports;
}

/** The build puts the module next to the chunks; from source it is where the package has it. */
function wasmPath(): string {
  const built = fileURLToPath(new URL('../prism.wasm', import.meta.url));
  return existsSync(built) ? built : createRequire(import.meta.url).resolve('@ruby/prism/src/prism.wasm');
}

/** The reader of Ruby programs. */
export async function loadRubyReader(): Promise<CodeReader> {
  const parser = new Parser(await WebAssembly.compile(await readFile(wasmPath())));
  return rubyReader((text) => parser.parse(text));
}

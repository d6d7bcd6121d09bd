// The part of WebAssembly that guard uses: the standard library's types have it only together with all of a browser's.
declare namespace WebAssembly {
  class Module {
    private readonly module: never;
    static imports(module: Module): readonly { readonly module: string; readonly name: string }[];
  }
  class Instance {
    constructor(module: Module, imports: Imports);
    readonly exports: Exports;
  }
  class Memory {
    readonly buffer: ArrayBuffer;
  }
  type Imports = Readonly<Record<string, Readonly<Record<string, () => number>>>>;
  type Exports = Readonly<Record<string, unknown>>;
  function compile(bytes: Uint8Array): Promise<Module>;
}

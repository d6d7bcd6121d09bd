// Types of the part of cosmiconfig that guard uses; the package ships the file without its types.
declare module 'cosmiconfig/dist/Explorer.js' {
  import type { Options, PublicExplorer } from 'cosmiconfig';

  export const Explorer: new (
    options: Options & { readonly moduleName: string; readonly metaConfigFilePath: null },
  ) => Pick<PublicExplorer, 'load'>;
}

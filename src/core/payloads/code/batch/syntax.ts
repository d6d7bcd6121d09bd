// The syntax tree of Windows command lines and batch files. Source: the Windows Commands reference, cmd and for.

export interface Redirected {
  readonly target: string;
  readonly appends: boolean;
}

export type Node =
  | {
      readonly kind: 'command';
      readonly text: string;
      readonly redirected: readonly Redirected[];
      readonly line: number;
      /** It stands behind `&&` or `||`. */
      readonly mayNotRun?: boolean;
    }
  | { readonly kind: 'pipe'; readonly parts: readonly Node[] }
  | { readonly kind: 'block'; readonly body: readonly Node[]; readonly redirected: readonly Redirected[] }
  /** Either may run. */
  | { readonly kind: 'if'; readonly body: Node | undefined; readonly otherwise: Node | undefined }
  | {
      readonly kind: 'for';
      /** `/f`, `/r`, `/d`, `/l`, with what stands behind it. */
      readonly options: string;
      readonly variable: string;
      readonly items: string;
      readonly body: Node | undefined;
      readonly line: number;
    }
  | { readonly kind: 'label'; readonly name: string };

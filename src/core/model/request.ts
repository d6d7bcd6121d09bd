// Requests: what somebody wants to run, and what of its surroundings is known.

export type ShellDialect = 'bash' | 'zsh' | 'sh';

export interface Request {
  /** The text that the shell would be given. */
  readonly command: string;
  readonly shell: ShellDialect;
  /** `$0` behind `-c`, or the script's path. */
  readonly name: string | undefined;
  /** `$1`, `$2` ... */
  readonly positionals: readonly string[];
  /** Absolute; undefined where it is not known (`guard check` without `cwd`). */
  readonly cwd: string | undefined;
  /** All variables of the caller; undefined where none is known. With it, a variable that is not in it is unset. */
  readonly env: Readonly<Record<string, string>> | undefined;
  /** What the first origin step says: a command line, or a script that was called by path or piped in. */
  readonly from: { readonly kind: 'command-line' | 'script' | 'stdin'; readonly label: string };
}

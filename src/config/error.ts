// ConfigError: a configuration that guard does not start with. Where it stands and what was expected.

export class ConfigError extends Error {
  readonly file: string;
  /** 1-based; undefined where the file as a whole is meant. */
  readonly line: number | undefined;

  /** `expected` says what is wrong and what to write instead; it names neither file nor line. */
  constructor(file: string, line: number | undefined, expected: string) {
    super(expected);
    this.name = 'ConfigError';
    this.file = file;
    this.line = line;
  }

  /** `/w/.guardrc:3`, the way editors and terminals link it. */
  get where(): string {
    return this.line === undefined ? this.file : `${this.file}:${this.line}`;
  }
}

// How the demo speaks: few lines, one indent, colours only where they say something. Keeps count of what was not so.
import { Chalk } from 'chalk';

export interface Page {
  readonly color: boolean;
  heading(text: string): void;
  act(number: number, title: string): void;
  say(...lines: readonly string[]): void;
  /** A command as it is typed. */
  command(text: string): void;
  /** Something that another program printed, set off at its left. */
  quote(lines: readonly string[], paint?: 'plain' | 'dim'): void;
  /** A row of a table: what, and what became of it. */
  row(what: string, fate: string, isLost: boolean): void;
  /** One promise, kept or not. */
  check(isKept: boolean, promise: string, instead?: string): void;
  readonly failures: number;
}

const margin = '  ';

/** A page on an output stream. */
export function openPage(output: NodeJS.WriteStream): Page {
  const color = output.isTTY === true && !process.env.NO_COLOR && process.env.TERM !== 'dumb';
  const chalk = new Chalk({ level: color ? 1 : 0 });
  const print = (line = '') => output.write(line === '' ? '\n' : `${margin}${line}\n`);
  let failures = 0;
  return {
    color,
    heading(text) {
      print();
      print(chalk.bold(text));
      print();
    },
    act(number, title) {
      print();
      print(chalk.bold(`${number}  ${title}`));
      print();
    },
    say(...lines) {
      for (const line of lines) print(line);
    },
    command(text) {
      const [first, ...others] = text.split('\n');
      print(`${chalk.dim('$')} ${chalk.cyan(first)}`);
      for (const line of others) print(`  ${chalk.cyan(line)}`);
    },
    quote(lines, paint = 'plain') {
      for (const line of lines) print(`${chalk.dim('│')} ${paint === 'dim' ? chalk.dim(line) : line}`.trimEnd());
    },
    row(what, fate, isLost) {
      print(`  ${what.padEnd(46)} ${isLost ? chalk.red.bold(fate) : chalk.green.bold(fate)}`);
    },
    check(isKept, promise, instead) {
      if (!isKept) failures += 1;
      print(`${isKept ? chalk.green('✓') : chalk.red.bold('✗')} ${promise}`);
      if (!isKept && instead !== undefined) print(`    ${chalk.red(instead)}`);
    },
    get failures() {
      return failures;
    },
  };
}

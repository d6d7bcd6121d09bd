// Package managers and what publishes packages. Sources: docs.npmjs.com/cli, doc.rust-lang.org/cargo, guides.rubygems.org, docs.brew.sh.
import { program as grammar } from '../program.ts';

export const programs = [
  grammar({
    names: 'npm pnpm yarn bun',
    values: '-C --dir --prefix -w --workspace --filter --registry --otp --tag',
    inert: '--dry-run',
    depth: 2,
  }),
  grammar({
    names: 'cargo',
    values: '--manifest-path --config --registry --index --token --vers --version -C -Z --color',
    depth: 2,
  }),
  grammar({ names: 'gem', values: '-v --version -p --platform -k --key --host --otp', depth: 1 }),
  grammar({ names: 'brew', subcommands: 'remove=uninstall rm=uninstall', inert: '--dry-run -n', depth: 1 }),
];

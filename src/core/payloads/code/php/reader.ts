// Reads PHP programs: files with `<?php` in them, and what `php -r` runs, which stands behind one as well.
import type { CodeContext, CodeEffect, CodeReader } from '../../../model/code.ts';
import { Recorder } from '../recorder.ts';
import { Php } from './interpreter.ts';
import { parsePhp } from './syntax.ts';

export const reader: CodeReader = { read };

function read(code: string, context: CodeContext): readonly CodeEffect[] {
  const recorder = new Recorder();
  return recorder.reading(() => {
    recorder.count(code);
    const tree = parsePhp(code, false);
    if (tree.bound !== undefined) recorder.exceeded(tree.bound);
    if (tree.errors > 2 && tree.errors * 3 > tree.lines.length)
      recorder.record('php', { kind: 'opaque', detail: 'the php program does not parse' });
    const php = new Php(context, recorder);
    php.run(tree, php.file, php.main);
  });
}

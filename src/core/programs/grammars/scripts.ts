// Interpreters that are called with a framework's own tool: `python manage.py flush`, `php artisan migrate:fresh`.
import { program as grammar } from '../program.ts';

/** `backend/manage.py` is `manage.py`: which folder it stands in says nothing of what it does. */
const byName = (words: readonly string[]): readonly string[] =>
  words.map((word, at) => (at === 0 ? word.slice(word.lastIndexOf('/') + 1) : word));

// Depth 0: behind a script stand its own words (`python app.py delete 1`), and which of them destroy is not known.
export const programs = [
  grammar({
    names: 'python python2 python3 py',
    values: '-m -c -W -X',
    aliases: '-h=--help',
    depth: 0,
    canonical: byName,
  }),
  grammar({ names: 'php', values: '-d -c -r -f', depth: 0, canonical: byName }),
  grammar({ names: 'manage.py django-admin', values: '--settings --pythonpath --database -v --verbosity', depth: 1 }),
];

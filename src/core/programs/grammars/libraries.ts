// Programs that manage a person's own library of media. Sources: the tools' own manuals.
import { program as grammar } from '../program.ts';

export const programs = [
  grammar({
    names: 'transmission-remote',
    values: '-t -a -w -n -N --torrent --add --auth',
    singleDash: true,
    depth: 0,
  }),
  grammar({ names: 'immich-go', singleDash: true }),
  grammar({ names: 'calibredb', values: '--library-path --with-library --username --password --timeout', depth: 1 }),
];

// Compose under its own name. Source: docs.docker.com/reference/cli/docker/compose.
import { program as grammar } from '../program.ts';

export const program = grammar({
  names: 'docker-compose podman-compose',
  values: '--timeout',
  scoped: {
    '': '-f --file -p --project-name --profile --env-file --project-directory --ansi --progress --parallel -H --host -c --context',
    down: '-t',
    rm: '-t',
  },
  aliases: '-v=--volumes -s=--stop',
  inert: '--dry-run',
});

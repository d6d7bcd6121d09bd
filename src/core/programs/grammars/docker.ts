// Docker and the engines that speak its command line. Source: the CLI references of docker, podman and nerdctl.
import { program as grammar } from '../program.ts';

const globals =
  '-H --host -c --context --config -l --log-level --tlscacert --tlscert --tlskey --connection --url --identity --namespace -n --root --storage-driver';
const compose = '-f --file -p --project-name --profile --env-file --project-directory --ansi --progress --parallel';

export const program = grammar({
  names: 'docker podman nerdctl',
  values: '--filter --format --timeout --time --label --platform',
  scoped: {
    '': globals,
    compose,
    'compose down': '-t',
    'compose rm': '-t',
    run: '-e -v -p -u -w --name --env --volume',
    build: '-f -t --file --tag',
  },
  aliases: '-f=--force -v=--volumes -a=--all -l=--link',
  inert: '--dry-run',
});

// Message queues, schedulers and what else keeps work for later. Sources: the tools' own references.
import { program as grammar } from '../program.ts';

export const programs = [
  grammar({ names: 'rabbitmqctl', values: '-n --node -p --vhost -t --timeout', depth: 1 }),
  grammar({ names: 'celery', values: '-A --app -b --broker --result-backend --loader --config --workdir', depth: 2 }),
  grammar({
    names: 'nats',
    values: '-s --server --user --password --creds --context --timeout',
    inert: '-h',
    depth: 2,
  }),
  grammar({
    names: 'temporal tctl',
    values: '--address --namespace -n --env --tls-cert-path --tls-key-path -o --output',
  }),
  grammar({ names: 'zkCli.sh', values: '-server -timeout', singleDash: true, depth: 1 }),
];

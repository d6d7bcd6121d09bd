// Command lines of further clouds and hosts whose commands end in a verb. Sources: the vendors' references.
import { program as grammar } from '../program.ts';

/** `records-delete`, `instance-delete`: noun and verb in one word. */
const apart = (words: readonly string[]): readonly string[] =>
  words.flatMap((word, at) => {
    const cut = word.lastIndexOf('-');
    return at < 3 && /^[a-z][a-z-]*-(?:delete|rm|view|list|create|update)$/.test(word)
      ? [word.slice(0, cut), word.slice(cut + 1)]
      : [word];
  });

export const programs = [
  grammar({
    names: 'doctl',
    values: '-t --access-token --context -o --output -u --api-url -c --config --http-retry-max --trace --format',
    subcommands: 'd=delete del=delete rm=delete remove=delete k8s=kubernetes db=databases',
    depth: 5,
  }),
  grammar({
    names: 'linode-cli',
    values: '--as-user --format --page --page-size --delimiter',
    subcommands: 'rm=delete',
    depth: 4,
    canonical: apart,
  }),
  grammar({ names: 'hcloud', values: '--config --context --endpoint --poll-interval -o --output', depth: 4 }),
  grammar({
    names: 'openstack nova cinder',
    values:
      '--os-cloud --os-region-name --os-project-name --os-project-id --os-username --os-password --os-auth-url --os-token --os-interface -f --format -c --column',
    depth: 5,
  }),
  grammar({
    names: 'exo',
    values: '-A --use-account -C --config -Z -z --zone -O --output-format',
    subcommands: 'del=delete rm=delete remove=delete',
    depth: 5,
  }),
  grammar({ names: 'scw', values: '-c --config -p --profile -o --output', subcommands: 'rm=delete', depth: 4 }),
  grammar({
    names: 'ibmcloud',
    values: '-c --cluster -r --region -g',
    subcommands: 'rm=delete',
    depth: 5,
    canonical: apart,
  }),
  grammar({
    names: 'oci',
    values: '--profile --config-file --region --output --query --auth --compartment-id',
    depth: 6,
  }),
  grammar({ names: 'vultr-cli upctl civo koyeb render northflank yc aliyun hcp cf bx tccli upstash', depth: 5 }),
  grammar({ names: 'heroku', values: '-a --app -r --remote --confirm -c -t --team -s --space', aliases: '-a=--app' }),
  grammar({
    names: 'fly flyctl',
    values: '-a --app -c --config -t --access-token --target -o --org -p --pipeline',
    subcommands:
      'dp=destroy-pipeline dt=destroy-team volume=volumes vol=volumes machine=machines app=apps pg=postgres remove=destroy delete=destroy rm=destroy',
    depth: 4,
  }),
  grammar({
    names: 'vercel now vc',
    values: '-t --token -S --scope -T --team -A --local-config -Q --global-config --cwd',
    subcommands: 'rm=remove domain=domains secret=secrets',
    inert: '-h',
  }),
  grammar({ names: 'netlify ntl', values: '-s --site --filter --auth --data' }),
  grammar({
    names: 'supabase',
    values: '--workdir --project-ref --profile -o --output --db-url --network-id --password',
    subcommands: 'rm=delete',
    inert: '-h',
  }),
  grammar({ names: 'firebase', values: '-P --project --token --account -c --config --instance --database' }),
  grammar({
    names: 'wrangler',
    values: '-c --config -e --env --cwd --name --env-file --binding --namespace-id',
    subcommands: 'rm=delete',
    inert: '--dry-run -h',
    depth: 4,
  }),
  grammar({
    names: 'neonctl neon',
    values: '--project-id --api-key --config-dir --context-file --org-id -o --output',
    subcommands: 'project=projects branch=branches database=databases db=databases role=roles',
    inert: '-h',
  }),
  grammar({
    names: 'pscale',
    values: '--org --service-token --service-token-id --config --api-url -f --format',
    inert: '-h',
  }),
  grammar({ names: 'turso', values: '-c --config-path', inert: '-h', depth: 4 }),
  grammar({ names: 'dokku kamal convex appwrite hasura', depth: 4 }),
];

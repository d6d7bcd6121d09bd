// Clusters, clouds, engines, state, hosting and registries on frozen observations, one case a line.
import { describe, expect, test } from '@jest/globals';
import { environmentOfName, nameEnvironment } from '../../../src/core/environment/name.ts';
import { signal } from '../../../src/core/environment/sources.ts';
import { accountOfKey } from '../../../src/core/environment/targets/aws.ts';
import { defaultPolicy, type EnvironmentPatterns, type Policy } from '../../../src/core/model/policy.ts';
import type { EnvironmentName } from '../../../src/core/model/verdict.ts';
import { textOf } from '../../../src/core/model/word.ts';
import { evidenceOf, locateLast, type Setting } from './support/world.ts';

/** Command line, what it is, a part of the evidence, a part of the target's name, the world. */
type Row = readonly [command: string, environment: EnvironmentName, evidence: string, name: string, setting?: Setting];

const at = (files: Record<string, string>, rest: Setting = {}): Setting => ({
  ...rest,
  files: Object.fromEntries(
    Object.entries(files).map(([path, text]) => [
      path.replace(/^~/, '/home/ada').replace(/^\.\//, '/home/ada/acme/'),
      text,
    ]),
  ),
});

const patterns = (environment: 'production' | 'staging', some: Partial<EnvironmentPatterns>): Setting => {
  const policy: Partial<Policy> = {
    environments: { [environment]: { hosts: [], contexts: [], accounts: [], projects: [], paths: [], ...some } },
  };
  return { policy };
};

const kubeconfig = (current: string) => `apiVersion: v1
current-context: ${current}
clusters:
- {name: eks-1, cluster: {server: 'https://ABC.gr7.eu-west-1.eks.amazonaws.com'}}
- {name: prod-1, cluster: {server: 'https://k8s.acme-prod.com:6443'}}
- {name: kind-acme, cluster: {server: 'https://127.0.0.1:40123'}}
- {name: here, cluster: {server: 'https://localhost:6443'}}
- {name: mini, cluster: {server: 'https://192.168.49.2:8443'}}
contexts:
- {name: eks, context: {cluster: eks-1, namespace: payments}}
- {name: main, context: {cluster: prod-1}}
- {name: kind-acme, context: {cluster: kind-acme}}
- {name: here, context: {cluster: here}}
- {name: minikube, context: {cluster: mini}}
- {name: kind-fake, context: {cluster: eks-1}}
- {name: stg, context: {cluster: eks-1, namespace: staging}}
`;
const kube = (current: string, rest: Setting = {}) => at({ '~/.kube/config': kubeconfig(current) }, rest);

const kubernetes: readonly Row[] = [
  ['kubectl delete ns orders', 'unknown', 'no kubeconfig says', 'ns orders @ the current cluster'],
  ['kubectl --context acme-prod delete ns orders', 'production', '--context in the command', 'ns orders @ acme-prod'],
  [
    'kubectl delete ns orders --context=acme-staging',
    'staging',
    '--context in the command',
    'ns orders @ acme-staging',
  ],
  [
    'kubectl delete deploy orders -n production',
    'production',
    '-n in the command',
    'deploy orders @ the current cluster/production',
  ],
  [
    'kubectl delete ns orders',
    'unknown',
    'current-context from ~/.kube/config:2',
    'ns orders @ eks/payments',
    kube('eks'),
  ],
  ['kubectl delete ns orders', 'production', 'k8s.acme-prod.com', 'ns orders @ main', kube('main')],
  ['kubectl delete ns orders', 'staging', 'namespace of context stg', 'ns orders @ stg/staging', kube('stg')],
  ['kubectl delete ns orders', 'local', 'context kind-acme', 'ns orders @ kind-acme', kube('kind-acme')],
  ['kubectl delete ns orders', 'local', 'context minikube', 'ns orders @ minikube', kube('minikube')],
  ['kubectl delete ns orders', 'unknown', 'context kind-fake', 'ns orders @ kind-fake', kube('kind-fake')],
  [
    'kubectl delete ns orders',
    'unknown',
    'tunnel: ssh',
    'ns orders @ here',
    kube('here', { listeners: { 6443: 'ssh -L 6443:10.0.0.1:6443 bastion' } }),
  ],
  [
    'kubectl delete ns orders',
    'local',
    'k3s-server listens',
    'ns orders @ here',
    kube('here', { listeners: { 6443: 'k3s-server' } }),
  ],
  ['kubectl --context main delete ns orders', 'production', 'k8s.acme-prod.com', 'ns orders @ main', kube('kind-acme')],
  [
    'kubectl config use-context main && kubectl delete ns orders',
    'production',
    'earlier in the command line',
    'ns orders @ main',
    kube('kind-acme'),
  ],
  ['kubectx acme-prod; kubectl delete ns orders', 'production', 'kubectx', 'ns orders @ acme-prod', kube('kind-acme')],
  ['KUBECONFIG=/etc/prod.yaml kubectl delete ns orders', 'unknown', 'no kubeconfig', 'ns orders', kube('kind-acme')],
  [
    'kubectl delete ns orders',
    'production',
    'current-context from ~/a.yaml:2',
    'ns orders @ main',
    at(
      { '~/a.yaml': kubeconfig('main'), '~/b.yaml': kubeconfig('kind-acme') },
      { env: { KUBECONFIG: '/home/ada/a.yaml:/home/ada/b.yaml' } },
    ),
  ],
  ['kubectl delete ns orders', 'unknown', 'KUBECONFIG, which may be set', 'ns orders', { env: 'unknown' }],
  ['kubectl --context minikube delete ns orders', 'local', '--context', 'ns orders @ minikube', { env: 'unknown' }],
  [
    'kubectl --context "$CTX" delete ns orders',
    'unknown',
    'not known before it runs',
    'ns orders @ …',
    { env: 'unknown' },
  ],
  ['helm uninstall orders --kube-context acme-prod', 'production', '--kube-context', 'orders @ acme-prod'],
  [
    'HELM_KUBECONTEXT=acme-prod helm uninstall orders',
    'production',
    'HELM_KUBECONTEXT',
    'orders @ acme-prod',
    kube('kind-acme'),
  ],
  ['kubectl delete -f k8s/orders.yaml', 'local', 'kind-acme', 'k8s/orders.yaml @ kind-acme', kube('kind-acme')],
  [
    'kubectl delete ns orders',
    'staging',
    'context eks',
    'ns orders @ eks/payments',
    kube('eks', patterns('staging', { contexts: ['eks'] })),
  ],
];

const awsConfig =
  '[default]\nregion = eu-west-1\n\n[profile acme]\nrole_arn = arn:aws:iam::123456789012:role/deploy\n\n[profile sso]\nsso_account_id = 210987654321\nsso_session = acme-prod\n';

const aws: readonly Row[] = [
  ['aws s3 rb s3://uploads --force', 'unknown', 'bucket uploads', 's3://uploads'],
  ['aws s3 rb s3://acme-prod-uploads --force', 'production', 'bucket acme-prod-uploads', 's3://acme-prod-uploads'],
  ['aws s3 rm s3://uploads/stage/x --recursive', 'unknown', 'bucket uploads', 's3://uploads/stage/x'],
  [
    'aws --profile acme-prod rds delete-db-instance --db-instance-identifier orders',
    'production',
    '--profile in the command',
    'orders',
  ],
  [
    'aws rds delete-db-instance --db-instance-identifier orders',
    'production',
    'AWS_PROFILE in the environment',
    'orders',
    { env: { AWS_PROFILE: 'prod' } },
  ],
  [
    'AWS_PROFILE=acme-staging aws rds delete-db-instance --db-instance-identifier orders',
    'staging',
    'AWS_PROFILE in front',
    'orders',
  ],
  [
    'aws rds delete-db-instance --db-instance-identifier orders --profile acme',
    'production',
    'role_arn from ~/.aws/config:5',
    'orders',
    at({ '~/.aws/config': awsConfig }, patterns('production', { accounts: ['123456789012'] })),
  ],
  [
    'aws rds delete-db-instance --db-instance-identifier orders --profile sso',
    'production',
    'sso_session from ~/.aws/config:9',
    'orders',
    at({ '~/.aws/config': awsConfig }),
  ],
  [
    'aws rds delete-db-instance --db-instance-identifier orders',
    'unknown',
    'AWS_ACCESS_KEY_ID, which may be set',
    'orders',
    { env: 'unknown' },
  ],
  [
    'aws rds delete-db-instance --db-instance-identifier orders',
    'production',
    'account 029608264753',
    'orders',
    {
      env: { AWS_ACCESS_KEY_ID: 'ASIAQNZGKIQY56JQ7WML', AWS_PROFILE: 'dev' },
      ...patterns('production', { accounts: ['029608264753'] }),
    },
  ],
  [
    'aws --endpoint-url http://localhost:4566 s3 rb s3://uploads',
    'local',
    'docker-proxy listens',
    's3://uploads',
    { listeners: { 4566: 'docker-proxy' } },
  ],
  ['aws dynamodb delete-table --table-name orders --profile dev', 'development', '--profile', 'orders'],
];

const gcloudFiles = {
  '~/.config/gcloud/active_config': 'work\n',
  '~/.config/gcloud/configurations/config_work': '[core]\naccount = ada@acme.com\nproject = acme-prod\n',
};

const clouds: readonly Row[] = [
  ['gcloud sql instances delete orders', 'unknown', 'name orders', 'orders'],
  ['gcloud sql instances delete orders --project acme-prod', 'production', '--project in the command', 'orders'],
  ['gcloud sql instances delete orders', 'production', 'config_work:3', 'orders', at(gcloudFiles)],
  ['gcloud sql instances delete orders --project acme-staging', 'staging', '--project', 'orders', at(gcloudFiles)],
  [
    'CLOUDSDK_CORE_PROJECT=acme-staging gcloud sql instances delete orders',
    'staging',
    'CLOUDSDK_CORE_PROJECT',
    'orders',
    at(gcloudFiles),
  ],
  [
    'gcloud config set project acme-prod && gcloud sql instances delete orders',
    'production',
    'earlier in the command line',
    'orders',
  ],
  ['gcloud sql instances delete orders', 'unknown', 'which may be set', 'orders', { env: 'unknown' }],
  ['gsutil rm -r gs://acme-prod-backups', 'production', 'bucket acme-prod-backups', 'gs://acme-prod-backups'],
];

const azureProfile =
  '\uFEFF{"subscriptions":[{"id":"1111","name":"Sandbox","isDefault":false},{"id":"2222","name":"Acme Production","isDefault":true}]}';

const azure: readonly Row[] = [
  ['az group delete -n orders', 'unknown', 'name orders', 'orders'],
  [
    'az group delete -n orders --yes',
    'production',
    'azureProfile.json:1',
    'orders',
    at({ '~/.azure/azureProfile.json': azureProfile }),
  ],
  ['az group delete -n orders --subscription acme-prod', 'production', '--subscription', 'orders'],
  ['az account set -s acme-prod && az group delete -n orders', 'production', 'earlier in the command line', 'orders'],
  ['az sql db delete -g acme-staging -n orders -s srv1', 'staging', '-g in the command', 'orders'],
];

const meta = '{"Name":"eu","Endpoints":{"docker":{"Host":"ssh://deploy@swarm.acme-prod.com"}}}';

const engines: readonly Row[] = [
  ['docker volume rm pgdata', 'local', 'hostname ada-laptop', 'pgdata @ this machine'],
  ['docker volume rm acme_prod_pgdata', 'production', 'name acme_prod_pgdata', 'acme_prod_pgdata'],
  [
    'docker volume rm pgdata',
    'production',
    'DOCKER_HOST in the environment',
    'pgdata @ swarm.acme-prod.com',
    { env: { DOCKER_HOST: 'ssh://deploy@swarm.acme-prod.com' } },
  ],
  ['docker -H tcp://10.0.0.5:2375 volume rm pgdata', 'unknown', '-H in the command', 'pgdata @ 10.0.0.5'],
  ['docker --context acme-staging volume rm pgdata', 'staging', '--context in the command', 'pgdata @ acme-staging'],
  [
    'docker --context default volume rm pgdata',
    'local',
    '--context',
    'pgdata @ default',
    { env: { DOCKER_HOST: 'ssh://x@acme-prod' } },
  ],
  [
    'docker volume rm pgdata',
    'unknown',
    'currentContext from ~/.docker/config.json:1',
    'pgdata @ eu',
    at({ '~/.docker/config.json': '{"currentContext":"eu"}' }),
  ],
  [
    'docker volume rm pgdata',
    'production',
    'swarm.acme-prod.com',
    'pgdata @ eu',
    at({ '~/.docker/config.json': '{"currentContext":"eu"}', '~/.docker/contexts/meta/9f/meta.json': meta }),
  ],
  [
    'docker volume rm pgdata',
    'local',
    'desktop-linux',
    'pgdata @ desktop-linux',
    at({ '~/.docker/config.json': '{"currentContext":"desktop-linux"}' }),
  ],
  [
    'docker context use acme-prod && docker volume rm pgdata',
    'production',
    'earlier in the command line',
    'pgdata @ acme-prod',
  ],
  ['DOCKER_HOST=unix:///var/run/docker.sock docker volume rm pgdata', 'local', 'hostname', 'pgdata'],
  ['docker volume rm pgdata', 'unknown', 'DOCKER_HOST, which may be set', 'pgdata', { env: 'unknown' }],
  ['docker compose -f docker-compose.prod.yml down -v', 'production', 'docker-compose.prod.yml', '@ this machine'],
  ['docker volume rm pgdata', 'production', 'this machine is called db-prod-1', 'pgdata', { hostname: 'db-prod-1' }],
  ['ssh swarm.acme-prod.com docker volume rm pgdata', 'production', 'ssh destination', 'pgdata @ swarm.acme-prod.com'],
  ['podman --connection acme-prod volume rm pgdata', 'production', '--connection', 'pgdata @ acme-prod'],
];

const backend = '{"backend":{"type":"s3","config":{"bucket":"acme-prod-tfstate","key":"network"}}}';
const infra = (folder: string, files: Record<string, string> = {}, rest: Setting = {}): Setting =>
  at(files, { cwd: folder, ...rest });

const state: readonly Row[] = [
  [
    'terraform destroy',
    'unknown',
    'folder /home/ada/acme/infra',
    '/home/ada/acme/infra',
    infra('/home/ada/acme/infra'),
  ],
  ['terraform destroy', 'unknown', '', '/home/ada/dev/infra', infra('/home/ada/dev/infra')],
  [
    'terraform destroy',
    'production',
    'folder production',
    '/home/ada/acme/envs/production',
    infra('/home/ada/acme/envs/production'),
  ],
  ['terraform destroy', 'development', 'folder dev', '/home/ada/acme/envs/dev', infra('/home/ada/acme/envs/dev')],
  [
    'terraform -chdir=envs/prod destroy',
    'production',
    '-chdir in the command',
    '/home/ada/acme/envs/prod',
    infra('/home/ada/acme'),
  ],
  ['TF_WORKSPACE=acme-prod terraform destroy', 'production', 'TF_WORKSPACE in front', 'acme-prod @ /home/ada/acme'],
  [
    'terraform destroy',
    'staging',
    '.terraform/environment:1',
    'staging @ /home/ada/acme',
    at({ './.terraform/environment': 'staging' }),
  ],
  [
    'terraform workspace select prod && terraform destroy',
    'production',
    'earlier in the command line',
    'prod @',
    at({ './.terraform/environment': 'staging' }),
  ],
  [
    'terraform destroy',
    'production',
    'bucket from .terraform/terraform.tfstate:1',
    '/home/ada/acme',
    at({ './.terraform/terraform.tfstate': backend }),
  ],
  ['terraform destroy -var-file=prod.tfvars', 'production', '-var-file in the command', '/home/ada/acme'],
  ['terraform destroy -var env=production', 'production', '-var in the command', '/home/ada/acme'],
  [
    'terraform destroy -auto-approve',
    'unknown',
    'TF_WORKSPACE, which may be set',
    '/home/ada/acme',
    { env: 'unknown' },
  ],
  ['pulumi destroy --stack acme/orders/prod', 'production', '--stack in the command', 'acme/orders/prod'],
  [
    'pulumi destroy',
    'staging',
    'stack from ~/.pulumi',
    'staging',
    at({ './Pulumi.yaml': 'name: orders\n', '~/.pulumi/workspaces/orders-1f2e-workspace.json': '{"stack":"staging"}' }),
  ],
  ['pulumi destroy', 'unknown', '', 'pulumi destroy', at({ './Pulumi.yaml': 'name: orders\n' })],
  ['cdk destroy OrdersProdStack', 'production', 'OrdersProdStack', 'OrdersProdStack'],
  ['sst remove --stage production', 'production', '--stage', 'production'],
  ['serverless remove', 'unknown', '', 'serverless remove'],
];

const hosting: readonly Row[] = [
  ['vercel rm orders --yes', 'unknown', 'name orders', 'orders'],
  ['vercel env rm API_KEY production', 'production', 'name production', 'API_KEY'],
  ['vercel rollback --prod', 'production', '--prod in the command', 'vercel'],
  [
    'vercel remove',
    'production',
    '.vercel/project.json:1',
    'acme-prod',
    at({ './.vercel/project.json': '{"projectId":"prj_1","projectName":"acme-prod"}' }),
  ],
  [
    'netlify sites:delete --force',
    'unknown',
    '.netlify/state.json:1',
    '5f1c',
    at({ './.netlify/state.json': '{"siteId":"5f1c"}' }),
  ],
  ['fly apps destroy acme-prod', 'production', 'acme-prod', 'acme-prod'],
  ['fly volumes destroy vol_1 -a acme-staging', 'staging', '-a in the command', 'vol_1'],
  [
    'fly volumes destroy vol_1',
    'production',
    'fly.toml:2',
    'vol_1',
    at({ './fly.toml': '# acme\napp = "orders-prod"\n' }),
  ],
  ['heroku pg:reset DATABASE_URL -a acme-prod', 'production', '-a in the command', 'DATABASE_URL'],
  [
    'heroku pg:reset',
    'production',
    '.git/config:',
    'acme-prod',
    at({ './.git/config': '[remote "heroku"]\n\turl = https://git.heroku.com/acme-prod.git\n' }),
  ],
  ['heroku pg:reset -r staging', 'staging', '-r in the command', 'staging'],
  ['supabase projects delete abcd', 'unknown', 'abcd', 'abcd'],
  [
    'firebase firestore:delete --all-collections',
    'production',
    '.firebaserc:1',
    'acme-prod',
    at({ './.firebaserc': '{"projects":{"default":"acme-prod"}}' }),
  ],
  [
    'firebase use production && firebase firestore:delete --all-collections',
    'production',
    'earlier in the command line',
    'production',
  ],
  ['wrangler delete --env staging', 'staging', '--env', 'staging'],
  ['wrangler delete', 'unknown', 'wrangler.toml:1', 'orders', at({ './wrangler.toml': 'name = "orders"\n' })],
  ['neonctl branches delete br-1 --project-id orders', 'unknown', '--project-id', 'br-1'],
];

const rest: readonly (readonly [kind: string, ...Row])[] = [
  ['kubernetes', 'kubectl delete deploy orders-canary', 'unknown', 'object orders-canary', 'deploy orders-canary'],
  ['kubernetes', 'kubectl delete pod staging-proxy', 'unknown', 'no kubeconfig', 'pod staging-proxy'],
  ['kubernetes', 'kubectl delete ns acme-staging', 'staging', 'object acme-staging', 'ns acme-staging'],
  ['kubernetes', 'minikube delete --all', 'local', 'minikube runs its clusters here', 'minikube'],
  ['kubernetes', 'kind delete cluster --name orders', 'local', 'hostname', 'orders'],
  [
    'kubernetes',
    'NOMAD_ADDR=https://nomad.acme-prod.com nomad job stop -purge orders',
    'production',
    'NOMAD_ADDR',
    'orders|nomad',
  ],
  ['kubernetes', 'eksctl delete cluster --name acme-prod', 'production', 'acme-prod', 'acme-prod'],
  ['hosting', 'supabase stop --no-backup', 'local', 'the stack of this machine', 'local Supabase stack'],
  ['hosting', 'fly apps destroy acme-staging', 'staging', 'acme-staging', 'acme-staging'],
  ['hosting', 'fly apps destroy orders-qa-bot', 'unknown', 'orders-qa-bot', 'orders-qa-bot'],
  ['saas', 'gh workflow disable ci.yml', 'unknown', 'ci.yml', 'ci.yml'],
  ['vm', 'machinectl -H root@hv1.acme.com remove orders', 'unknown', '-H in the command', 'orders'],
  ['vm', 'VBoxManage cloud --provider OCI --profile acme instance terminate --id i1', 'unknown', 'nothing says', 'i1'],
  ['vm', 'docker-machine rm -y orders', 'unknown', 'nothing says', 'orders'],
  ['docker.engine', 'docker rm -f orders-staging', 'local', 'hostname', 'orders-staging|docker rm'],
  ['vm', 'virsh undefine orders', 'local', 'hostname', 'orders'],
  [
    'vm',
    'virsh -c qemu+ssh://root@hv1.acme-prod.com/system undefine orders',
    'production',
    '-c in the command',
    'orders',
  ],
  ['vm', 'virsh -c qemu+ssh://root@hv1.acme.com/system undefine orders', 'unknown', 'hv1.acme.com', 'orders'],
  ['vm', 'multipass delete orders', 'local', 'hostname', 'orders'],
  ['vm', 'qm destroy 100', 'unknown', '', 'qm destroy 100'],
  [
    'vm',
    'VBoxManage unregistervm acme-prod-replica --delete',
    'production',
    'acme-prod-replica',
    'acme-prod-replica|VBoxManage',
  ],
  ['cloud', 'doctl databases delete orders --context acme-prod', 'production', '--context', 'orders'],
  [
    'cloud',
    'doctl databases delete orders',
    'production',
    '~/.config/doctl/config.yaml',
    'orders',
    at({ '~/.config/doctl/config.yaml': 'context: acme-prod\n' }),
  ],
  ['cloud', 'hcloud server delete orders', 'unknown', 'HCLOUD_CONTEXT, which may be set', 'orders', { env: 'unknown' }],
  ['cloud', 'OS_CLOUD=staging openstack server delete orders', 'staging', 'OS_CLOUD', 'orders'],
  ['saas', 'gh repo delete acme/orders --yes', 'unknown', 'acme/orders', 'acme/orders'],
  ['saas', 'stripe customers delete cus_1', 'development', 'test mode', 'cus_1'],
  ['saas', 'stripe customers delete cus_1 --live', 'production', '--live', 'cus_1'],
  ['saas', 'stripe customers delete cus_1', 'unknown', 'STRIPE_API_KEY, which may be set', 'cus_1', { env: 'unknown' }],
  ['saas', 'doppler secrets delete API_KEY -c prd', 'production', '-c in the command', 'API_KEY'],
  [
    'saas',
    'vault kv delete secret/orders',
    'production',
    'VAULT_ADDR',
    'secret/orders',
    { env: { VAULT_ADDR: 'https://vault.acme-prod.com:8200' } },
  ],
  [
    'saas',
    'kafka-topics --bootstrap-server kafka.acme-prod.com:9092 --delete --topic orders',
    'production',
    '--bootstrap-server',
    'kafka-topics|orders',
  ],
  [
    'saas',
    'kafka-topics --bootstrap-server localhost:9092 --delete --topic orders',
    'unknown',
    'java listens',
    'kafka-topics|orders',
    { listeners: { 9092: 'java' } },
  ],
  [
    'package.registry',
    'npm unpublish acme-utils --force',
    'production',
    'the default of npm',
    'acme-utils @ npmjs.org',
  ],
  [
    'package.registry',
    'npm unpublish --force',
    'production',
    'npmjs.org',
    'orders @ npmjs.org',
    at({ './package.json': '{"name":"orders"}' }),
  ],
  [
    'package.registry',
    'npm unpublish acme-utils --registry http://localhost:4873',
    'local',
    'localhost',
    'acme-utils @ localhost',
  ],
  [
    'package.registry',
    'npm unpublish acme-utils',
    'unknown',
    '.npmrc:1',
    'acme-utils @ npm.acme.com',
    at({ './.npmrc': 'registry=https://npm.acme.com/\n' }),
  ],
  ['package.registry', 'cargo yank acme@1.0.0', 'production', 'crates.io', 'acme@1.0.0 @ crates.io|@ crates.io'],
  ['package.registry', 'twine upload -r testpypi dist/x.whl', 'development', '-r', '@ testpypi'],
];

const check =
  (kind: string) =>
  (...[command, environment, evidence, name, setting]: Row) => {
    const located = locateLast(kind, command, setting);
    expect(located.environment.name).toBe(environment);
    expect(evidenceOf(located)).toContain(evidence);
    expect(name.split('|').some((part) => located.target.name.includes(part)) || located.target.name).toBe(true);
  };

describe('kubernetes', () => {
  test.each([...kubernetes])('%s is %s (%s)', check('kubernetes'));
});
describe('aws.account', () => {
  test.each([...aws])('%s is %s (%s)', check('aws.account'));
});
describe('gcloud.project', () => {
  test.each([...clouds])('%s is %s (%s)', check('gcloud.project'));
});
describe('azure.subscription', () => {
  test.each([...azure])('%s is %s (%s)', check('azure.subscription'));
});
describe('docker.engine', () => {
  test.each([...engines])('%s is %s (%s)', check('docker.engine'));
});
describe('terraform.state', () => {
  test.each([...state])('%s is %s (%s)', check('terraform.state'));
});
describe('hosting', () => {
  test.each([...hosting])('%s is %s (%s)', check('hosting'));
});
describe('others', () => {
  test.each([...rest])('%s: %s is %s (%s)', (kind, ...row) => check(kind)(...row));
});

test.each<[string, EnvironmentName | undefined]>([
  ['acme-prod', 'production'],
  ['orders_production', 'production'],
  ['ordersProd', 'production'],
  ['eu-prod-1', 'production'],
  ['db-prod01', 'production'],
  ['orders.staging.acme.com', 'staging'],
  ['stg2', 'staging'],
  ['preprod', 'staging'],
  ['pre-prod', 'staging'],
  ['dev_db', 'development'],
  ['non-prod', 'development'],
  ['acme-nonprod', 'development'],
  ['prod-dev-sync', 'production'],
  ['product-orders', undefined],
  ['one-of-a-kind', undefined],
  ['reproduce', undefined],
  ['orders', undefined],
  ['liverpool', undefined],
])('the name %s tells of %s', (name, environment) => {
  expect(environmentOfName(name)).toBe(environment);
});

test.each<[string, EnvironmentName | undefined]>([
  ['api.acme.dev', undefined],
  ['api.acme.live', undefined],
  ['dev.acme.com', 'development'],
  ['api.dev.acme.dev', 'development'],
])('the host %s tells of %s', (host, environment) => {
  expect(nameEnvironment(host, defaultPolicy, 'hosts')).toBe(environment);
});

test.each<[string, string | undefined]>([
  ['ASIAQNZGKIQY56JQ7WML', '029608264753'],
  ['AKIAI44QH8DHBEXAMPLE', undefined],
  ['', undefined],
])('the key %s belongs to account %s', (key, account) => {
  expect(textOf(accountOfKey(signal(key, 'test'))?.word)).toBe(account);
});

test.each([
  ['kubernetes', 'kubectl --context acme-prod delete ns orders', ['file']],
  ['docker.engine', 'docker --context default volume rm pgdata', ['hostname']],
  ['aws.account', 'aws --profile acme-prod s3 rb s3://uploads', ['file']],
  ['gcloud.project', 'gcloud sql instances delete orders --project acme-prod', []],
])('%s: %s asks for no more than %j', (kind, command, kinds) => {
  const asked: NonNullable<Setting['asked']> = [];
  locateLast(kind, command, { asked });
  expect([...new Set(asked.map((query) => query.kind))]).toEqual(kinds);
});

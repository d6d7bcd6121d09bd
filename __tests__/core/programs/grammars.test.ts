// Grammars: what the words of each program mean, wherever its options stand.
import { describe, expect, test } from '@jest/globals';
import { grammarOf } from '../../../src/core/programs/grammar.ts';
import { factOf, shown } from './fact.ts';

describe('subcommands behind options with values', () => {
  test.each([
    ['aws --profile prod s3 rb s3://acme', 's3 rb s3://acme | --profile=prod'],
    ['terraform -chdir=infra/prod destroy', 'destroy | -chdir=infra/prod'],
    ['terraform -chdir infra/prod destroy', 'destroy | -chdir=infra/prod'],
    ['gh -R acme/shop repo delete', 'repo delete | --repo=acme/shop'],
    ['gcloud --project acme beta compute instances delete web', 'compute instances delete web | --project=acme'],
    ['doctl -t x compute droplet rm web', 'compute droplet delete web | -t=x'],
    ['pulumi -C infra down', 'destroy | -C=infra'],
    ['helm --kube-context prod delete orders', 'uninstall orders | --kube-context=prod'],
    ['railway --environment production volume rm', 'volume delete | --environment=production'],
    ['heroku -a acme pg:reset', 'pg:reset | --app=acme'],
    ['virsh -c qemu:///system undefine orders', 'undefine orders | -c=qemu:///system'],
    ['docker -H tcp://build:2375 volume rm pg', 'volume rm pg | -H=tcp://build:2375'],
  ])('%s', (line, expected) => expect(shown(factOf(line))).toBe(expected));
});

describe('flags whose meaning depends on the subcommand', () => {
  test.each([
    ['docker compose -f deploy.yaml -p shop down -v', 'compose down | --force=deploy.yaml -p=shop --volumes'],
    ['docker rm -f orders', 'rm orders | --force'],
    ['docker rm -fv orders', 'rm orders | --force --volumes'],
    ['docker-compose -f a.yaml down -v', 'down | -f=a.yaml --volumes'],
    ['docker ps -l', 'ps | --link'],
    ['kubectl -v 6 delete pod orders', 'delete pod pod orders | -v=6'],
    ['terraform apply --destroy', 'apply | -destroy'],
  ])('%s', (line, expected) => expect(shown(factOf(line))).toBe(expected));
});

describe('kubernetes resources by any of their names', () => {
  test.each([
    ['delete ns shop', 'namespace'],
    ['delete project shop', 'namespace'],
    ['delete pvc/data', 'persistentvolumeclaim'],
    ['delete deploy,svc orders', 'deployment'],
    ['delete po/a sts/b', 'statefulset'],
    ['delete pods a b', 'pod'],
    ['delete deployments.apps orders', 'deployment'],
    ['delete helmrelease orders', 'resource'],
    ['delete pod,helmrelease orders', 'resource'],
    ['-n shop delete CRD x', 'customresourcedefinition'],
    ['get pods', 'pods'],
    ['delete $KIND x', undefined],
  ])('kubectl %s', (args, resource) => expect(factOf(`kubectl ${args}`).subcommand[1]).toBe(resource));
});

describe('words that a grammar brings into one form', () => {
  test.each([
    ['terragrunt run-all destroy', 'destroy'],
    ['terragrunt run --all destroy', 'destroy | --all'],
    ['terragrunt stack run destroy', 'destroy'],
    ['linode-cli domains records-delete 1 2', 'domains records delete 1 2'],
    ['ibmcloud is instance-delete web', 'is instance delete web'],
    ['python backend/manage.py flush', 'manage.py flush'],
    ['php bin/console doctrine:schema:drop', 'console doctrine:schema:drop'],
    ['fly -t ci dp -p orders', 'destroy-pipeline | -t=ci -p=orders'],
    ['railway fn rm --function cleanup', 'functions delete cleanup | --function'],
    ['aws s3 rm rm', 's3 rm rm'],
    ['brew rm remove', 'uninstall remove'],
  ])('%s', (line, expected) => expect(shown(factOf(line))).toBe(expected));
});

describe('calls that change nothing', () => {
  test.each([
    'kubectl delete ns shop --dry-run=client',
    'kubectl delete ns shop --dry-run',
    'aws s3 rm s3://acme --recursive --dryrun',
    'aws ses delete-receipt-rule --generate-cli-skeleton',
    'helm uninstall orders --dry-run',
    'terraform destroy -help',
    'rclone -n sync a b',
    'rclone sync a b -i',
    'az group delete -h',
    'shopctl delete --help',
    'shopctl help delete',
    'shopctl delete --what-if',
    'shopctl --version',
    'wine reg delete /?',
    'alembic downgrade base --sql',
  ])('%s', (line) => expect(factOf(line).inert).toBe(true));
  test.each([
    'kubectl drain worker-2 --dry-run=none',
    'kubectl delete ns shop --dry-run=false',
    'cargo yank --version 1.4.0 acme-orders',
    'gcloud app services delete --version=v1 api',
    'heroku apps:destroy -h',
    'helm uninstall helper',
  ])('%s runs', (line) => expect(factOf(line).inert).toBe(false));
});

test('a program without a grammar has a cautious one', () => {
  expect(grammarOf('shopctl').depth).toBe(3);
  expect(shown(factOf('shopctl --tenant acme delete'))).toBe('acme delete | --tenant');
});

test.each(['echo', 'grep', 'cat', 'man', 'xargs', 'sudo'])('the words of %s are no subcommands', (name) =>
  expect(grammarOf(name).depth).toBe(0),
);

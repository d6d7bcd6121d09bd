// Command-line clients and tools of databases: what their words and options mean.
import { program } from '../program.ts';

const connection = '-h --host -p --port -U -u --username --user -d --dbname -W --maintenance-db';

/** Redis reads its commands in any case; so do the servers that speak its protocol. */
const lowerCase = (words: readonly string[]): readonly string[] =>
  words.map((word, index) => (index < 3 ? word.toLowerCase() : word));

export const programs = [
  program({
    names: 'redis-cli valkey-cli keydb-cli iredis',
    values:
      '-h -p -t -s -a -u -n -r -i -d -D --user --pass --askpass --sni --cacert --cacertdir --cert --key --tls-ciphers --pattern --memkeys-samples --eval --functions-rdb --rdb --pipe-timeout --intrinsic-latency --lru-test',
    depth: 3,
    canonical: lowerCase,
  }),
  program({
    names: 'mongosh mongo',
    values: '--eval --host --port -u --username -p --password --authenticationDatabase --db',
    depth: 2,
  }),
  program({
    names: 'mongorestore',
    values: `--uri ${connection} --password -c --collection --dir --archive --nsInclude --nsExclude --nsFrom --nsTo --db --authenticationDatabase`,
    inert: '--dryRun',
    depth: 0,
  }),
  program({
    names: 'dropdb dropuser',
    values: connection,
    aliases: '-f=--force -i=--interactive -e=--echo',
    inert: '-V',
    depth: 0,
  }),
  program({
    names: 'pg_restore',
    values: `${connection} -f --file -F --format -j --jobs -L --use-list -n --schema -N -P --function -S --superuser -t --table -T --trigger -I --index --section --role`,
    aliases: '--clean=-c --create=-C --list=-l',
    inert: '-l --list',
    depth: 0,
  }),
  program({
    names: 'pg_resetwal pg_resetxlog',
    values: '-c -D --pgdata -e -l -m -o -O -u -x',
    aliases: '-n=--dry-run',
    inert: '-n --dry-run -V',
    depth: 0,
  }),
  program({
    names: 'pg_archivecleanup',
    values: '-x --strip-extension',
    aliases: '-n=--dry-run',
    inert: '-n --dry-run',
    depth: 0,
  }),
  program({ names: 'pg_recvlogical', values: `${connection} -S --slot -f --file -P --plugin -o --option`, depth: 0 }),
  program({
    names: 'pg_rewind',
    values: '-D --target-pgdata --source-pgdata --source-server',
    inert: '-n --dry-run',
    depth: 0,
  }),
  program({
    names: 'mysqladmin mariadb-admin',
    values: '-h --host -P --port -u --user -S --socket --defaults-file -i -c -w',
    depth: 1,
  }),
  program({ names: 'mysqlbinlog', values: '-h --host -P -u', depth: 0 }),
  program({ names: 'neo4j-admin', values: '--from-path --expand-commands', depth: 3 }),
  program({
    names: 'influx',
    values: '-t --token -o --org -b --bucket --host -p --predicate --start --stop',
    depth: 2,
  }),
  program({ names: 'etcdctl', values: '--endpoints --cacert --cert --key --user --prefix-size', depth: 2 }),
  program({ names: 'elasticsearch-keystore cradle', depth: 2 }),
  program({ names: 'nodetool cqlsh', values: '-h -p -u -pw', depth: 1 }),
];

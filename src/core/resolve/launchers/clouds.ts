// aws, gcloud, az: parameters that stand in data files, and commands on the machines of a cloud.
import type { Invocation } from '../../model/invocation.ts';
import type { World } from '../../model/observation.ts';
import { knownPrefix, staticWord, textOf, type Word } from '../../model/word.ts';
import { optionGrammar, readOptions } from '../../programs/options.ts';
import { commandsIn, dataOf, optionsOf, parameterText, takeOption, unfoldedCall } from '../clouds/unfolded.ts';
import type { Inner, Launcher } from '../launcher.ts';
import { fileText } from '../output.ts';

const there = (call: Invocation, text: Word, name: Word | undefined): Inner => ({
  kind: 'code',
  text,
  host: { kind: 'container', engine: call.name ?? 'cloud', name },
  freshEnvironment: true,
  cwd: staticWord('~'),
  label: call.name ?? 'cloud',
  stdin: { kind: 'none' },
});

const awsGrammar = optionGrammar({
  values:
    '--profile --region --output --query --endpoint-url --parameters --command --cluster --task --container --instance-ids --targets',
});

/** Sources: the AWS CLI's guide on skeletons and input files, `ssm send-command`, `ecs execute-command`. */
const aws: Launcher = {
  names: ['aws', 'awslocal'],
  unwrap(call, world) {
    const { value, rest } = takeOption(call.args, ['--cli-input-json', '--cli-input-yaml']);
    const data = value === undefined ? undefined : dataOf(parameterText(value, call, world), world);
    const { flags, positionals } = readOptions(call.args, awsGrammar);
    const [service, verb] = positionals.map(textOf);
    const remote =
      service === 'ssm' && verb === 'send-command'
        ? commandsIn(parameterText(flags.get('--parameters'), call, world))
        : service === 'ecs' && verb === 'execute-command'
          ? [flags.get('--command') ?? staticWord('')]
          : [];
    const target = flags.get('--instance-ids') ?? flags.get('--targets') ?? flags.get('--task');
    return [
      ...unfoldedCall(call, rest, optionsOf(data), 'aws --cli-input'),
      ...remote.map((text) => there(call, text, target)),
    ];
  },
};

/** Source: `gcloud topic flags-file`: a mapping of flags, or a list of them. `compute ssh --command` runs on the machine. */
const gcloud: Launcher = {
  names: ['gcloud'],
  unwrap(call, world) {
    const { value, rest } = takeOption(call.args, ['--flags-file']);
    const data = value === undefined ? undefined : dataOf(textOf(fileText(value, call, world)), world);
    const options = (Array.isArray(data) ? data : [data]).flatMap(optionsOf);
    return [...unfoldedCall(call, rest, options, 'gcloud --flags-file'), ...machineCode(call, world)];
  },
};

const az: Launcher = {
  names: ['az', 'vagrant', 'fly', 'flyctl'],
  unwrap: (call, world) => machineCode(call, world),
};

const machineGrammar = optionGrammar({
  values:
    '-c --command -C --zone --project -a --app --scripts --exec-command -g --resource-group -n --name --command-id --parameters --instance-id --container-name',
  aliases: '--exec-command=--command',
});

/** `vagrant ssh -c code`, `gcloud compute ssh host --command=code`, `fly ssh console -C code`, `az vm run-command invoke --scripts code`. */
function machineCode(call: Invocation, world: World): readonly Inner[] {
  const { flags, positionals } = readOptions(call.args, machineGrammar);
  const words = positionals.map(textOf);
  const at = words.indexOf('ssh');
  const isRemote =
    call.name === 'az'
      ? words.includes('run-command') || (words[0] === 'container' && words[1] === 'exec') || at >= 0
      : at >= 0 && at <= 2;
  const text = flags.get('--scripts') ?? flags.get('-c') ?? flags.get('--command') ?? flags.get('-C');
  if (!isRemote || text === undefined) return [];
  const name = flags.get('--name') ?? flags.get('-n') ?? positionals.at(-1);
  const file = /^@(.+)$/.exec(knownPrefix(text))?.[1];
  const code = file === undefined ? text : fileText(staticWord(file), call, world);
  return code === undefined ? [] : [there(call, code, name)];
}

export const launchers = [aws, gcloud, az];

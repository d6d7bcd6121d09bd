// rake: the tasks of a Rakefile.
import type { Launcher } from '../launcher.ts';
import { runRake } from '../tasks/rake.ts';

/** Source: rake(1). */
export const launcher: Launcher = { names: ['rake'], unwrap: (call, world) => runRake(call, call.args, world) };

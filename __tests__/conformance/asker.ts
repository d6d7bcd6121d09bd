// An evaluator that asks: it writes its process id, says yes after a second, and stops when the launcher is gone.
import { writeFileSync } from 'node:fs';
import { answerRun, watchLauncher } from '../../src/run/launcher.ts';

watchLauncher(() => process.exit(126), undefined, 20);
writeFileSync(`${process.env.HOME}/asking`, String(process.pid));
setTimeout(() => process.stdout.write(answerRun('/bin/bash')), 1000);

// just: the recipes of a justfile.
import { runJust } from '../just/index.ts';
import type { Launcher } from '../launcher.ts';

/** Source: the just manual. */
export const launcher: Launcher = { names: ['just'], unwrap: runJust };

// What a task runner runs in the end, in a project that exists in memory only.
import { showInvocation } from '../listing.ts';
import { type Files, inScene, project } from '../packages/scene.ts';

/** The commands behind the first one, with the folder where it is not the project's. Unknown pieces show as `…`. */
export const behind = (command: string, files: Files, env: Readonly<Record<string, string>> = {}): readonly string[] =>
  inScene(command, files, project, env)
    .invocations.slice(1)
    .filter(({ program, args }) => program.kind === 'dynamic' || program.value !== '' || args.length > 0)
    .map((call) => {
      const folder = call.cwd.kind === 'static' ? call.cwd.value : '…';
      const where = folder === project ? '' : `${folder.replace(`${project}/`, '')}$ `;
      return `${where}${showInvocation(call)}`;
    });

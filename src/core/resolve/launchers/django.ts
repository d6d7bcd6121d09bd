// manage.py and django-admin, called by their own names: `shell -c` runs code in the project's Python.
import type { Launcher } from '../launcher.ts';
import { shellCode } from '../python/django.ts';

export const launcher: Launcher = { names: ['manage.py', 'django-admin'], unwrap: (call) => shellCode(call.args) };

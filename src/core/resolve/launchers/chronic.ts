// chronic, caffeinate, catchsegv, dbus-run-session: run a command and add nothing that matters here.
import { prefix } from '../prefix.ts';

export const launcher = prefix({
  names: 'chronic caffeinate catchsegv dbus-run-session torsocks proxychains proxychains4',
});

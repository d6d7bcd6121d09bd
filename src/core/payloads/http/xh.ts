// xh: HTTPie's command line in another program; `xhs` is `xh --https`.
import type { HttpClient } from './client.ts';
import { readItemCall } from './items.ts';

export const client: HttpClient = {
  names: ['xh', 'xhs'],
  read: (call, world) => readItemCall(call, world, call.name === 'xhs' ? 'https' : 'http'),
};

// HTTPie: `http` and `https`.
import type { HttpClient } from './client.ts';
import { readItemCall } from './items.ts';

export const client: HttpClient = {
  names: ['http', 'https'],
  read: (call, world) => readItemCall(call, world, call.name === 'https' ? 'https' : 'http'),
};

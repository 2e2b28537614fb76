import { expect, it } from 'vitest';
import type { Throwaway } from './throwaway.ts';
import { unlessRefused } from './trial.ts';

const place = {} as Throwaway;
const ending = (name: string) =>
  unlessRefused(() => Promise.reject(Object.assign(new Error('as it is'), { name })))(place);

it.each(['UnknownOperationException', 'NotImplemented', 'BadRequestException', 'InternalFailure'])(
  'an answer of the name %s says that a server does not have it',
  async (name) => {
    expect(await ending(name)).toBe(false);
  },
);

it.each([
  'AbortError',
  'TimeoutError',
  'TooManyRequestsException',
  'ThrottlingException',
  'Throttling',
  'SlowDown',
])('an end by %s says nothing of a server', async (name) => {
  await expect(ending(name)).rejects.toThrow('as it is');
});

import type { APIGatewayProxyEvent } from 'aws-lambda';
import { afterEach, expect, it, vi } from 'vitest';
import hello from '../events/hello.json' with { type: 'json' };
import { handler } from './handler.ts';

const event = hello as unknown as APIGatewayProxyEvent;

afterEach(() => vi.unstubAllEnvs());

it('greets by name', async () => {
  const { statusCode, body } = await handler(event);
  expect(statusCode).toBe(200);
  expect(JSON.parse(body)).toEqual({ message: 'Hello, Ada!' });
});

it('greets everybody where nobody is named', async () => {
  const { body } = await handler({ ...event, queryStringParameters: null });
  expect(JSON.parse(body)).toEqual({ message: 'Hello, world!' });
});

it('says the greeting that the template gives', async () => {
  vi.stubEnv('GREETING', 'Good day');
  expect(JSON.parse((await handler(event)).body)).toEqual({ message: 'Good day, Ada!' });
});

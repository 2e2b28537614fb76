import { expect, it } from 'vitest';
import { everyOne } from './rights.ts';

it.each([
  '*',
  'arn:aws:dynamodb:us-east-1:000000000000:table/*',
  'arn:aws:dynamodb:us-east-1:000000000000:*',
  'arn:aws:s3:::*',
  'arn:aws:sqs:us-east-1:000000000000:*',
  'arn:aws:lambda:us-east-1:000000000000:function:*',
])('%s names every one', (resource) => {
  expect(everyOne(resource)).toBe(true);
});

it.each([
  'arn:aws:dynamodb:us-east-1:000000000000:table/lab09-todo-crud-Todos-1ABC',
  'arn:aws:dynamodb:us-east-1:000000000000:table/lab09-todo-crud-Todos-1ABC/index/*',
  'arn:aws:s3:::lab09-image-inbox-000000000000-inbox/*',
  'arn:aws:s3:::pictures/*',
  'arn:aws:sqs:us-east-1:000000000000:lab09-order-desk-ToPack-1ABC',
  'arn:aws:lambda:us-east-1:000000000000:function:mine:*',
])('%s names one', (resource) => {
  expect(everyOne(resource)).toBe(false);
});

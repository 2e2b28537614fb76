import type { HttpAnswer, HttpRequest } from '../../../grader/api.ts';
import { whenSettled } from '../../rest-api/gateway-answer.ts';
import { stage } from '../names.ts';
import { apiOf } from './api.ts';
import type { Context } from './context.ts';

/** What is asked: a method, and a path from the stage on with its query. */
export type Asked = Omit<HttpRequest, 'method' | 'body'> & {
  /** `GET /books` */
  readonly route: string;
  readonly body?: string;
};

/** Asks the stage once. */
export function ask(context: Context, { route, headers = {}, body }: Asked): Promise<HttpAnswer> {
  const [method = '', path = ''] = route.split(' ');
  const url = `${context.apiUrl(apiOf(context).id, stage)}${path}`;
  return context.http(url, {
    method,
    headers: body === undefined ? headers : { 'content-type': 'application/json', ...headers },
    ...(body === undefined ? {} : { body }),
  });
}

/** Asks until the stage has heard of its deployment and of the function's permission. */
export const askSettled = (context: Context, asked: Asked): Promise<HttpAnswer> =>
  whenSettled(context, () => ask(context, asked));

/** A question with a JSON body. */
export const sending = (route: string, value: object): Asked => ({ route, body: JSON.stringify(value) });

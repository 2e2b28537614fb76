import type { HttpAnswer, HttpRequest } from '../../../grader/api.ts';
import { whenSettled } from '../../rest-api/gateway-answer.ts';
import { stage } from '../names.ts';
import { apiOf } from './api.ts';
import type { Context } from './context.ts';

/** Asks the stage once. @param path from the stage on, with its query */
export const ask = (context: Context, path: string, request?: HttpRequest): Promise<HttpAnswer> =>
  context.http(`${context.apiUrl(apiOf(context).id, stage)}${path}`, request);

/** Asks the stage until it has heard of its deployment and of the function's permission. */
export const askSettled = (context: Context, path: string, request?: HttpRequest): Promise<HttpAnswer> =>
  whenSettled(context, () => ask(context, path, request));

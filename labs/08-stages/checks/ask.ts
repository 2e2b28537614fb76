import type { HttpAnswer } from '../../../grader/api.ts';
import { whenSettled } from '../../rest-api/gateway-answer.ts';
import type { StageName } from '../names.ts';
import { apiOf } from './api.ts';
import type { Context } from './context.ts';

/** Asks one of the student's stages once. @param path from the stage on, with its query */
export const ask = (context: Context, stage: StageName, path: string): Promise<HttpAnswer> =>
  context.http(`${context.apiUrl(apiOf(context).id, stage)}${path}`);

/** Asks until the stage has heard of its deployment and of the function's permission. */
export const askSettled = (context: Context, stage: StageName, path: string): Promise<HttpAnswer> =>
  whenSettled(context, () => ask(context, stage, path));

/** The path of a route of the lab: all of them are asked by GET. */
export const pathOf = (route: string): string => route.replace('GET ', '');

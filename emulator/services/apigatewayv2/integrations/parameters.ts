import { badRequest } from '../../../gateway/failures.ts';

/** Headers that are the gateway's own: no mapping may touch them. */
const RESERVED =
  /^(access-control-.*|apigw-.*|authorization|connection|content-encoding|content-length|content-location|forwarded|keep-alive|origin|proxy-authenticate|proxy-authorization|te|trailers|transfer-encoding|upgrade|x-amz-.*|x-amzn-.*|x-forwarded-for|x-forwarded-host|x-forwarded-proto|via)$/i;

/** What a mapping does, and to what. */
export interface Action {
  readonly how: 'append' | 'overwrite' | 'remove';
  readonly what: 'header' | 'querystring' | 'path' | 'statuscode';
  readonly name: string;
}

/** Reads `append:header.name`, `overwrite:path` and their like. @returns undefined for what is none */
export function actionOf(key: string): Action | undefined {
  const [, how, what, name = ''] =
    /^(append|overwrite|remove):(header|querystring|path|statuscode)(?:\.(\S+))?$/.exec(key) ?? [];
  if (how === undefined || what === undefined) return undefined;
  const named = what === 'header' || what === 'querystring';
  if (named ? name === '' : name !== '' || how !== 'overwrite') return undefined;
  return { how: how as Action['how'], what: what as Action['what'], name };
}

/**
 * Checks how an HTTP API changes requests.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-parameter-mapping.html
 * @throws BadRequestException
 */
export function checkRequestParameters(parameters: Readonly<Record<string, string>> = {}): void {
  for (const key of Object.keys(parameters)) {
    const action = actionOf(key);
    if (action === undefined || action.what === 'statuscode')
      throw badRequest('Invalid Request Actioned Parameter');
    checkHeader(action);
  }
}

/** Checks how an HTTP API changes answers, by their status codes. @throws BadRequestException */
export function checkResponseParameters(
  parameters: Readonly<Record<string, Readonly<Record<string, string>>>> = {},
): void {
  for (const [status, mappings] of Object.entries(parameters)) {
    if (!/^[2-5]\d\d$/.test(status)) throw badRequest(`Status Code ${status} is not valid`);
    for (const key of Object.keys(mappings)) {
      const action = actionOf(key);
      if (action === undefined || action.what === 'querystring' || action.what === 'path')
        throw badRequest('Invalid Response Actioned Parameter');
      checkHeader(action);
    }
  }
}

function checkHeader({ what, name }: Action): void {
  if (what === 'header' && RESERVED.test(name))
    throw badRequest(`Operations on header ${name.toLowerCase()} are restricted`);
}

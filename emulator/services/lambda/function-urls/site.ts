import type { Scope } from '../../../service/call.ts';
import { ServiceFailure } from '../../../service/failure.ts';
import type { Site, Visit } from '../../../service/site.ts';
import type { TrailId } from '../../../trail/trail.ts';
import type { WireAnswer } from '../../../wire/wire.ts';
import type { LambdaContext } from '../context.ts';
import type { Invoker, Request } from '../invocation/invoker.ts';
import { streamInvocation } from '../invocation/stream.ts';
import { functionArn } from '../names/name.ts';
import { missingPermission } from './authorise.ts';
import { corsHeaders, isPreflight, preflightHeaders } from '../../../gateway/cors.ts';
import { eventOf } from './event.ts';
import { answerOf, integrationType, splitOpening } from '../../../gateway/functions/answer.ts';
import { streamedAnswer } from './streamed.ts';
import type { FunctionUrls, UrlRecord } from './urls.ts';

/** 6 MB (AWS Lambda quotas), before base64. */
const bodyLimit = 6_291_456;

/** Answers requests to function URLs. */
export function functionUrlSite(context: LambdaContext, urls: FunctionUrls, invoker: Invoker): Site {
  const { cloud, functions, versions } = context;

  const served = async (visit: Visit, scope: Scope, url: UrlRecord, cause: TrailId): Promise<WireAnswer> => {
    const body = await visit.body(bodyLimit);
    if (body === undefined) {
      const message = `Request must be smaller than ${bodyLimit} bytes for the InvokeFunction operation`;
      return failed(413, 'RequestEntityTooLargeException', { message });
    }
    const visitor = url.authType === 'NONE' ? undefined : await visit.visitor();
    if (visitor?.kind === 'refused') {
      return failed(403, visitor.failure.code, { message: visitor.failure.message });
    }
    if (visitor?.kind === 'anonymous') return forbidden();
    const { functionName: name, qualifier } = url;
    const owner =
      qualifier === undefined ? functions.find(scope, name) : versions.findAlias(scope, name, qualifier);
    if (owner === undefined) return forbidden();
    const asked = {
      scope,
      resource: functionArn(scope, name, qualifier),
      authType: url.authType,
      statements: owner.statements,
      principal: visitor?.principal,
    };
    const missing = missingPermission(asked, await cloud.port('iam'));
    if (missing !== undefined) {
      const why = `No policy allows ${missing} on ${asked.resource} through its function URL (AuthType ${url.authType}). Both lambda:InvokeFunctionUrl and lambda:InvokeFunction are needed.`;
      cloud.trail.record(scope, 'decision', { by: 'iam', outcome: 'denied', why }, cause);
      return forbidden();
    }
    const event = eventOf(visit, body, visitor?.principal, cloud.clock.now());
    const traceHeader = visit.head.headers['x-amzn-trace-id'];
    const request: Request = {
      reference: { name, qualifier },
      requestId: visit.requestId,
      payload: Buffer.from(JSON.stringify(event)),
      clientContext: undefined,
      cause,
      ...(traceHeader === undefined ? {} : { traceHeader }),
    };
    return url.invokeMode === 'BUFFERED'
      ? buffered(scope, request)
      : streamedAnswer(await streamInvocation(invoker, scope, request, false));
  };

  const buffered = async (scope: Scope, request: Request): Promise<WireAnswer> => {
    const { functionError, payload, contentType } = await invoker.run(scope, request);
    if (functionError !== undefined) return badGateway();
    if (contentType === integrationType) {
      const split = splitOpening(payload);
      if (split?.opening === undefined) return badGateway();
      return { ...split.opening, body: split.rest };
    }
    if (contentType !== undefined && contentType !== 'application/json') {
      return { status: 200, headers: { 'content-type': contentType }, body: payload };
    }
    return answerOf(payload) ?? badGateway();
  };

  return async (visit) => {
    const found = urls.byId(visit.id);
    if (found === undefined) return forbidden();
    const { scope, url } = found;
    const { head, requestId } = visit;
    const { origin } = head.headers;
    const asking = {
      origin,
      method: head.headers['access-control-request-method'],
      headers: head.headers['access-control-request-headers'],
    };
    if (url.cors !== undefined && isPreflight(url.cors, head.method, asking)) {
      return { status: 200, headers: preflightHeaders(url.cors, asking), body: new Uint8Array() };
    }
    const cause = cloud.trail.record(scope, 'api.call', {
      service: 'lambda',
      operation: 'InvokeFunctionUrl',
      requestId,
      principal: url.authType === 'NONE' ? 'anonymous' : 'signed',
    });
    let answer: WireAnswer;
    try {
      answer = await served(visit, scope, url, cause);
    } catch (error) {
      answer = refusalOf(error);
    }
    cloud.trail.complete(cause, { status: answer.status });
    return {
      ...answer,
      headers: { ...answer.headers, 'x-amzn-requestid': requestId, ...corsHeaders(url.cors, origin) },
    };
  };
}

const failed = (status: number, code: string, body: object): WireAnswer => ({
  status,
  headers: { 'content-type': 'application/json', 'x-amzn-errortype': code },
  body: Buffer.from(JSON.stringify(body)),
});

/* Recorded: test_lambda_url_persists_after_alias_delete. Of a URL that is not there nothing more is said. */
export const forbidden = (): WireAnswer =>
  failed(403, 'AccessDeniedException', {
    Message:
      'Forbidden. For troubleshooting Function URL authorization issues, see: https://docs.aws.amazon.com/lambda/latest/dg/urls-auth.html',
  });

/** What a caller gets of a function that failed, or whose result is no answer. */
const badGateway = (): WireAnswer => ({
  status: 502,
  headers: { 'content-type': 'application/json' },
  body: Buffer.from('Internal Server Error'),
});

function refusalOf(error: unknown): WireAnswer {
  if (!(error instanceof ServiceFailure)) throw error;
  if (error.code === 'TooManyRequestsException') {
    return failed(429, error.code, { ...error.members, message: error.message });
  }
  // A function that is still being created, or cannot be run here.
  return failed(502, error.code, { message: error.message });
}

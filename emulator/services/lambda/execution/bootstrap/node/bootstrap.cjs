'use strict';
/*
 * What runs a Node.js function: loads the handler, then takes events from the Runtime API and posts results.
 * Plain files without dependencies, for Node.js 20 to 26. Behaviour follows AWS's runtime of the function's
 * `Runtime`, whatever Node.js runs it: callbacks are gone from nodejs24.x on.
 */
const output = require('./output.cjs');
const faults = require('./faults.cjs');
const { open } = require('./connection.cjs');

const env = process.env;
const parse = JSON.parse;
const stringify = JSON.stringify;
const exit = process.exit.bind(process);

const generation = Number(/nodejs(\d+)/.exec(env.AWS_EXECUTION_ENV ?? '')?.[1] ?? 24);
const modern = generation >= 24;

output.takeOver({
  channel: Number(env._LAMBDA_TELEMETRY_LOG_FD),
  json: env.AWS_LAMBDA_LOG_FORMAT === 'JSON',
  level: env.AWS_LAMBDA_LOG_LEVEL,
  // How each generation of AWS's runtime writes it before the first invocation.
  requestId: modern ? '-' : undefined,
});
delete env._LAMBDA_TELEMETRY_LOG_FD;
require('./files.cjs').redirect(env.COLDSTART_TMP, Number(env.COLDSTART_TMP_MB), env.COLDSTART_OPT);
if (env.COLDSTART_OPT !== undefined) require('./layers.cjs').lead(env.COLDSTART_OPT);
delete env.COLDSTART_TMP;
delete env.COLDSTART_TMP_MB;
delete env.COLDSTART_OPT;

const api = open(env.AWS_LAMBDA_RUNTIME_API, () => exit(1));

/* `Symbol.for`, as bundled copies of AWS's helpers mark handlers with the same symbols. */
const streams = Symbol.for('aws.lambda.runtime.handler.streaming');
const watermark = Symbol.for('aws.lambda.runtime.handler.streaming.highWaterMark');
if (!['1', 'true'].includes(env.AWS_LAMBDA_NODEJS_NO_GLOBAL_AWSLAMBDA)) {
  globalThis.awslambda = {
    streamifyResponse(handler, options) {
      handler[streams] = 'response';
      if (typeof options?.highWaterMark === 'number') handler[watermark] = Math.trunc(options.highWaterMark);
      return handler;
    },
    get HttpResponseStream() {
      return require('./streaming.cjs').HttpResponseStream;
    },
  };
}

/** What ends the process: the phase decides who is told. */
let phase = { name: 'init' };
/** Done when the event loop is empty while an invocation is at work. */
let whenIdle;
let dying = false;

async function die(what, error, status) {
  if (dying) return;
  dying = true;
  output.logFailure(what, error, faults.detail(error));
  const body = faults.body(error);
  if (phase.name === 'init') await api.post('/init/error', errorHeaders(body), body);
  if (phase.name === 'busy') {
    output.complete(phase.id);
    if (phase.streaming) await require('./streaming.cjs').fail(phase.context, error);
    else await api.post(`/invocation/${phase.id}/error`, errorHeaders(body), body);
  }
  exit(status);
}
process.on('uncaughtException', (error) => void die('Uncaught Exception', error, 129));
process.on('unhandledRejection', (reason, promise) => {
  void die('Unhandled Promise Rejection', faults.unhandledRejection(reason, promise), 128);
});
process.on('beforeExit', () => {
  const task = whenIdle;
  whenIdle = undefined;
  if (task !== undefined) task();
  // Node's own status for a module whose top-level await never ends.
  else if (phase.name === 'init') exit(13);
});

function errorHeaders(body) {
  return {
    'Content-Type': 'application/json',
    'Lambda-Runtime-Function-Error-Type': String(parse(body).errorType).replace(/[^\x21-\x7e]/g, ''),
  };
}

async function start() {
  let handler;
  try {
    handler = await require('./handler.cjs').load(env.LAMBDA_TASK_ROOT, env._HANDLER, modern);
    if (handler[streams] && handler[streams] !== 'response') {
      throw faults.fault('MalformedStreamingHandler', 'Only response streaming is supported.');
    }
    if (modern && handler.length >= 3 && !handler[streams]) {
      throw faults.fault(
        'CallbackHandlerDeprecated',
        'ERROR: AWS Lambda has removed support for callback-based function handlers starting with Node.js 24. You need to modify this function to use a supported handler signature to use Node.js 24 or later. For more information see https://docs.aws.amazon.com/lambda/latest/dg/nodejs-handler.html.',
      );
    }
  } catch (error) {
    await die(modern ? 'Init Error' : 'Uncaught Exception', error, modern ? 1 : 129);
    return;
  }
  let event = await api.next();
  for (;;) event = await serve(handler, event);
}

let apisAreReached = false;
/* Costs nothing where it is not needed: a function that has no HTTPS client, and no event of an API, calls none. */
function reachApis(body) {
  if (apisAreReached || !env.AWS_ENDPOINT_URL) return;
  if (!process.moduleLoadList.includes('NativeModule https') && !body.includes('.execute-api.')) return;
  apisAreReached = true;
  require('./apis.cjs');
}

/** Handles one event and resolves to the next one. */
async function serve(handler, { headers, body }) {
  reachApis(body);
  const id = headers['lambda-runtime-aws-request-id'];
  output.setRequestId(id);
  const trace = headers['lambda-runtime-trace-id'];
  if (trace === undefined) delete env._X_AMZN_TRACE_ID;
  else env._X_AMZN_TRACE_ID = trace;
  const context = contextOf(id, headers);
  phase = { name: 'busy', id, context, streaming: handler[streams] === 'response' };

  if (phase.streaming) return serveStreaming(handler, parse(body), context, id);
  const outcome = await (modern
    ? runModern(handler, parse(body), context)
    : runWithCallbacks(handler, parse(body), context));
  whenIdle = undefined;
  // Rejections that nobody handles are told before the result, as AWS's runtime does from nodejs24.x on.
  if (modern) await new Promise((resolve) => setImmediate(resolve));
  if (dying) return new Promise(() => {});
  let answer = outcome;
  if (!('error' in answer)) {
    const text = serialised(answer.value);
    if (typeof text === 'string') return answered(id, 'response', {}, Buffer.from(text));
    answer = text;
  }
  output.logFailure('Invoke Error', answer.error, faults.detail(answer.error));
  const told = faults.body(answer.error);
  return answered(id, 'error', errorHeaders(told), told);
}

function answered(id, kind, headers, body) {
  const silent = output.isSilent();
  if (!silent) output.complete(id);
  phase = { name: 'idle' };
  return api.postThenNext(
    `/invocation/${id}/${kind}`,
    { 'Content-Type': 'application/json', ...(silent && { 'Coldstart-Output': 'none' }), ...headers },
    body,
  );
}

async function serveStreaming(handler, event, context, id) {
  const { run } = require('./streaming.cjs');
  whenIdle = () => void die('Invoke Error', neverSettled(), 1);
  const failed = await run(
    handler,
    event,
    context,
    api.chunked(`/invocation/${id}/response`),
    handler[watermark],
  );
  whenIdle = undefined;
  if (dying) return new Promise(() => {});
  if (failed !== undefined) output.logFailure('Invoke Error', failed.error, faults.detail(failed.error));
  output.complete(id);
  if (failed !== undefined) await failed.fail();
  phase = { name: 'idle' };
  return api.next();
}

async function runModern(handler, event, context) {
  const idle = new Promise((resolve) => {
    whenIdle = () => resolve({ error: neverSettled() });
  });
  const work = (async () => ({ value: await handler(event, context) }))().catch((error) => ({ error }));
  return Promise.race([work, idle]);
}

function runWithCallbacks(handler, event, context) {
  return new Promise((settle) => {
    const isAsync = handler.constructor?.name === 'AsyncFunction';
    whenIdle = () => settle(isAsync ? { error: neverSettled() } : { value: null });
    const callback = require('./callbacks.cjs').equip(context, settle, (task) => {
      whenIdle = task;
    });
    try {
      const result = handler(event, context, callback);
      if (typeof result?.then === 'function') result.then(context.succeed, context.fail);
    } catch (error) {
      context.fail(error);
    }
  });
}

function neverSettled() {
  return faults.fault(
    'NodeJsExit',
    'The Lambda runtime client detected an unexpected Node.js exit code. This is most commonly caused by a Promise that was never settled. For more information, see https://nodejs.org/docs/latest/api/process.html#exit-codes',
  );
}

function serialised(value) {
  try {
    return stringify(value) ?? 'null';
  } catch {
    const message = 'Unable to stringify response body';
    return { error: modern ? faults.fault('JSONStringifyError', message) : new Error(message) };
  }
}

function contextOf(id, headers) {
  const deadline = Number(headers['lambda-runtime-deadline-ms']);
  const json = (name) => (headers[name] === undefined ? undefined : parse(headers[name]));
  return {
    functionName: env.AWS_LAMBDA_FUNCTION_NAME,
    functionVersion: env.AWS_LAMBDA_FUNCTION_VERSION,
    memoryLimitInMB: env.AWS_LAMBDA_FUNCTION_MEMORY_SIZE,
    logGroupName: env.AWS_LAMBDA_LOG_GROUP_NAME,
    logStreamName: env.AWS_LAMBDA_LOG_STREAM_NAME,
    clientContext: json('lambda-runtime-client-context'),
    identity: json('lambda-runtime-cognito-identity'),
    invokedFunctionArn: headers['lambda-runtime-invoked-function-arn'],
    awsRequestId: id,
    getRemainingTimeInMillis: () => deadline - Date.now(),
  };
}

void start();

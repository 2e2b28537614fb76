import type { Clients, Invoked } from '../api.ts';

/** Calls a function and takes its answer apart. What the function did is no error here; a call that Lambda refuses is. */
export async function invoke(clients: Clients, functionName: string, payload: unknown): Promise<Invoked> {
  const { InvokeCommand } = await import('../targets/clients/invoke-command.ts');
  const sent = payload === undefined ? undefined : JSON.stringify(payload);
  const command = new InvokeCommand({
    FunctionName: functionName,
    LogType: 'Tail',
    ...(sent === undefined ? {} : { Payload: new TextEncoder().encode(sent) }),
  });
  let lost = 0;
  command.middlewareStack.add(
    (next) => async (attempt) => {
      try {
        return await next(attempt);
      } catch (error) {
        if (mayHaveRun(error)) lost += 1;
        throw error;
      }
    },
    // Within the SDK's own trying again, and around what reads an answer: an error has its status here.
    { step: 'deserialize', priority: 'high', name: 'coldstartLost' },
  );
  const answer = await clients.lambda.send(command);
  const rawPayload = answer.Payload === undefined ? '' : new TextDecoder().decode(answer.Payload);
  const logTail =
    answer.LogResult === undefined ? '' : Buffer.from(answer.LogResult, 'base64').toString('utf8');
  return {
    status: answer.StatusCode ?? 0,
    functionError: answer.FunctionError,
    payload: parsed(rawPayload),
    rawPayload,
    requestId: requestIdOf(answer.$metadata.requestId ?? '', logTail),
    executedVersion: answer.ExecutedVersion,
    logTail,
    lost,
  };
}

/** A refusal comes before the function: 4xx, and 429 among them. After anything else it may have run. */
function mayHaveRun(error: unknown): boolean {
  const { $metadata } = (error ?? {}) as { readonly $metadata?: { readonly httpStatusCode?: number } };
  const status = $metadata?.httpStatusCode;
  return status === undefined || status >= 500;
}

/**
 * The id of the invocation. On AWS it is the answer's own, and the log's end has it; other servers give the answer an
 * id of its own, and only Lambda's lines tell that of the invocation.
 */
export function requestIdOf(answered: string, logTail: string): string {
  if (logTail.includes(answered)) return answered;
  return /^(?:END|REPORT) RequestId: (\S+)/m.exec(logTail)?.[1] ?? answered;
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json) as unknown;
  } catch {
    return undefined;
  }
}

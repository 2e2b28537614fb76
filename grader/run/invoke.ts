import type { Clients, Invoked } from '../api.ts';

/** Calls a function and takes its answer apart. What the function did is no error here; a call that Lambda refuses is. */
export async function invoke(clients: Clients, functionName: string, payload: unknown): Promise<Invoked> {
  const { InvokeCommand } = await import('../targets/clients/invoke-command.ts');
  const sent = payload === undefined ? undefined : JSON.stringify(payload);
  const answer = await clients.lambda.send(
    new InvokeCommand({
      FunctionName: functionName,
      LogType: 'Tail',
      ...(sent === undefined ? {} : { Payload: new TextEncoder().encode(sent) }),
    }),
  );
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
  };
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

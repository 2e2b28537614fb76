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
  return {
    status: answer.StatusCode ?? 0,
    functionError: answer.FunctionError,
    payload: parsed(rawPayload),
    rawPayload,
    requestId: answer.$metadata.requestId ?? '',
    executedVersion: answer.ExecutedVersion,
    logTail: answer.LogResult === undefined ? '' : Buffer.from(answer.LogResult, 'base64').toString('utf8'),
  };
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json) as unknown;
  } catch {
    return undefined;
  }
}

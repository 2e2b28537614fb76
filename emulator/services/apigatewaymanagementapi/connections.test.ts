import {
  DeleteConnectionCommand,
  GetConnectionCommand,
  PostToConnectionCommand,
} from '@aws-sdk/client-apigatewaymanagementapi';
import { PutRolePolicyCommand } from '@aws-sdk/client-iam';
import { InvokeCommand } from '@aws-sdk/client-lambda';
import { spawnSync } from 'node:child_process';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sessionOf } from '../apigateway/testing/signed.ts';
import { refusal } from '../apigateway/testing/trial-gateway.ts';
import type { Listener } from '../apigatewayv2/websocket/testing/listener.ts';
import { findPython } from '../lambda/execution/runtimes.ts';
import { archive } from '../lambda/testing/archive.ts';
import { asking, saying, scope, TrialChat } from '../apigatewayv2/websocket/testing/trial-chat.ts';

const python = await findPython();
const hasBoto3 =
  python !== undefined && spawnSync(python.command, ['-c', 'import boto3'], { timeout: 20_000 }).status === 0;
if (!hasBoto3) console.log('boto3 was not found: Python functions are not tested here.');

let chat: TrialChat;
let apiId: string;
let client: Listener;
let ConnectionId: string;
beforeAll(async () => {
  chat = await TrialChat.start('verified');
  apiId = await chat.api({ $default: saying('"$context.connectionId"') });
  client = await chat.connect(chat.address(apiId), { headers: { 'User-Agent': 'a test' } });
  ConnectionId = (await client.ask('who am I?')) as string;
});
afterAll(async () => {
  await chat.stop();
});

describe('@connections', () => {
  it('sends a message to a client, and tells of the client', async () => {
    const management = chat.management(apiId);
    await management.send(new PostToConnectionCommand({ ConnectionId, Data: 'grüß dich' }));
    expect(await client.hear()).toBe('grüß dich');
    const { ConnectedAt, LastActiveAt, Identity } = await management.send(
      new GetConnectionCommand({ ConnectionId }),
    );
    expect(Identity).toEqual({ SourceIp: '127.0.0.1', UserAgent: 'a test' });
    expect(LastActiveAt?.getTime()).toBeGreaterThanOrEqual(ConnectedAt?.getTime() ?? Infinity);
    management.destroy();
  });

  it('is answered at the host of an API too', async () => {
    const { port } = chat.gateway.running;
    const management = chat.management(apiId);
    // The name of a host below localhost is found by browsers, and not by every system.
    management.middlewareStack.add(
      (next) => (args) => {
        const request = args.request as { hostname: string; path: string; headers: Record<string, string> };
        request.headers['host'] = `${apiId}.execute-api.us-east-1.localhost:${String(port)}`;
        request.path = request.path.replace(`/_aws/execute-api/${apiId}`, '');
        return next(args);
      },
      { step: 'build', priority: 'low' },
    );
    await management.send(new PostToConnectionCommand({ ConnectionId, Data: 'by its host' }));
    expect(await client.hear()).toBe('by its host');
    management.destroy();
  });

  it('knows nothing of connections that have ended, never were, or are another stage’s', async () => {
    const management = chat.management(apiId);
    const other = await chat.connect(chat.address(apiId));
    const gone = (await other.ask('who am I?')) as string;
    other.socket.close();
    await other.closed;
    for (const command of [
      new PostToConnectionCommand({ ConnectionId: 'L0SM9cOFvHcCIhw=', Data: 'x' }),
      new GetConnectionCommand({ ConnectionId: gone }),
      new DeleteConnectionCommand({ ConnectionId: 'a/b?' }),
    ] as const)
      expect(await refusalOf(management.send(command as PostToConnectionCommand))).toEqual([
        'GoneException',
        410,
      ]);
    const elsewhere = chat.management(await chat.api({ $default: saying('1') }));
    expect(await refusalOf(elsewhere.send(new GetConnectionCommand({ ConnectionId })))).toEqual([
      'GoneException',
      410,
    ]);
    management.destroy();
    elsewhere.destroy();
  });

  it('takes 128 KB and no more', async () => {
    const management = chat.management(apiId);
    const most = 128 * 1024;
    await management.send(new PostToConnectionCommand({ ConnectionId, Data: 'a'.repeat(most) }));
    expect(await client.hear()).toHaveLength(most);
    const more = new PostToConnectionCommand({ ConnectionId, Data: 'a'.repeat(most + 1) });
    expect(await refusalOf(management.send(more))).toEqual(['PayloadTooLargeException', 413]);
    management.destroy();
  });

  it('keeps so much for a client that reads nothing, and no more', async () => {
    const deaf = await chat.connect(chat.address(apiId));
    const management = chat.management(apiId);
    const id = (await deaf.ask('who am I?')) as string;
    deaf.socket.pause();
    const post = new PostToConnectionCommand({ ConnectionId: id, Data: 'a'.repeat(128 * 1024) });
    let refused: unknown = 'not refused';
    // The systems of both sides keep some megabytes, too.
    for (let count = 0; count < 400 && refused === 'not refused'; count += 1)
      refused = await refusalOf(management.send(post));
    expect(refused).toEqual(['LimitExceededException', 429]);
    deaf.leave();
    management.destroy();
  });

  it('is refused where the client of the SDK was not told of a stage', async () => {
    const management = chat.management(apiId, { endpoint: undefined });
    management.config.endpoint = async () =>
      await Promise.resolve({
        protocol: 'http:',
        hostname: '127.0.0.1',
        port: chat.gateway.running.port,
        path: '/',
      });
    expect(await refusalOf(management.send(new GetConnectionCommand({ ConnectionId })))).toEqual([
      'ForbiddenException',
      403,
    ]);
    management.destroy();
  });

  it('asks for a signature that is right, and for a permission', async () => {
    const address = `${chat.address(apiId, 'dev', 'http')}/@connections/${encodeURIComponent(ConnectionId)}`;
    const unsigned = await fetch(address, { method: 'POST', body: 'x' });
    expect([unsigned.status, unsigned.headers.get('x-amzn-errortype')]).toEqual([
      403,
      'MissingAuthenticationTokenException',
    ]);
    const wrong = chat.management(apiId, {
      credentials: { accessKeyId: scope.account, secretAccessKey: 'wrong' },
    });
    expect(await refusal(wrong.send(new GetConnectionCommand({ ConnectionId })))).toContain(
      'InvalidSignatureException',
    );
    wrong.destroy();
    const poster = await sessionOf(chat.gateway, 'poster', [mayManage(apiId, 'POST')]);
    const management = chat.management(apiId, { credentials: poster });
    await management.send(new PostToConnectionCommand({ ConnectionId, Data: 'allowed' }));
    expect(await client.hear()).toBe('allowed');
    expect(await refusal(management.send(new GetConnectionCommand({ ConnectionId })))).toBe(
      `AccessDeniedException: User: arn:aws:sts::${scope.account}:assumed-role/poster/session is not authorized to perform: execute-api:ManageConnections on resource: arn:aws:execute-api:us-east-1:********1111:${apiId}/dev/GET/@connections/${ConnectionId}`,
    );
    management.destroy();
    const stranger = chat.management(apiId, chat.gateway.settings('222222222222'));
    expect(await refusal(stranger.send(new GetConnectionCommand({ ConnectionId })))).toContain(
      'AccessDeniedException',
    );
    stranger.destroy();
  });

  it('ends a connection', async () => {
    const leaving = await chat.connect(chat.address(apiId));
    const management = chat.management(apiId);
    const id = (await leaving.ask('who am I?')) as string;
    await management.send(new DeleteConnectionCommand({ ConnectionId: id }));
    expect(await leaving.closed).toEqual({ code: 1000, reason: 'Connection Closed Normally' });
    expect(await refusalOf(management.send(new DeleteConnectionCommand({ ConnectionId: id })))).toEqual([
      'GoneException',
      410,
    ]);
    management.destroy();
  });
});

describe('a function', () => {
  it('answers a client with the code that does so on AWS', async () => {
    const arn = await chat.function(
      'poster',
      `
      const { ApiGatewayManagementApiClient, PostToConnectionCommand } = await import('@aws-sdk/client-apigatewaymanagementapi');
      const { domainName, stage, connectionId } = event.requestContext;
      const client = new ApiGatewayManagementApiClient({ endpoint: 'https://' + domainName + '/' + stage });
      await client.send(new PostToConnectionCommand({ ConnectionId: connectionId, Data: 'You said ' + event.body }));
      return { statusCode: 200 };`,
    );
    expect(await answerOf(arn)).toBe('You said hello');
  });

  it.skipIf(!hasBoto3)('does so in Python too', async () => {
    const code = `import boto3
def handler(event, context):
    if "requestContext" not in event:
        return "ready"
    told = event["requestContext"]
    client = boto3.client("apigatewaymanagementapi", endpoint_url=f"https://{told['domainName']}/{told['stage']}")
    client.post_to_connection(ConnectionId=told["connectionId"], Data=("You said " + event["body"]).encode())
    return {"statusCode": 200}
`;
    const { make, lambda } = await chat.student;
    await make('snake', archive({ 'index.py': code }), {
      Runtime: 'python3.13',
      Timeout: 25,
      MemorySize: 512,
    });
    const arn = await chat.permitted('snake');
    // On a busy machine boto3 can take longer to import than an API waits for an answer.
    const first = await lambda.send(new InvokeCommand({ FunctionName: 'snake', LogType: 'Tail' }));
    const log = Buffer.from(first.LogResult ?? '', 'base64').toString();
    expect(Buffer.from(first.Payload ?? []).toString(), log).toBe('"ready"');
    expect(await answerOf(arn)).toBe('You said hello');
  });
});

/** What a function says to a client that says hello. */
async function answerOf(functionArn: string): Promise<string> {
  const api = await chat.api({ $default: asking(functionArn, false) });
  const PolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement: mayManage(api, 'POST') });
  await chat.gateway.iam.send(
    new PutRolePolicyCommand({ RoleName: 'worker', PolicyName: 'connections', PolicyDocument }),
  );
  const speaker = await chat.connect(chat.address(api));
  speaker.say('hello');
  return await speaker.hear();
}

async function refusalOf(sent: Promise<unknown>): Promise<unknown> {
  try {
    await sent;
  } catch (error) {
    const { name, $metadata } = error as Error & { $metadata?: { httpStatusCode?: number } };
    return [name, $metadata?.httpStatusCode];
  }
  return 'not refused';
}

const mayManage = (api: string, method: string) => ({
  Effect: 'Allow',
  Action: 'execute-api:ManageConnections',
  Resource: `arn:aws:execute-api:us-east-1:${scope.account}:${api}/dev/${method}/@connections/*`,
});

import { AttachRolePolicyCommand } from '@aws-sdk/client-iam';
import { afterAll, beforeAll, expect } from 'vitest';
import { asking, TrialChat } from '../services/apigatewayv2/websocket/testing/trial-chat.ts';
import { prove } from './prove.ts';

let chat: TrialChat;
beforeAll(async () => {
  chat = await TrialChat.start();
});
afterAll(async () => {
  await chat.stop();
});

prove('websocket-api', async () => {
  const caller = await chat.function(
    'caller',
    `
    const { ApiGatewayManagementApiClient, PostToConnectionCommand } = await import('@aws-sdk/client-apigatewaymanagementapi');
    const { domainName, stage, connectionId, routeKey } = event.requestContext;
    const client = new ApiGatewayManagementApiClient({ endpoint: 'https://' + domainName + '/' + stage });
    const Data = routeKey + ' said ' + JSON.parse(event.body).text;
    await client.send(new PostToConnectionCommand({ ConnectionId: connectionId, Data }));
    return { statusCode: 200 };`,
  );
  await chat.gateway.iam.send(
    new AttachRolePolicyCommand({
      RoleName: 'worker',
      PolicyArn: 'arn:aws:iam::aws:policy/AmazonAPIGatewayInvokeFullAccess',
    }),
  );
  const api = await chat.api({ shout: asking(caller, false), $default: asking(caller, false) });
  const client = await chat.connect(chat.address(api));
  const heard: string[] = [];
  for (const action of ['shout', 'whisper']) {
    client.say({ action, text: 'hello' });
    heard.push(await client.hear());
  }
  expect(heard).toEqual(['shout said hello', '$default said hello']);
});

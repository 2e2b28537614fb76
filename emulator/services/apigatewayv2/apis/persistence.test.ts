import { ApiGatewayV2Client, CreateApiCommand, GetApiCommand } from '@aws-sdk/client-apigatewayv2';
import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { ask } from '../../apigateway/testing/trial-api.ts';
import { TrialGateway } from '../../apigateway/testing/trial-gateway.ts';
import { Echo } from '../http/testing/trial-http.ts';

it('an API is there, and answers, after the cloud has ended and begun again', async () => {
  const home = mkdtempSync(join(realpathSync(tmpdir()), 'coldstart-http-apis-'));
  const echo = await Echo.start();
  try {
    const before = await TrialGateway.start(home);
    const input = { Name: 'kept', ProtocolType: 'HTTP' as const, Target: echo.origin };
    const maker = new ApiGatewayV2Client(before.settings());
    const { ApiId } = await maker.send(new CreateApiCommand(input));
    maker.destroy();
    await before.stop();
    const after = await TrialGateway.start(home);
    const reader = new ApiGatewayV2Client(after.settings());
    expect((await reader.send(new GetApiCommand({ ApiId }))).Name).toBe('kept');
    expect((await ask(after, `/_aws/execute-api/${ApiId ?? ''}/some/where`)).json).toMatchObject({
      url: '/some/where',
    });
    reader.destroy();
    await after.stop();
  } finally {
    await echo.stop();
    rmSync(home, { recursive: true, force: true });
  }
});

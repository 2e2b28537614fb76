import { expect, it } from 'vitest';
import { Postbox } from './testing/postbox.ts';
import { saying, TrialChat } from './testing/trial-chat.ts';

it('a cloud that ends says so to every client, and waits for no back end', async () => {
  const [chat, box] = await Promise.all([TrialChat.start(), Postbox.open()]);
  const waiting = {
    IntegrationType: 'HTTP_PROXY',
    IntegrationMethod: 'POST',
    IntegrationUri: box.origin,
  } as const;
  const api = await chat.api({ $default: saying('"heard"'), wait: { integration: waiting } });
  const clients = await Promise.all([1, 2, 3].map(() => chat.connect(chat.address(api))));
  box.gate = new Promise(() => undefined);
  clients[0]?.say({ action: 'wait' });
  await box.next();
  await chat.gateway.running.stop();
  for (const { closed } of clients) expect(await closed).toEqual({ code: 1001, reason: 'Going away' });
  await chat.stop();
  await box.close();
});

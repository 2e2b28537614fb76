import type { HttpAnswer } from '../api.ts';
import { gatewaySite, mark } from './gateway-site.ts';
import { unlessRefused, type Trial } from './trial.ts';

/** Whether integrations map requests and answers as API Gateway does. */
export const integrationTrials = {
  encodedPathParameters: unlessRefused(async (place) => {
    const ask = await gatewaySite(place);
    let last: HttpAnswer | undefined;
    await place.until('deployment', async () => {
      last = await ask('/books/a%20b');
      return last.status === 200 || undefined;
    });
    return last?.text === 'a%20b';
  }),

  mockTemplates: unlessRefused(async (place) => {
    const ask = await gatewaySite(place);
    const whole = await place.until(
      'deployment',
      async () => (await ask('/whole')).text === mark || undefined,
    );
    if (whole !== true) return false;
    const [noStatus, noBody] = [await ask('/no-status'), await ask('/no-body')];
    return noStatus.status === 500 && noBody.status === 200 && noBody.text === '';
  }),
} as const satisfies Readonly<Record<string, Trial>>;

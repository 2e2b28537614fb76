import { gatewaySite, mark } from './gateway-site.ts';
import { unlessRefused, type Trial } from './trial.ts';

/** Whether a gateway refuses what a method's validator should, and in the words that an API has chosen. */
export const refusalTrials = {
  requestValidation: unlessRefused(async (place) => {
    const ask = await gatewaySite(place);
    const open = await place.until(
      'deployment',
      async () => (await ask('/demanding?q=1')).status === 200 || undefined,
    );
    return open === true && (await ask('/demanding')).status === 400;
  }),

  gatewayResponses: unlessRefused(async (place) => {
    const ask = await gatewaySite(place);
    const told = await place.until(
      'deployment',
      async () => (await ask('/nowhere')).header('x-trial') === mark || undefined,
    );
    return told === true;
  }),
} as const satisfies Readonly<Record<string, Trial>>;

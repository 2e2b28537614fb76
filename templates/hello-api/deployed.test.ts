import { expect } from 'vitest';
import { proveApplication } from '../testing/prove-application.ts';

let greeting = 'Hello';

proveApplication('hello-api', {
  async works(place) {
    const answer = await fetch(`${place.output('HelloUrl')}?name=Ada`);
    expect(answer.status).toBe(200);
    expect(await answer.json()).toEqual({ message: `${greeting}, Ada!` });
  },
  change: { parameters: { Greeting: 'Good day' } },
  async changed() {
    greeting = 'Good day';
    return Promise.resolve();
  },
});

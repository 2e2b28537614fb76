import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { recordedAtHand, recordedErrors } from '../testing/recorded.ts';
import { apiRefusals } from './refusals/apis.ts';
import { RefusalBench } from './refusals/bench.ts';
import { methodRefusals } from './refusals/methods.ts';
import { partRefusals } from './refusals/parts.ts';

/** What a real client is told, word for word. Texts were recorded on AWS unless a comment says otherwise. */
describe('refusals', () => {
  const bench = new RefusalBench();
  beforeAll(async () => bench.open());
  afterAll(async () => bench.close());

  apiRefusals(bench);
  methodRefusals(bench);
  partRefusals(bench);

  it.runIf(recordedAtHand)('are those that were recorded, and no recorded one is left out', () => {
    const recordings = recordedErrors();
    // With names of their own, or proved where stages, canaries, keys and plans are; the last ones are not built.
    const elsewhere =
      /<name:1>|<api-id:1>|API Stage|API Key|anary|\*\/\*|method setting path|Deployment id|Invalid deployment content|Vpc Link|ARN is not well formed|Name cannot be empty|Active stages|copy operation|add operation|Usage Plan|'\/id'|Documentation|documentation|importer|OpenAPI|can not be converted|AWS_PROXY|Invalid ARN specified|ipAddressType must be/;
    expect([...recordings].filter((text) => !bench.told.has(text) && !elsewhere.test(text))).toEqual([]);
    expect([...bench.told].filter((text) => !recordings.has(text)).length).toBeLessThan(12);
  });
});

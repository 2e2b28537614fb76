import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { join } from 'node:path';
import { loadMeasurement } from '../../grader/measurement/store.ts';
import { student, type Student } from '../testing/student.ts';

/* Real commands, a real cloud and real processes: the figures are of functions that started just now. */
describe('npm run measure', () => {
  let ada: Student;
  beforeAll(() => {
    ada = student();
  });
  afterAll(() => ada.leave());

  it('says what is missing: a workspace, a function, something to measure', async () => {
    const early = await ada.run(['measure', '4']);
    expect(early).toMatchObject({ status: 2 });
    expect(early.err).toContain('npm run lab 4');
    await ada.run(['lab', '4']);
    const undeployed = await ada.run(['measure', '4']);
    expect(undeployed).toMatchObject({ status: 1 });
    expect(undeployed.err).toContain('npm run deploy 4');
    await ada.run(['lab', '1']);
    const other = await ada.run(['measure', '1']);
    expect(other).toMatchObject({ status: 2 });
    expect(other.err).toContain('There is nothing to measure in lab 1.');
  }, 90_000);

  it('calls a copy cold and warm, keeps the figures, and leaves nothing of the copy', async () => {
    expect(await ada.run(['deploy', '4'])).toMatchObject({ status: 0 });
    const drawn = await ada.run(['measure', '4']);
    expect(drawn, drawn.seen).toMatchObject({ status: 0 });
    const kept = loadMeasurement(join(ada.work, '04-cold-starts'));
    expect(kept?.calls.map(({ initMs }) => (initMs === undefined ? 'warm' : 'cold')).join(' ')).toBe(
      Array.from({ length: 5 }, () => 'cold warm warm').join(' '),
    );
    for (const { requestId, initMs = 0, durationMs, billedMs } of kept?.calls ?? []) {
      expect(drawn.out).toContain(requestId);
      expect(Math.abs(billedMs - initMs - durationMs)).toBeLessThanOrEqual(1.01);
    }
    // The REPORT lines are the function's own: the answers are looked up there.
    const log = await ada.run(['logs', '4']);
    for (const { requestId } of kept?.calls ?? [])
      expect(log.out).toContain(`REPORT RequestId: ${requestId}`);
    const cleaned = await ada.run(['clean', '4']);
    expect(cleaned.out).not.toContain('lab04-lifecycle-measure');
  }, 120_000);

  it('answers in JSON, in Korean too', async () => {
    expect(await ada.run(['deploy', '4'])).toMatchObject({ status: 0 });
    const said = await ada.run(['measure', '4', '--json']);
    expect(JSON.parse(said.out)).toMatchObject({
      format: 'coldstart-measurement',
      functionName: 'lab04-lifecycle',
      summary: { cold: { calls: 5 }, warm: { calls: 10 } },
    });
    const korean = await ada.run(['measure', '4', '--lang', 'ko']);
    expect(korean.out).toContain('콜드와 웜 비교');
  }, 120_000);
});

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { student, type Student } from '../testing/student.ts';

/* An address in AWS_ENDPOINT_URL is refused for a real account before anything is sent: nothing here reaches one. */
const nowhere = { AWS_ENDPOINT_URL: 'http://127.0.0.1:9' };

describe('what a lab costs', { timeout: 60_000 }, () => {
  let ada: Student;
  beforeAll(() => (ada = student()));
  afterAll(() => ada.leave());

  it('is said when a lab is opened for a real account, and its next steps stay there', async () => {
    const { status, out, err } = await ada.run(['lab', '4', '--target', 'aws']);
    expect(status).toBe(0);
    expect(err).toMatch(/What lab 4 costs: .*0\.008 USD an hour/);
    expect(out).toContain('npm run deploy 4 -- --target aws');
    const korean = await ada.run(['lab', '4', '--target', 'aws'], { COLDSTART_LANG: 'ko' });
    expect(korean.err).toMatch(/실습 4 비용: .*[가-힣]/);
  });

  it('is said before anything is done on a real account', async () => {
    for (const command of ['deploy', 'grade', 'measure']) {
      const { status, err } = await ada.run([command, '4', '--target', 'aws', '--yes'], nowhere);
      expect(status, command).toBe(2);
      expect(err, command).toMatch(/What lab 4 costs: [\s\S]*127\.0\.0\.1:9/);
    }
  });

  it('is not said where it costs nothing', async () => {
    const { err, out } = await ada.run(['lab', '4']);
    expect(err + out).not.toContain('What lab 4 costs');
    expect(out).toMatch(/npm run deploy 4$/m);
  });
});

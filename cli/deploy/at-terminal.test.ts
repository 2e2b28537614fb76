import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hasPty } from '../testing/pty.ts';
import { TerminalScreen } from '../testing/screen.ts';
import { student, type Student } from '../testing/student.ts';

if (!hasPty)
  console.log('Python with its pty module was not found: deployments at a terminal are not tested here.');

const application = (more = '') => `Parameters:
  Stage: { Type: String, Default: dev, AllowedValues: [dev, prod], Description: Where it runs. }
  Seconds: { Type: Number, Default: 30, MaxValue: 60 }
  Secret: { Type: String, NoEcho: true, MinLength: 4 }
Resources:
  Jobs:
    Type: AWS::SQS::Queue
    Properties: { VisibilityTimeout: !Ref Seconds, Tags: [{ Key: stage, Value: !Ref Stage }] }
  AVeryLongLogicalIdOfAnotherQueueThatNoWindowHasRoomFor: { Type: AWS::SQS::Queue }
${more}Outputs:
  Stage: { Value: !Ref Stage }
`;
const broken = `  Bad:
    Type: AWS::Lambda::Permission
    DependsOn: Jobs
    Properties: { Action: lambda:InvokeFunction, FunctionName: nobody, Principal: s3.amazonaws.com }
`;

describe.skipIf(!hasPty)('npm run deploy at a terminal', { timeout: 120_000 }, () => {
  let ada: Student;
  beforeAll(() => {
    ada = student();
  });
  afterAll(() => ada.leave());

  const put = (name: string, template: string, samconfig?: string) => {
    mkdirSync(join(ada.work, name), { recursive: true });
    writeFileSync(join(ada.work, name, 'template.yaml'), template);
    if (samconfig !== undefined) writeFileSync(join(ada.work, name, 'samconfig.toml'), samconfig);
  };
  const kept = (name: string) => {
    const file = join(ada.work, name, 'samconfig.toml');
    return existsSync(file) ? readFileSync(file, 'utf8') : '';
  };
  const wide = { columns: 80, rows: 24 };
  const goodOrder = { echoes: true, byLine: true };
  const secretKept = '[default.deploy.parameters]\nparameter_overrides = "Secret=hush-hush"\n';

  const deployed = async (name: string, size: typeof wide, env: NodeJS.ProcessEnv = {}) => {
    const sitting = ada.sit(['deploy', name], size, env);
    const ended = await sitting.ended;
    const screen = new TerminalScreen(size.columns, size.rows);
    screen.write(sitting.written);
    return { ...ended, screen, written: sitting.written };
  };

  it.each([
    ['eighty', { columns: 80, rows: 24 }, 'en', 'events'],
    ['forty', { columns: 40, rows: 24 }, 'en', 'events'],
    ['korean', { columns: 40, rows: 12 }, 'ko', '이벤트'],
  ] as const)(
    'shows each resource in one row with its last status: %s',
    async (name, size, language, heading) => {
      put(name, application(), secretKept);
      const { screen, status, written, ...order } = await deployed(name, size, { COLDSTART_LANG: language });
      expect(status, written).toBe(0);
      expect(order).toEqual(goodOrder);
      const table = screen.text
        .slice(screen.text.findIndex((line) => line.trim() === heading) + 1)
        .slice(0, 3);
      expect(table.map((line) => / CREATE_COMPLETE +[\d.]+(?: s|초)$/.test(line))).toEqual([
        true,
        true,
        true,
      ]);
      expect(table.map((line) => /^ +(\S+)/.exec(line)?.[1])).toEqual([
        name,
        expect.stringMatching(/^(?:Jobs|AV.*\.\..*For)$/),
        expect.stringMatching(/^(?:Jobs|AV.*\.\..*For)$/),
      ]);
      expect(written).toContain('\u001b[2K');
      // Neither the change set nor the table is broken by the window; sentences and addresses may be.
      expect(screen.brokenTexts.filter((line) => /AWS::|SQS|_(?:PROGRESS|COMPLETE)/.test(line))).toEqual([]);
    },
  );

  it('has the reason below the row, and colours only where they are wanted', async () => {
    put('broken', application(broken), secretKept);
    const { screen, status, written } = await deployed('broken', wide, { NO_COLOR: '', FORCE_COLOR: '1' });
    expect(status).toBe(1);
    const row = screen.text.findIndex((line) => /^ +Bad .*CREATE_FAILED|^ +Bad .*DELETE_COMPLETE/.test(line));
    expect(screen.text[row + 1]).toMatch(/^ {6}\S/);
    expect(screen.text.filter((line) => /^ +Bad .*_(?:FAILED|COMPLETE)/.test(line))).toHaveLength(1);
    expect(screen.text.filter((line) => / ROLLBACK_COMPLETE +[\d.]+ s$/.test(line))).toHaveLength(1);
    expect(written).toContain('\u001b[31m');
    const plain = await deployed('broken', wide);
    // eslint-disable-next-line no-control-regex -- a colour code begins with one
    expect(plain.written).not.toMatch(/\u001b\[[0-9;]*m/);
  });

  it('prints lines where nobody watches', async () => {
    put('piped', application(), secretKept);
    const { out } = await ada.run(['deploy', 'piped']);
    // eslint-disable-next-line no-control-regex -- it is what must not be there
    expect(out).not.toMatch(/\u001b/);
    expect(out).toMatch(/\d\d:\d\d:\d\d {2}CREATE_IN_PROGRESS +Jobs /);
  });

  it('asks for each parameter, again where the template does not allow it, and keeps all but secrets', async () => {
    put('guided', application());
    const sitting = ada.sit(['deploy', 'guided', '--guided'], wide);
    await sitting.sees(/Where it runs\.[^]*one of dev, prod[^]*Stage \[dev\]: /);
    sitting.type('test\r');
    await sitting.sees(/must be one of AllowedValues[^]*Stage \[dev\]: /);
    sitting.type('prod\r');
    await sitting.sees(/Seconds \[30\]: /);
    sitting.type('61\r');
    await sitting.sees(/not greater than 60[^]*Seconds \[30\]: /);
    sitting.type('\r');
    await sitting.sees(/Secret \[\]: /);
    sitting.type('\r');
    await sitting.sees(/Secret has no default[^]*Secret \[\]: /);
    sitting.type('hush-hush\r');
    await sitting.sees(/Deploy these changes\?/);
    sitting.type('\r');
    await expect(sitting.ended).resolves.toEqual({ status: 0, ...goodOrder });
    expect(sitting.written).not.toContain('hush');
    expect(kept('guided')).toContain('"Stage=\\"prod\\"","Seconds=\\"30\\""');
    expect(kept('guided')).not.toMatch(/hush|Secret/);
    // The next one needs no answers.
    put('guided', application('  More: { Type: AWS::SQS::Queue }\n'));
    expect((await ada.run(['deploy', 'guided'])).out).toMatch(/Stage +prod/);
    // A secret that the stack has stays where nothing is typed.
    const again = ada.sit(['deploy', 'guided', '--guided'], wide, { COLDSTART_LANG: 'ko' });
    for (const asked of [/Stage \[prod\]: /, /Seconds \[30\]: /, /Secret \[\*{4}\]: /]) {
      await again.sees(asked);
      again.type('\r');
    }
    await again.sees(/바꿀 것이 없어요/);
    await expect(again.ended).resolves.toEqual({ status: 0, ...goodOrder });
  });

  it.each([
    ['n', 'n\r', 0],
    ['Ctrl+C', '\u0003', 130],
    ['Ctrl+D', '\u0004', 130],
  ])(
    'changes nothing on %s, and leaves no stack and the terminal in good order',
    async (name, typed, status) => {
      const folder = `declined-by-${name.slice(-1).toLowerCase()}`;
      put(folder, application('  Once: { Type: AWS::SQS::Queue }\n'), secretKept);
      const sitting = ada.sit(['deploy', folder, '--guided'], wide);
      for (const asked of [/Stage \[dev\]: /, /Seconds \[30\]: /, /Secret \[\*{4}\]: /]) {
        await sitting.sees(asked);
        sitting.type('\r');
      }
      await sitting.sees(/Deploy these changes\?/);
      sitting.type(typed);
      await sitting.sees(/Nothing was changed/);
      await expect(sitting.ended).resolves.toEqual({ status, ...goodOrder });
      // What was declined is no stack: it is made, not taken up.
      const { out } = await ada.run(['deploy', folder]);
      expect(out).toContain('The stack is created.');
      expect(out).not.toContain('REVIEW_IN_PROGRESS');
    },
  );

  it('ends on Ctrl+C while a secret is typed, and keeps nothing', async () => {
    put('away', application());
    const sitting = ada.sit(['deploy', 'away', '--guided'], wide);
    for (const asked of [/Stage \[dev\]: /, /Seconds \[30\]: /]) {
      await sitting.sees(asked);
      sitting.type('\r');
    }
    await sitting.sees(/Secret \[\]: /);
    sitting.type('hush\u0003');
    await sitting.sees(/Nothing was changed/);
    await expect(sitting.ended).resolves.toEqual({ status: 130, ...goodOrder });
    expect(sitting.written).not.toContain('hush');
    expect(kept('away')).toBe('');
  });
});

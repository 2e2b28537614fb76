import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { projectRoot } from '../../tooling/root.ts';
import { openPlace } from '../proof/place.ts';
import { prove, replaced } from '../prove.ts';
import { readAnswers } from './checks/answers.ts';
import { linesOf, readLine, valueOf } from './checks/line.ts';
import { lab } from './lab.ts';

prove(lab, [
  {
    name: 'lines that the function writes to stdout by itself, in a log group of its own, on the older runtime',
    files: {
      'src/handler.ts': (handler) => {
        const console = replaced(
          replaced(
            replaced(handler, 'console.error(line)', "write('ERROR')"),
            'console.warn(line)',
            "write('WARN')",
          ),
          'console.info(line)',
          "write('INFO')",
        );
        const line = replaced(
          console,
          'const line = { orderId, outcome, latencyMs, amount };',
          `const line = { requestId, orderId, outcome, latencyMs, amount };
           const write = (level: string) =>
             process.stdout.write(JSON.stringify({ level, timestamp: new Date().toISOString(), ...line }) + '\\n');`,
        );
        const context = replaced(
          line,
          'async (order: Order)',
          'async (order: Order, context: { awsRequestId: string })',
        );
        return context
          .replaceAll('report(order, ', 'report(context.awsRequestId, order, ')
          .replace('function report(', 'function report(requestId: string, ');
      },
      'declined.pattern': () => '{ ($.outcome = "DECLINED") && ($.level = "WARN") }\n',
      'slow.query': (query) => query.replaceAll('message.', ''),
      'answer.ts': (answer) => replaced(answer, "'message.orderId'", "'orderId'"),
      'deploy.ts': (script) =>
        replaced(
          replaced(script, 'nodejs24.x', 'nodejs22.x'),
          '`/aws/lambda/${functionName}`',
          '`/lab03/${prefix}checkout`',
        ),
    },
  },
  {
    name: 'a pattern that is a phrase, an alarm that counts samples in one of three minutes, rows that are whole lines',
    files: {
      'declined.pattern': () => '"\\"outcome\\":\\"DECLINED\\""\n',
      'slow.query': () =>
        'fields message.latencyMs as took, message.orderId, requestId, @message\n| filter took > 999.5 and ispresent(took)\n| sort @timestamp desc\n| limit 1000\n',
      'deploy.ts': (script) =>
        replaced(
          replaced(
            replaced(script, "Statistic: 'Sum'", "Statistic: 'SampleCount'"),
            "'GreaterThanOrEqualToThreshold',\n      Threshold: 3",
            "'GreaterThanThreshold',\n      Threshold: 2",
          ),
          'EvaluationPeriods: 1',
          'EvaluationPeriods: 3,\n      DatapointsToAlarm: 1',
        ),
    },
  },
]);

describe('the case of a student who deploys without customers', () => {
  it('is opened by the grader, known from the log alone, and solved by the request that waited', async () => {
    const place = await openPlace();
    try {
      const student = place.student();
      const workspace = place.workspace(join(projectRoot(), 'solutions', '03-cloudwatch-logs'));
      const script = join(workspace, 'deploy.ts');
      const served = 'answerCase(logs, logGroupName, await serveCustomers(lambda, functionName))';
      const deployment = readFileSync(script, 'utf8');
      const verdict = async () => {
        const { checks } = await student.grade(lab, workspace, 'en');
        return checks.flatMap((check) => (check.status === 'failed' ? [[check.id, check.why]] : []));
      };
      const answer = async (from: string, to: string) => {
        const solve = place.workspace(workspace);
        writeFileSync(
          join(solve, 'deploy.ts'),
          replaced(deployment, served, "answerCase(logs, logGroupName, 'case-')"),
        );
        const answering = readFileSync(join(solve, 'answer.ts'), 'utf8');
        writeFileSync(join(solve, 'answer.ts'), replaced(answering, from, to));
        expect(await student.deploy(solve)).toMatchObject({ outcome: 'done' });
        copyFileSync(join(solve, 'answers.yaml'), join(workspace, 'answers.yaml'));
      };

      writeFileSync(script, replaced(deployment, served, 'Promise.resolve()'));
      expect(await student.deploy(workspace)).toMatchObject({ outcome: 'done' });
      expect(await verdict()).toEqual([['case', expect.stringContaining('12 have come in now')]]);
      expect(await verdict()).toEqual([['case', expect.stringContaining('does not say which request')]]);
      // The grader's own slow order, which the query finds as well.
      await answer('startsWith(orders)', "startsWith('check-')");
      expect(await verdict()).toEqual([['case', expect.stringContaining('is not of a customer')]]);
      await answer('row.requestId', 'row.requestId');
      expect(await verdict()).toEqual([]);
      expect(await verdict()).toEqual([]);
    } finally {
      await place.stop();
    }
  }, 120_000);
});

describe('answers.yaml', () => {
  it.each<[string, ReturnType<typeof readAnswers>]>([
    ['case:\n  requestId: abc\n', { kind: 'given', requestId: 'abc' }],
    ['case:\n  requestId: " abc "\n', { kind: 'given', requestId: 'abc' }],
    ['case: { requestId: 12345678 }', { kind: 'given', requestId: '12345678' }],
    ['# nothing yet\ncase:\n  requestId:\n', { kind: 'empty' }],
    ['case:\n  requestId: ""\n', { kind: 'empty' }],
    ['case:\n  requestId: [abc]\n', { kind: 'empty' }],
    ['case: abc', { kind: 'empty' }],
    ['- case', { kind: 'empty' }],
    ['', { kind: 'empty' }],
  ])('%j', (source, expected) => {
    expect(readAnswers(source)).toEqual(expected);
  });

  it.each(['case:\n\trequestId: abc', 'case:\n  requestId: "abc', 'case: requestId: abc'])(
    '%j is not YAML',
    (source) => {
      expect(readAnswers(source)).toMatchObject({ kind: 'invalid' });
    },
  );
});

describe('a log line', () => {
  const line = (value: unknown) =>
    readLine(typeof value === 'string' ? value : JSON.stringify(value), 1, 's');

  it('is read in the form of Lambda, and in one that the function has written itself', () => {
    const logged = { orderId: 'o', outcome: 'DECLINED', latencyMs: 3 };
    const wrapped = line({ timestamp: 't', level: 'WARN', requestId: 'r', message: logged });
    const own = line({ level: 'warn', requestId: 'r', ...logged });
    for (const each of [wrapped, own]) {
      expect(each).toMatchObject({ by: 'function', level: 'WARN', errorReport: false });
      expect(['requestId', 'orderId', 'latencyMs'].map((name) => valueOf(each, name))).toEqual(['r', 'o', 3]);
    }
  });

  it('is told from what Lambda and its runtime write', () => {
    expect(line({ time: 't', type: 'platform.report', record: { requestId: 'r' } }).by).toBe('platform');
    expect(line('REPORT RequestId: r\tDuration: 1 ms').by).toBe('platform');
    const report = { level: 'ERROR', requestId: 'r', message: { errorType: 'Error', errorMessage: 'm' } };
    expect(line(report)).toMatchObject({ by: 'function', errorReport: true });
    expect(line('2026-11-23T00:00:00.000Z\tr\tDEBUG\ttext')).toMatchObject({
      level: 'DEBUG',
      json: undefined,
    });
  });

  it('belongs to the request whose order it names, and else to the one whose id it has', () => {
    const mine = line({ requestId: 'kept', message: { orderId: 'check-1-02' } });
    const noOrder = line({ requestId: 'r2', message: 'text' });
    const other = line({ requestId: 'r2', message: { orderId: 'check-1-01' } });
    expect(linesOf([mine, noOrder, other], { orderId: 'check-1-02', requestId: 'r2' }, 'check-1')).toEqual([
      mine,
      noOrder,
    ]);
  });
});

import { prove, replaced } from '../prove.ts';
import { lab } from './lab.ts';

/** A schedule as a rule, the older way, and permissions as the console and SAM make them: without SourceAccount. */
const ruleInstead = `export async function connectDigest(): Promise<void> {
  const name = 'every-five-minutes';
  await events.send(new PutRuleCommand({ Name: name, ScheduleExpression: 'cron(0/5 * * * ? *)' }));
  await allow({
    FunctionName: named('digest'),
    StatementId: 'ticks',
    Principal: 'events.amazonaws.com',
    SourceArn: ruleArn('digest').replace(named('digest'), name),
  });
  await events.send(
    new PutTargetsCommand({ Rule: name, Targets: [{ Id: 'digest', Arn: functionArn('digest') }] }),
  );
}
`;

/** Where an event goes that intake has failed on twice. */
const lastResort = `await deployQueue('failed', {});
await new LambdaClient({}).send(
  new PutFunctionEventInvokeConfigCommand({
    FunctionName: named('intake'),
    MaximumRetryAttempts: 1,
    DestinationConfig: { OnFailure: { Destination: queueArn('failed') } },
  }),
);
`;

prove(
  lab,
  [
    {
      name: 'a rule as the schedule, a rule of another name, and an input path',
      files: {
        'triggers.ts': (triggers) => {
          const own =
            triggers.slice(0, triggers.indexOf('export async function connectDigest')) + ruleInstead;
          const renamed = own.replaceAll("'big-orders'", "'expensive'");
          const parts = replaced(
            renamed,
            "Targets: [{ Id: 'notify', Arn: functionArn('notify') }]",
            "Targets: [{ Id: 'notify', Arn: functionArn('notify'), InputPath: '$.detail' }]",
          );
          return replaced(
            parts,
            "    SourceArn: ruleArn('expensive'),\n    SourceAccount: account,\n",
            "    SourceArn: ruleArn('expensive'),\n",
          );
        },
        'src/notify.ts': (notify) =>
          replaced(
            notify,
            "async ({ detail }: EventBridgeEvent<'OrderPlaced', OrderPlaced>): Promise<void>",
            'async (detail: OrderPlaced): Promise<void>',
          ),
      },
    },
    {
      name: 'messages at once, a row as JSON, an on-failure destination, and records that grow too old',
      files: {
        'src/batch.ts': (batch) => {
          const from = batch.indexOf('  const batchItemFailures');
          return `${batch.slice(0, from)}  const ended = await Promise.allSettled(messages.map(({ body }) => work(body)));
  return {
    batchItemFailures: messages
      .filter((_, index) => ended[index]?.status === 'rejected')
      .map(({ messageId }) => ({ itemIdentifier: messageId })),
  };
}
`;
        },
        'src/audit.ts': (audit) =>
          replaced(
            replaced(
              audit,
              '{ before: { M: change.OldImage } }',
              '{ before: { S: JSON.stringify(change.OldImage) } }',
            ),
            '{ after: { M: change.NewImage } }',
            '{ after: { S: JSON.stringify(change.NewImage) } }',
          ),
        'triggers.ts': (triggers) =>
          replaced(
            replaced(
              triggers,
              "Filters: [{ Pattern: JSON.stringify({ eventName: ['INSERT', 'MODIFY'] }) }]",
              `Filters: [{ Pattern: '{"eventName":["INSERT"]}' }, { Pattern: '{"eventName":[{"prefix":"MOD"}]}' }]`,
            ),
            '    MaximumRetryAttempts: 2,\n',
            '    MaximumRecordAgeInSeconds: 600,\n',
          ),
        'deploy.ts': (deploy) => {
          const importing = `import { LambdaClient, PutFunctionEventInvokeConfigCommand } from '@aws-sdk/client-lambda';\n`;
          const sending = replaced(
            deploy,
            "Action: ['sqs:SendMessage'], Resource: queueArn('orders')",
            "Action: ['sqs:SendMessage', 'sqs:GetQueueUrl'], Resource: queueArn('*')",
          );
          return (
            importing + replaced(sending, 'await connectUploads();', `${lastResort}await connectUploads();`)
          );
        },
        'answers.yaml': (answers) => {
          const intake = replaced(
            answers,
            'intake:\n  model: asynchronous\n  tries: 3\n  blocks: nothing\n  then: dropped',
            'intake:\n  model: asynchronous\n  tries: 2\n  blocks: nothing\n  then: destination',
          );
          return replaced(
            intake,
            'audit:\n  model: polling\n  tries: 3',
            'audit:\n  model: polling\n  tries: unlimited',
          );
        },
      },
    },
  ],
  { leftOpen: { 'AWS CLI': ['triggers.ts'] } },
);

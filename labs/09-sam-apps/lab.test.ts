import { prove, replaced } from '../prove.ts';
import { lab } from './lab.ts';

const desk = 'order-desk/template.yaml';
const inbox = 'image-inbox/template.yaml';
const todo = 'todo-crud/template.yaml';

prove(lab, [
  {
    name: 'a rule in the place of a schedule, a destination and a retry, rights by hand, the older runtime',
    files: {
      'hello-api/template.yaml': (template) => replaced(template, 'nodejs24.x', 'nodejs22.x'),
      [desk]: (template) =>
        replaced(
          replaced(
            template,
            [
              '          Type: ScheduleV2',
              '          Properties:',
              '            OmitName: true',
              '            ScheduleExpression: !Ref SweepEvery',
              '            RetryPolicy:',
              '              # The next one comes soon anyway.',
              '              MaximumRetryAttempts: 0',
            ].join('\n'),
            [
              '          Type: Schedule',
              '          Properties:',
              '            Schedule: !Ref SweepEvery',
            ].join('\n'),
          ),
          '    Default: rate(15 minutes)',
          '    Default: rate(20 minutes)',
        ),
      [inbox]: (template) =>
        replaced(
          replaced(
            template,
            '        MaximumRetryAttempts: 0\n',
            '        MaximumRetryAttempts: 1\n        DestinationConfig:\n          OnFailure:\n            Type: SQS\n            Destination: !GetAtt NoPictures.Arn\n',
          ),
          '      DeadLetterQueue:\n        Type: SQS\n        TargetArn: !GetAtt NoPictures.Arn\n',
          '',
        ),
      [todo]: (template) =>
        replaced(
          template,
          '        - DynamoDBCrudPolicy:\n            TableName: !Ref Todos\n',
          [
            '        - Statement:',
            '            - Effect: Allow',
            '              Action: [dynamodb:GetItem, dynamodb:Scan, dynamodb:PutItem, dynamodb:UpdateItem, dynamodb:DeleteItem]',
            '              Resource: !GetAtt Todos.Arn',
            '',
          ].join('\n'),
        ),
    },
  },
]);

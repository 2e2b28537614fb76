import { hints, say } from '../../wording/wording.ts';

/** What the checks say of updates, rollbacks, rights and removal. */
export const operation = {
  copy: {
    notMade: (name: string) =>
      say(
        `The template of \`${name}\` cannot be deployed a second time in this account. What failed first is below.`,
        'Leave names out (`TableName`, `FunctionName`, `RoleName`): CloudFormation makes one up for each stack. Where one is needed, begin it with `${AWS::StackName}`.',
      ),
  },

  update: {
    title: 'Other parameters leave the table where it is',
    inPlace: 'no change of the table, or one in place',
    hints: hints(
      'A change set says beforehand what would be replaced.',
      'Some properties of a table cannot change: its name and its key. Then CloudFormation makes another table, and deletes the old one with all that it keeps.',
      'Give the table no `TableName`, above all none with a parameter in it.',
    ),
    replaced: (table: string) =>
      say(
        `With other values of the parameters, CloudFormation would replace the table \`${table}\`. The new one is empty, and the old one is deleted.`,
        'Look below at what causes it, and take the parameter out of that property.',
      ),
  },

  rollback: {
    title: 'A broken update is rolled back, and the API answers',
    hints: hints(
      'The grader makes a copy of your stack and breaks it. What could keep a template from being deployed twice?',
      'Names that are written down are taken by your own stack.',
      'Leave out every name that CloudFormation can make up. Then the copy is made, broken, rolled back and asked.',
    ),
    noAnswer: say(
      'A copy of your stack was made, an item was put into its table, and its API does not give it back.',
      'Let the template pass everything to the function that differs between stacks: the table’s name by `!Ref`.',
    ),
    notBack: say(
      'A copy of your stack was updated with a resource that cannot be made, and has not come back to what it was.',
      'Look at the status below, and at the events of such an update in your own stack.',
    ),
    changed: say(
      'After the rollback of a broken update, a copy of your stack answers otherwise than before.',
      'Leave out of the template what is not undone: custom resources, and names that are made at the time of deployment.',
    ),
  },

  rights: {
    title: 'No role may do more than it needs',
    hints: hints(
      'What could somebody do who takes over this function?',
      'A policy template names the actions and the one resource. `*` names everything, also what is made tomorrow.',
      'Take `Statement` with wildcards and managed policies such as `AmazonDynamoDBFullAccess` out, and name policy templates: `DynamoDBCrudPolicy`, `S3ReadPolicy`, `SQSSendMessagePolicy`.',
    ),
    managed: (role: string, policy: string) =>
      say(
        `The role \`${role}\` has the managed policy \`${policy}\`. AWS wrote it for every account, so it cannot name your table or bucket: it names all of them.`,
        'Put a policy template in its place, with the resource that the function uses.',
      ),
    everyAction: (role: string, action: string) =>
      say(
        `The role \`${role}\` allows \`${action}\`: also what the function never does, deleting included.`,
        'Put a policy template in its place; it names the actions.',
      ),
    everyResource: (role: string, resource: string) =>
      say(
        `The role \`${role}\` allows its actions on \`${resource}\`: every such resource of the account.`,
        'Name the one resource, or let a policy template do it.',
      ),
  },

  removal: {
    title: 'Deleting the stack leaves nothing',
    hints: hints(
      'What does a stack leave that was used and is deleted?',
      'CloudFormation deletes what it has made. A log group that Lambda makes at the first call is not among it, and a policy may say that something stays.',
      'A log group in the template, named by `LoggingConfig` of all functions, and no `DeletionPolicy: Retain`.',
    ),
    failed: say(
      'A copy of your stack was used and deleted, and the deletion failed. What failed is below.',
      'Find out what keeps the resource: a bucket has to be empty, and nothing else may use it.',
    ),
    kept: (names: string) =>
      say(
        `A copy of your stack was deleted, and ${names} stayed: \`DeletionPolicy\` says so. For data of customers that is right; here somebody pays for what nobody uses.`,
        'Take `DeletionPolicy: Retain` out of the template.',
      ),
    logGroup: (count: number) =>
      say(
        `A copy of your stack was used and deleted, and ${count === 1 ? 'a log group' : `${count} log groups`} of its functions stayed. Lambda makes such a group at the first call; CloudFormation knows nothing of it, and its lines never expire.`,
        'Declare a log group with a retention in the template, and let `LoggingConfig` of every function name it.',
      ),
  },
};

import { hints, say } from '../../wording/wording.ts';

/** What the checks of the four applications say. */
export const applications = {
  stack: {
    missing: (name: string, application: string) =>
      say(
        `There is no stack \`${name}\` in this region.`,
        `Run \`npm run deploy 9 ${application}\`. The stack’s name stands in its samconfig.toml.`,
      ),
    incomplete: (name: string, application: string) =>
      say(
        `The stack \`${name}\` is not complete. What failed first is below; what came after it failed because of it.`,
        `Mend that, then run \`npm run deploy 9 ${application}\` again.`,
      ),
    noTransform: (name: string) =>
      say(
        `The template of \`${name}\` does not name the SAM transform, so CloudFormation reads it as it is.`,
        'Write the line `Transform` at the top of the template, as the starter does.',
      ),
    noResource: (name: string, type: string) =>
      say(
        `The stack \`${name}\` has no \`${type}\`.`,
        'Add the resource to the template, or the SAM resource or event that makes it, and deploy again.',
      ),
    noAddress: (name: string, output: string) =>
      say(
        `No output of \`${name}\` is the address of an API. Nobody who deploys this knows where to ask.`,
        `Write an output \`${output}\` as the starter has it, with \`!Sub\` and the API’s logical id.`,
      ),
  },

  hello: {
    stackTitle: 'The stack of hello-api is complete',
    stackHints: hints(
      'Nothing has to be written for this one.',
      'Open the workspace and deploy hello-api as it is.',
      '`npm run deploy 9 hello-api`',
    ),
    title: 'The address in its outputs answers',
    hints: hints(
      'An output of a stack is what it wants you to know. Which one is an address?',
      'The answer has the name of the query in it, and begins with the parameter `Greeting`.',
      'Leave the handler as it was: `process.env.GREETING` and `event.queryStringParameters`.',
    ),
    constant: say(
      '`GET /hello` answers 200, and the name in the query is not in the answer.',
      'Let the handler read `event.queryStringParameters`, then deploy again.',
    ),
    parameter: say(
      '`GET /hello` greets otherwise than the parameter `Greeting` of the stack says. Whoever deploys with another value changes nothing.',
      'Let the template pass the parameter to the function as `GREETING`, and the handler use it.',
    ),
  },

  todos: {
    stackTitle: 'The stack of todo-crud is complete',
    stackHints: hints(
      'The template of todo-crud deploys as it is.',
      'A stack has a status and events. `npm run deploy` shows both.',
      '`npm run deploy 9 todo-crud`',
    ),
    title: 'Todos are kept, changed and removed',
    hints: hints(
      'Add a todo by hand and look at the answer. Who has made a 502?',
      'The log group of the stack has the reason: which action was refused? And ask for a PATCH of an id that nobody has.',
      "Gap 1: `DynamoDBCrudPolicy` in the place of `DynamoDBReadPolicy`. Gap 2: `ConditionExpression: 'attribute_exists(id)'` in the update.",
    ),
    notAllowed: (route: string, action: string) =>
      say(
        `\`${route}\` is answered with 502, and the log has the reason: the function’s role does not allow \`${action}\`.`,
        'Choose the policy template that has this action for this table, and deploy again.',
      ),
    mayNotWrite: say(
      'No role of the stack allows the function to write into the table. On AWS `POST /todos` is answered with 502.',
      'Choose the policy template that has `dynamodb:PutItem` for this table, and deploy again.',
    ),
    noId: say(
      '`POST /todos` answers 201, and its body has no `id`. Nobody can ask for that todo again.',
      'Answer with the whole todo.',
    ),
    changed: (route: string) =>
      say(
        `\`${route}\` answers with another todo than was written.`,
        'Compare what the function writes into the table with what it reads from it.',
      ),
    notListed: say(
      '`GET /todos` does not have the todo that was added and changed a moment before.',
      'Look at how the list is read from the table.',
    ),
    stillThere: say(
      'A todo that was deleted is still there.',
      'Look at what `DELETE /todos/{id}` does to the table.',
    ),
    ghost: (id: string) =>
      say(
        `A PATCH of \`${id}\`, which nobody has made, is not answered with 404. DynamoDB’s UpdateItem makes an item where there is none, so a late change brings back what was deleted.`,
        'Put a condition on the update (`attribute_exists(id)`); the code for the refusal is there already.',
      ),
  },

  inbox: {
    title: 'A picture in the bucket is in the catalogue',
    hints: hints(
      'image-inbox deploys as it is.',
      'A picture goes under `pictures/`; a moment later the table has its size.',
      '`npm run deploy 9 image-inbox`, and leave bucket, filter and policies as they are.',
    ),
    silent: (key: string) =>
      say(
        `A picture was put into the bucket as \`${key}\`, and the table has no entry for it.`,
        'Read the log group of the stack. If it has no line, S3 has not called: look at the event of the function.',
      ),
    notAllowed: say(
      'A picture was put into the bucket, and the function was refused what it needs to look at it. The line is below.',
      'Give the function the policy template for that action, and deploy again.',
    ),
    mayNotRead: say(
      'No role of the stack allows the function to read pictures of the bucket. On AWS it is refused what it needs.',
      'Give the function the policy template for `s3:GetObject`, and deploy again.',
    ),
    wrong: (key: string) =>
      say(
        `The entry for \`${key}\` does not have the size of the picture.`,
        'Leave `src/picture.ts` as the starter has it.',
      ),
  },

  deadLetters: {
    title: 'A file that is no picture ends in a queue',
    hints: hints(
      'S3 calls asynchronously. Who hears of it when the last attempt has failed?',
      'A function has a property for it, in SAM as in CloudFormation; SAM adds the right to send to the queue.',
      'A queue in the template, and at the function `DeadLetterQueue: { Type: SQS, TargetArn: !GetAtt NoPictures.Arn }` and `EventInvokeConfig: { MaximumRetryAttempts: 0 }`.',
    ),
    wanted: 'DeadLetterConfig, or OnFailure: a queue of SQS',
    none: say(
      'The function has neither a dead-letter queue nor a destination for failures. An event that it cannot deal with is gone after the last attempt.',
      'Add a queue to the template, and name it at the function.',
    ),
    notOwn: say(
      'The events that failed go to a queue that is not in this stack. Whoever deploys the template somewhere else has no such queue.',
      'Declare the queue in the template, and refer to it by `!GetAtt`.',
    ),
    lost: (queue: string) =>
      say(
        `A file that is no picture was put into the bucket, and its event has not arrived in \`${queue}\`.`,
        'Let the handler throw for such a file: what it catches has not failed. And look at whether the role may send to the queue.',
      ),
  },

  desk: {
    title: 'One template has all parts of order-desk',
    hints: hints(
      'Read the comments of the template: each gap is a part.',
      'The other templates have a queue with its worker, a schedule and outputs. What all functions share belongs into `Globals`.',
      '`Globals.Function` with runtime, memory, timeout, log group and environment; `PackFunction` with an SQS event; `SweepFunction` with a `ScheduleV2` event that takes `!Ref SweepEvery`; outputs for the table and the queues.',
    ),
    fewFunctions: (count: number) =>
      say(
        `The stack has ${count} of the three functions: one for the API, one for the queue, one for the schedule.`,
        'Add the missing function to the template; its code is in src/.',
      ),
    noGlobals: say(
      'The template has several functions and no `Globals`. Each of them repeats what they have in common, until one is forgotten.',
      'Move what is the same into `Globals.Function`.',
    ),
    repeated: (names: string) =>
      say(
        `Several functions of the template say the same: ${names}. What is changed in one of them is then forgotten in another.`,
        'Write it once, in `Globals.Function`, and leave it out of the functions.',
      ),
    fixedSchedule: say(
      'How often the sweep runs is written into the template. A parameter would let each stack have its own.',
      'Declare the parameter `SweepEvery`, and let the schedule refer to it.',
    ),
    noOutput: (type: string) =>
      say(
        `No output tells the \`${type}\` of the stack. CloudFormation makes up its name, so nobody can find it.`,
        'Write an output with `!Ref` and the logical id.',
      ),
  },

  orders: {
    title: 'An order is taken, queued and packed',
    hints: hints(
      'Send an order and look at it again a second later.',
      'Three things have to meet: the desk sends to the queue, the worker is called by the queue, and both know the table.',
      '`QUEUE_URL: !Ref ToPack` in the environment, `SQSSendMessagePolicy` for the desk, an `SQS` event and `DynamoDBWritePolicy` for the worker.',
    ),
    noId: say(
      '`POST /orders` answers 202, and its body is not the order with an `id`.',
      'Leave the handler src/desk.ts as the starter has it.',
    ),
    notAllowed: say(
      '`POST /orders` is answered with 500, and the log has the reason: the desk’s role lacks a right. The line is below.',
      'Give DeskFunction the policy template for that action and that resource.',
    ),
    workerNotAllowed: say(
      'The order stays `placed`: the worker was called, and refused by what it needs. The line is below.',
      'Give PackFunction the policy template for that action and that resource.',
    ),
    notPacked: (id: string) =>
      say(
        `The order \`${id}\` was taken and stays \`placed\`. Nobody packs it.`,
        'Let the queue that the desk sends to call PackFunction (an event of type SQS), and see that both functions have the same table.',
      ),
  },

  sweep: {
    title: 'The schedule finds orders that were left lying',
    hints: hints(
      'Should the desk end between the table and the queue, an order is kept and not queued.',
      'The schedule calls a function that reads the table and sends to the queue. Call it by hand and read its answer.',
      '`SweepFunction` with `Handler: sweep.handler`, `DynamoDBReadPolicy` and `SQSSendMessagePolicy`, and the same environment as the others.',
    ),
    disabled: say(
      'The schedule of the stack is disabled. Nothing is ever swept.',
      'Take `State: DISABLED` or `Enabled: false` out of the event.',
    ),
    failed: say(
      'The function that the schedule calls fails. What it said is below.',
      'Look for a right or a variable of the environment that it lacks.',
    ),
    left: say(
      'An order that was placed yesterday and is in no queue was not packed after the scheduled function was called.',
      'Let the schedule call SweepFunction, and give it the table and the queue of the others.',
    ),
  },
};

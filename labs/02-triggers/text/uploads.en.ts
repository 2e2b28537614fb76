import { hints, say } from '../../wording/wording.ts';

/** What the checks of uploads say. */
export const uploads = {
  intakeReady: {
    title: 'The function lab02-intake is there and Active',
    hints: hints(
      'A function exists once a deployment has made it. Has yours run to its end?',
      'The starter deploys as it is. Run `npm run deploy 2` in the project and read its lines.',
      'Run `npm run deploy 2`. If you build by hand: the name is `lab02-intake`, the runtime `nodejs24.x`.',
    ),
    missing: (name: string) =>
      say(
        `There is no function named \`${name}\` in this region, so nothing can be triggered yet.`,
        'Run `npm run deploy 2`, then grade again.',
      ),
    notActive: (state: string, reason: string) =>
      say(
        `The function is in the state \`${state}\`${reason === '' ? '' : ` (${reason})`}. Lambda calls a function only when it is \`Active\`.`,
        'Deploy again, and wait for `Active` before you grade.',
      ),
    runtime: (runtime: string) =>
      say(
        `The function runs on \`${runtime}\`. This lab needs a Node.js runtime that AWS still supports.`,
        'Set the runtime to `nodejs24.x` and deploy again.',
      ),
  },

  uploadPermission: {
    title: 'S3 may call lab02-intake for this bucket of this account, and for no other',
    hints: hints(
      'The execution role says what a function may do. Who says who may call it?',
      'Read the function’s resource-based policy. A bucket’s ARN does not say whose bucket it is: what else could?',
      'Add the permission with `Principal: s3.amazonaws.com`, `SourceArn` with the bucket’s ARN and `SourceAccount` with your account id.',
    ),
    none: say(
      'The resource-based policy of `lab02-intake` does not let S3 in. S3 refuses a notification to a function that it may not call.',
      'Add a permission for `s3.amazonaws.com` with `AddPermission`.',
    ),
    everybody: say(
      'The resource-based policy of `lab02-intake` lets everybody call it (`Principal: "*"`).',
      'Name the one service that should call: `s3.amazonaws.com`.',
    ),
    noArn: say(
      'The permission lets S3 call `lab02-intake` for any bucket: it has no `SourceArn`.',
      'Put the ARN of your bucket into `SourceArn`.',
    ),
    otherArn: (arn: string) =>
      say(
        `The permission is for \`${arn}\`, and not for the bucket of this lab alone.`,
        'Put the ARN of your bucket into `SourceArn`, without a wildcard.',
      ),
    noAccount: say(
      'The permission has no `SourceAccount`. A bucket’s ARN holds no account id: if you delete the bucket, somebody else may take its name, and their uploads call your function.',
      'Add `SourceAccount` with your account id.',
    ),
    otherAccount: (account: string) =>
      say(
        `The permission is for buckets of the account \`${account}\`. That is not the account that this lab is in.`,
        'Put your own account id into `SourceAccount`.',
      ),
  },

  notification: {
    title: 'The bucket calls lab02-intake for new orders/*.json',
    hints: hints(
      'The permission only says that S3 may call. What tells S3 to do it?',
      'A bucket has a notification configuration: which events, for which keys, to which function.',
      'Use `s3:ObjectCreated:*` with two filter rules: prefix `orders/` and suffix `.json`.',
    ),
    noBucket: (bucket: string) =>
      say(
        `There is no bucket named \`${bucket}\`. The account id at its end makes the name yours in all of AWS.`,
        'Create it, or run `npm run deploy 2`.',
      ),
    none: (bucket: string) =>
      say(
        `The bucket \`${bucket}\` has no notification to \`lab02-intake\`. Files arrive in it, and nobody hears of them.`,
        'Configure a notification for new objects to the function.',
      ),
    noCreation: say('The notification is not about new objects.', 'Ask for the event `s3:ObjectCreated:*`.'),
    notPut: say(
      'The notification leaves out `s3:ObjectCreated:Put`, which is how small files arrive.',
      'Ask for `s3:ObjectCreated:*`: it covers every way in which an object can be made.',
    ),
    prefix: (prefix: string) =>
      say(
        `The notification has ${prefix === '' ? 'no prefix' : `the prefix \`${prefix}\``}. ${prefix === '' ? 'Every file of the bucket calls the function, also those that functions write.' : 'Orders lie under `orders/`.'}`,
        'Set the prefix `orders/`.',
      ),
    suffix: (suffix: string) =>
      say(
        `The notification has ${suffix === '' ? 'no suffix' : `the suffix \`${suffix}\``}. Orders are \`.json\` files.`,
        'Set the suffix `.json`.',
      ),
  },

  testOrders: {
    title: 'The grader has sent its own orders',
    hints: hints(
      'This check only sends. What the orders lead to is what the checks below look at.',
      'Orders of the grader have ids that begin with `grader-`. You can find them in your logs.',
      'If this check is in error, its reason is below: the target did not take an upload, a message or an event.',
    ),
  },

  noLoop: {
    title: 'No function writes where it is triggered from',
    hints: hints(
      'What happens when a function that is called for new files makes a new file?',
      'List the bucket. Which files under `orders/` has nobody uploaded?',
      'Write results to a table, a queue or another bucket. If it must be this bucket, use a prefix that the notification does not cover.',
    ),
    uninvited: (count: string, keys: string) =>
      say(
        `While the grader’s files were taken in, ${count} other files came up under \`orders/\`: ${keys}. Each of them calls the function again, and it pays for itself until AWS stops the loop.`,
        'Let no function write under `orders/`; the pipeline goes on in the queue.',
      ),
  },

  decodedKey: {
    title: 'A file whose key has spaces and Hangul becomes a row',
    hints: hints(
      'Look at the event in the log of `lab02-intake`. Does the key look like the name of the file?',
      'S3 encodes keys in events as a form does: a space is `+`, everything else `%XX`.',
      'Use `decodeURIComponent(key.replaceAll("+", " "))`, and put the result into the message as `file`.',
    ),
    nothing: (key: string) =>
      say(
        `The file \`${key}\` was uploaded, and no order of it arrived in the table \`lab02-orders\`.`,
        'Follow it through the logs: first `lab02-intake`, then `lab02-worker`.',
      ),
    encoded: (key: string) =>
      say(
        `A file with a plain name arrived. \`${key}\` did not: its key has spaces, Hangul and a plus sign.`,
        'Decode the key of the event before you read the object.',
      ),
    noFile: say(
      'The order arrived, and its row has no attribute `file`. Nobody can tell which upload it came from.',
      'Let intake put the decoded key into the message, and worker into the row.',
    ),
    otherFile: (file: string) =>
      say(
        `The row's \`file\` is ${file}. That is not the key of the file that was uploaded.`,
        'Decode the key first, and use the decoded one everywhere.',
      ),
    member: (member: string, actual: string) =>
      say(
        `The row's \`${member}\` is ${actual}, and the file says something else.`,
        `Hand \`${member}\` on as it is: from the file to the message, from the message to the row.`,
      ),
    status: (actual: string) =>
      say(
        `The row's \`status\` is ${actual}. A new order is \`placed\`.`,
        'Write `status` with the value `placed`.',
      ),
  },

  otherKeys: {
    title: 'Files elsewhere do nothing',
    hints: hints(
      'Which files should the pipeline never see?',
      'S3 can filter by the beginning and the end of a key before it calls anybody.',
      'Give the notification the prefix `orders/` and the suffix `.json`.',
    ),
    arrived: (key: string) =>
      say(
        `The file \`${key}\` became an order. It does not lie under \`orders/\`, or is no \`.json\`.`,
        'Filter by prefix and suffix in the notification.',
      ),
  },

  invalidFile: {
    title: 'A file that holds no order goes no further than intake',
    hints: hints(
      'Intake stands at the door. What may pass?',
      '`order.ts` knows what an order is. Who asks it?',
      'Call `parseOrder` on the text of the file before you send a message.',
    ),
    arrived: say(
      'A file whose amount is a text became a row of the table. Nobody looked at what was in it.',
      'Let intake refuse what `parseOrder` refuses.',
    ),
    queued: say(
      'A file whose amount is a text came into the queue, where it can only fail.',
      'Let intake refuse what `parseOrder` refuses, before it sends a message.',
    ),
  },
};

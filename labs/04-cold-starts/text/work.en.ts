import { image, states } from '../../function-ready/states.en.ts';
import { hints, say } from '../../wording/wording.ts';

/** What the checks say that call the function and look at what it does. */
export const work = {
  ready: {
    ...states,
    hints: hints(
      'A function exists once a deployment has made it. Has yours run to its end?',
      'The starter deploys as it is. Run `npm run deploy 4` in the project and read what it prints.',
      'Run `npm run deploy 4`. If you deploy by hand: the name is `lab04-lifecycle`, the runtime `nodejs24.x`.',
    ),
    missing: (name: string) =>
      say(
        `There is no function named \`${name}\` in this region, so there is nothing to call yet.`,
        'Run `npm run deploy 4`, then grade again.',
      ),
    image,
  },

  calls: {
    title: 'Every call is answered with visitor, district and visits',
    hints: hints(
      'Run `npm run invoke 4 "@work/04-cold-starts/events/ada.json"` a few times, and read what comes back.',
      'The answer is an object: visitor and note as they came, the district of the postcode, and a number of visits.',
      'If the function fails, read its log below: the role may lack a right, or the variable `TABLE` may be missing.',
    ),
    threw: (type: string, message: string) =>
      say(
        `A call failed with \`${type}\`: ${message}. The event was a good one: a visitor and a postcode.`,
        'Read the log of this call below. If it names `AccessDenied`, the role may not do what the code asks for.',
      ),
    mayNotWrite: (table: string) =>
      say(
        `The role of the function may not write into the table \`${table}\`. On AWS every call fails with \`AccessDeniedException\`.`,
        'Allow the role `dynamodb:UpdateItem` on the ARN of the table.',
      ),
    envelope: say(
      'The answer is `{ statusCode, body }`. That is the contract of API Gateway, and nothing of the kind stands in front of this function.',
      'Return the object itself.',
    ),
    missing: (members: string) =>
      say(
        `The answer lacks ${members}.`,
        'Return an object with `visitor`, `district` and `visits`; the starter did.',
      ),
    district: (postcode: string) =>
      say(
        `The district of the postcode ${postcode} is not the one that stands in the table of \`districts.ts\`.`,
        'Look the postcode of this event up in the table that `loadDistricts` returns, and leave `districts.ts` as it is.',
      ),
    notNumber: say(
      '`visits` is not a number. DynamoDB answers numbers as text, in `{ "N": "3" }`.',
      'Turn what the table answers into a number: `Number(Attributes?.visits?.N)`.',
    ),
    note: say(
      'The event has a note, and the answer does not have the same one.',
      'Return the `note` of this event, if it has one.',
    ),
  },

  init: {
    title: 'The table is loaded at init, not in the handler',
    hints: hints(
      'Which lines of your code must run again for every event, and which could have run before the first?',
      'Code outside the handler runs once for each environment, before its first event. Lambda shows that time as `Init Duration`.',
      'Move the call to module scope, above the handler: `const districts = loadDistricts();`. Then deploy.',
    ),
    unseen: say(
      'The REPORT lines of these calls tell of no cold call, or of no warm one, so the two cannot be compared.',
      'Grade again. If it stays so, look at the log group: `npm run logs 4`.',
    ),
    atMost: (limit: string) => `≤ ${limit} ms`,
    inHandler: (warm: string, init: string) =>
      say(
        `The quickest warm call worked for ${warm} ms, and an init takes ${init} ms. The handler does again for each event what it could have found done.`,
        'Call `loadDistricts` outside of the handler, so that it runs once for each environment.',
      ),
    lazy: (handler: string, init: string) =>
      say(
        `The first call of an environment worked for ${handler} ms in the handler, after an init of ${init} ms. The table is loaded when the first event comes, not before it: that caller waits, with provisioned concurrency too.`,
        'Load the table in module scope itself, not at the first use.',
      ),
  },

  counts: {
    title: 'The number of visits is kept in the table',
    hints: hints(
      'An environment comes and goes. Where is the number when it has gone?',
      'Module scope and `/tmp` belong to one environment. `lab04-visits` belongs to all of them.',
      "Send an `UpdateItemCommand` with `Key: { visitor: { S: visitor } }` and `UpdateExpression: 'ADD visits :one'`, and answer what it returns.",
    ),
    forgot: (before: number, answer: string) =>
      say(
        `After ${before} visits the function was changed, and its new environment answered ${answer}. What the old one kept, in a variable or in \`/tmp\`, went away with it.`,
        'Count in the table `lab04-visits`, and answer the number that the table returns.',
      ),
    wrong: (expected: number, answer: string) =>
      say(
        `Visit ${expected} of a visitor was answered with ${answer}. Others called in between; each visitor has a number of their own.`,
        'Count under the key `visitor`: by one, once for each call, and read nothing that was kept from before.',
      ),
    noTable: (table: string) =>
      say(
        `The table \`${table}\` cannot be asked for a \`visitor\`: it is missing, or has another key.`,
        'Create it with the partition key `visitor` of type `S`; gap 4 of `deploy.ts` is the place.',
      ),
    noItem: (table: string) =>
      say(
        `The calls were answered with the right numbers, and \`${table}\` has no item for that visitor. The truth is somewhere else.`,
        'Count in this table, under the key `visitor`.',
      ),
    noCount: (table: string) =>
      say(
        `The item in \`${table}\` has no attribute \`visits\` of type number.`,
        'Count in the attribute `visits`.',
      ),
    differs: (calls: number, stored: number) =>
      say(
        `The visitor came ${calls} times, and the table says ${stored}.`,
        'Let each call add one to `visits`, and answer what the table returns.',
      ),
  },

  atOnce: {
    title: 'Calls at once lose no visit',
    hints: hints(
      'Two environments read 5 at the same moment. What do both of them write?',
      'Reading, adding and writing are three steps. DynamoDB can add in one.',
      "`UpdateExpression: 'ADD visits :one'` with `ReturnValues: 'UPDATED_NEW'`. No `GetItem` before it.",
    ),
    lost: (calls: number, total: number) =>
      say(
        `A visitor came ${calls} times, some of them at once, and the table says ${total}. Two environments read the same number, and both wrote the next one.`,
        'Let DynamoDB add by itself, in one step: an `UpdateItem` with `ADD visits :one`.',
      ),
    twice: (numbers: string) =>
      say(
        `The total in the table is right, and ${numbers} was answered to more than one call.`,
        "Answer what the same `UpdateItem` returns (`ReturnValues: 'UPDATED_NEW'`), not what a second request reads.",
      ),
  },

  callers: {
    title: 'Nothing of one caller is in the answer to another',
    hints: hints(
      'An environment outlives a call. What does yours remember?',
      'Look for a variable or an object outside the handler that an event writes to.',
      'Build the answer anew inside the handler, from this event alone.',
    ),
    kept: (mark: string) =>
      say(
        `The answer holds ${mark}, which another caller sent earlier. On a function that many people use, that is somebody else's data.`,
        'Keep nothing of an event outside the handler: make the answer a new object at every call.',
      ),
  },

  boot: {
    title: 'Each environment has a boot id of its own, and keeps it',
    hints: hints(
      'What runs once for each environment, and never again in it?',
      'A value that module scope makes is as old as the environment. One that the handler makes is as old as the call.',
      'Above the handler: `const bootId = randomUUID();` from `node:crypto`. Return it from the handler.',
    ),
    missing: say(
      'The answer has no `bootId`, so nobody can tell which environment has answered.',
      'Make an id in module scope, and return it as `bootId`.',
    ),
    notText: say(
      '`bootId` is not a text that says something.',
      'Return a text, for example of `randomUUID()`.',
    ),
    sameAtOnce: (id: string) =>
      say(
        `Calls at the same moment ran in environments of their own, each with its own init, and answered the same boot id ${id}.`,
        'Make the id at init, by chance: `const bootId = randomUUID();` in module scope.',
      ),
    same: (id: string) =>
      say(
        `Two environments, each with its own init, answered the same boot id ${id}.`,
        'Make the id at init, by chance: `const bootId = randomUUID();` in module scope.',
      ),
    sameAfterUpdate: (id: string) =>
      say(
        `The function was changed, a new environment started, and its boot id is still ${id}. An id that stands in the code or in the package tells nothing of environments.`,
        'Make the id at init, by chance: `const bootId = randomUUID();` in module scope.',
      ),
    perCall: (id: string) =>
      say(
        `A warm call answered the boot id ${id}, which is new. Its REPORT line has no Init Duration, so the environment is one that has answered before.`,
        'Make the id outside of the handler, so that all calls of one environment share it.',
      ),
  },

  cold: {
    title: 'invocation and cold say what the REPORT line says',
    hints: hints(
      'Which call of an environment is the cold one? How would the environment know?',
      'Count the calls in a variable of module scope. For this it is the right place: the number belongs to the environment.',
      '`let invocation = 0;` above the handler, `invocation += 1` in it, and `cold: invocation === 1`.',
    ),
    missing: say(
      'The answer has no `invocation` as a number, or no `cold` as true or false.',
      'Return `invocation`, the number of this call in its environment, and `cold`, true for the first.',
    ),
    notSaid: say(
      'A call says that it was not cold, and its REPORT line has an Init Duration.',
      'Answer `cold: true` on the first call of an environment.',
    ),
    saidWrongly: say(
      'A call says that it was cold, and its REPORT line has no Init Duration: it found an environment that was there.',
      'Answer `cold: false` from the second call of an environment on; a first visit is not a cold start.',
    ),
    number: (expected: number, answer: string) =>
      say(
        `Call ${expected} of an environment answered \`invocation: ${answer}\`.`,
        'Add one for each call, in a variable that belongs to the environment, and to no visitor.',
      ),
  },
};

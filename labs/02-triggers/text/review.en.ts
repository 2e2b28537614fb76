import { hints, say } from '../../wording/wording.ts';

/** What the checks of the roles and the answers say. */
export const review = {
  roles: {
    title: 'Each function has a role of its own, which allows what it needs',
    hints: hints(
      'Whoever takes over a function can do what its role can do. What is the least?',
      'Look for `*` in your roles: in actions, and in resources.',
      'One role a function; actions by name, such as `dynamodb:PutItem`; the ARN of one table, queue or bucket as the resource.',
    ),
    shared: (first: string, second: string, role: string) =>
      say(
        `\`${first}\` and \`${second}\` share the role \`${role}\`. Each of them may do what only the other needs.`,
        'Give each function a role of its own.',
      ),
    negated: (role: string, policy: string) =>
      say(
        `The policy \`${policy}\` of the role \`${role}\` uses \`NotAction\` or \`NotResource\`: it allows everything that it does not name.`,
        'Name what is allowed.',
      ),
    action: (name: string, action: string, policy: string) =>
      say(
        `\`${name}\` may do \`${action}\` by the policy \`${policy}\`. The \`*\` covers far more than the function does.`,
        'Name the actions one by one.',
      ),
    resource: (name: string, action: string, policy: string) =>
      say(
        `\`${name}\` may do \`${action}\` on every resource of the account (\`*\`) by the policy \`${policy}\`.`,
        'Name the ARN of the one resource that it is about.',
      ),
  },

  answers: {
    title: 'answers.yaml says for each function who calls it and what happens on failure',
    hints: hints(
      'For each function ask: who waits for its answer? Nobody, a caller, or a poller?',
      'Asynchronous: Lambda’s own queue, one call and two retries. Polling: the source decides. Synchronous: the caller decides.',
      'Count: 1 + `MaximumRetryAttempts` (2 if not set) for asynchronous calls and for streams, `maxReceiveCount` for a queue.',
    ),
    noFile: say(
      'There is no file `answers.yaml` in the workspace.',
      'Put it there; the starter has one with the questions in it.',
    ),
    unreadable: (line: string) =>
      say(
        `\`answers.yaml\` is no valid YAML: line ${line} cannot be read.`,
        'Mend the line; often it is a tab, or a missing space after a colon.',
      ),
    open: (keys: string) =>
      say(
        `\`answers.yaml\` leaves these open: ${keys}.`,
        'Answer each of them; the comments at the top say what the words mean.',
      ),
    unknown: (key: string, value: string, choices: string) =>
      say(`\`${key}\` is \`${value}\`, which is none of the possible answers.`, `Choose among ${choices}.`),
    wrong: (name: string, field: string, said: string) =>
      say(
        `\`answers.yaml\` says \`${field}: ${said}\` for \`${name}\`. The way it is configured now says something else.`,
        'Look at the configuration below, and at the table of the three models in the guide.',
      ),
  },
};

import { hints, say } from '../../wording/wording.ts';

/** What the checks say that look at alias, concurrency and figures, and what the measurement says. */
export const operation = {
  version: {
    title: 'The alias live stands for a published version',
    hints: hints(
      'What do callers of `live` get when you edit the function now?',
      'A version is a snapshot of code and configuration. An alias is a name that points to one.',
      "`PublishVersionCommand`, then `CreateAliasCommand` or `UpdateAliasCommand` with `Name: 'live'` and the new version.",
    ),
    noAlias: say(
      'The function has no alias `live`. Callers have no name that stays while versions come and go.',
      'Publish a version, and create the alias `live` for it.',
    ),
    latest: say(
      'The alias `live` points to `$LATEST`: what you upload is live at once, and provisioned concurrency cannot be had for it.',
      'Publish a version, and point the alias to its number.',
    ),
    code: 'code',
    configuration: 'environment variables',
    stale: (version: string, what: string) =>
      say(
        `The alias \`live\` points to version ${version}, whose ${what} differ from those of the function now. A version never changes: what came later is not in it.`,
        'Publish again as the last step, after code and configuration, and move the alias.',
      ),
  },

  provisioned: {
    title: 'live has provisioned concurrency 1, and its calls have no init',
    hints: hints(
      'Who pays with waiting for an init: the caller, or somebody before?',
      'Provisioned concurrency belongs to an alias or a version, never to `$LATEST`. It takes a moment until it is `READY`.',
      "`PutProvisionedConcurrencyConfigCommand` with `Qualifier: 'live'` and `ProvisionedConcurrentExecutions: 1`.",
    ),
    none: say(
      'The alias `live` has no provisioned concurrency, so its first caller waits for an init.',
      'Configure provisioned concurrency 1 for `live`.',
    ),
    number: (count: number) =>
      say(
        `Provisioned concurrency of \`live\` is ${count}. Each of them is paid for while it waits, and this lab needs one.`,
        'Set provisioned concurrency of `live` to 1.',
      ),
    failed: (reason: string) =>
      say(
        `Provisioned concurrency of \`live\` is \`FAILED\`: ${reason}. The version could not be initialised.`,
        'Find the reason in the log (`npm run logs 4`), mend it, publish again, and move the alias.',
      ),
    inProgress: say(
      'Provisioned concurrency of `live` is still not `READY`. On a real account that can take some minutes.',
      'Wait until `aws lambda get-provisioned-concurrency-config` says `READY`, then grade again.',
    ),
    threw: (type: string, message: string) =>
      say(
        `A call of \`live\` failed with \`${type}\`: ${message}. The version behind the alias is a snapshot; it may lack what you set later.`,
        'Publish again after code and configuration are as they should be, and move the alias.',
      ),
    elsewhere: (version: string) =>
      say(
        `A call of \`live\` was answered by version ${version}. The alias sends some of its calls there.`,
        'Let the alias stand for one version alone.',
      ),
    cold: (initMs: number) =>
      say(
        `A call of \`live\` has an Init Duration of ${initMs} ms in its REPORT line: it met no environment that was ready.`,
        'Look whether provisioned concurrency belongs to the version that `live` points to, and is `READY`.',
      ),
  },

  timer: {
    title: 'Nothing calls the function by the clock to keep it warm',
    hints: hints(
      'Two callers come at once, and your pinger has kept one environment warm. What does the second one meet?',
      'A call every few minutes warms one environment at most, until Lambda recycles it. It promises nothing.',
      'Delete the rule or the schedule that calls `lab04-lifecycle`. What it was for, provisioned concurrency does.',
    ),
    found: (name: string) =>
      say(
        `The schedule \`${name}\` calls the function by the clock. It keeps at most one environment warm: the second caller at once, and the first after Lambda has recycled it, wait as before.`,
        'Delete it. Provisioned concurrency is what keeps environments ready.',
      ),
  },

  kill: {
    title: 'lab04-kill is switched off: 429',
    hints: hints(
      'How many environments may work for a function that nobody shall be able to call?',
      'Reserved concurrency is a reservation and an upper limit at once. The limit can be 0.',
      "`PutFunctionConcurrencyCommand` with `FunctionName: 'lab04-kill'` and `ReservedConcurrentExecutions: 0`.",
    ),
    missing: (name: string) =>
      say(
        `There is no function named \`${name}\`.`,
        'Deploy a second function under this name; the package of the first will do.',
      ),
    unreserved: say(
      '`lab04-kill` has no reserved concurrency. It takes from what the whole account has, and everybody can call it.',
      'Set its reserved concurrency to 0.',
    ),
    some: (count: number) =>
      say(
        `\`lab04-kill\` has reserved concurrency ${count}: so many calls at once are answered, and the others get 429.`,
        'Set its reserved concurrency to 0.',
      ),
    answered: say(
      '`lab04-kill` has reserved concurrency 0, and a call was answered all the same.',
      'Wait a moment and grade again; on a real account a change takes some seconds.',
    ),
  },

  answers: {
    title: 'answers.yaml agrees with the log of your own run',
    hints: hints(
      'The figures are your own: nobody else has the same ones, and the log keeps them.',
      '`npm run measure 4` prints a table with a request id in each line. Copy one cold and one warm line.',
      '`coldTimesWarm` is (`initMs` + `durationMs`) of the cold call, divided by `durationMs` of the warm one. For `kill`, call `lab04-kill` and read what comes back.',
    ),
    noFile: say(
      'There is no `answers.yaml` in the workspace.',
      'Take it from the starter, and fill it in from `npm run measure 4`.',
    ),
    unreadable: (line: number) =>
      say(
        `\`answers.yaml\` cannot be read as YAML: line ${line}.`,
        'Write `name: value`, with a space after the colon and the same indentation as before.',
      ),
    open: (keys: string) =>
      say(
        `\`answers.yaml\` has no answer yet for ${keys}.`,
        'Run `npm run measure 4`, and copy one cold and one warm call from its table.',
      ),
    noId: (kind: string, value: string) =>
      say(
        `\`${kind}.requestId\` is ${value === '' ? 'empty' : `\`${value}\``}, and that is no request id.`,
        'Copy the whole id of a call, as it stands in its REPORT line.',
      ),
    unknown: (kind: string, id: string, group: string) =>
      say(
        `The log group \`${group}\` has no REPORT line of \`${kind}.requestId\` \`${id}\`.`,
        'Run `npm run measure 4` on this target, and copy the figures of that run.',
      ),
    notCold: (id: string) =>
      say(
        `The call \`${id}\` was not cold: its REPORT line has no Init Duration.`,
        'Choose a call for `cold` whose REPORT line has an Init Duration.',
      ),
    notWarm: (id: string) =>
      say(
        `The call \`${id}\` was cold: its REPORT line has an Init Duration.`,
        'Choose a call for `warm` whose REPORT line has no Init Duration.',
      ),
    figure: (key: string, value: string) =>
      say(
        `\`${key}\` is ${value} in \`answers.yaml\`, and the REPORT line of that call says something else.`,
        'Copy the figure from the line below.',
      ),
    before: say(
      'These figures are from before you moved the work: the warm call takes longer than the init of the cold one.',
      'Deploy, run `npm run measure 4` again, and copy the new figures.',
    ),
    times: (value: string) =>
      say(
        `\`coldTimesWarm\` is ${value}. A caller who meets a cold environment waits for the init and for the handler.`,
        "Add init and handler of the cold call, and divide by the warm call's duration.",
      ),
    yesOrNo: say(
      '`initIsBilled` is neither yes nor no.',
      'Compare `Billed Duration` with `Duration` and `Init Duration` in the REPORT line, and answer `yes` or `no`.',
    ),
    notBilled: say(
      '`initIsBilled` says that the init is free. Add Duration and Init Duration in the line below, and compare with Billed Duration.',
      'Answer what the three figures show. Since August 2025 the init of a function on demand is billed.',
    ),
    status: (value: string) =>
      say(
        `\`kill.status\` is ${value}. A call of \`lab04-kill\` is answered with another HTTP status.`,
        'Run `npm run invoke 4 -- --function lab04-kill`, and copy the status.',
      ),
    reason: (value: string) =>
      say(
        `\`kill.reason\` is ${value}. The refusal of \`lab04-kill\` names another reason.`,
        'Run `npm run invoke 4 -- --function lab04-kill`, and copy the reason as it stands there.',
      ),
  },

  measure: {
    missing: (name: string) =>
      say(`There is no function named \`${name}\` to measure.`, 'Run `npm run deploy 4` first.'),
    threw: (payload: string) =>
      say(
        `The function failed while it was measured: ${payload}`,
        'Mend it and deploy; `npm run grade 4` says more.',
      ),
    noReport: say(
      'The log of a call has no REPORT line, so there are no figures.',
      'Measure on a target whose Lambda writes REPORT lines: the embedded cloud, or AWS.',
    ),
    noInit: say(
      'No REPORT line of these calls has an Init Duration, so cold and warm cannot be told apart on this target.',
      'Measure on a target whose Lambda reports it: the embedded cloud, or AWS.',
    ),
  },
};

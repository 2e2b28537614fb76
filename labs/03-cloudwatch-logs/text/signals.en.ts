import { hints, say } from '../../wording/wording.ts';

/** What the checks of pattern, metric, alarm, query and case say. */
export const signals = {
  pattern: {
    title: 'The filter pattern finds declined payments, and nothing else',
    hints: hints(
      'Try your pattern: `npm run logs 3 -- --filter` and the pattern in quotation marks. Is every line that it shows a declined payment?',
      'A word as a pattern matches wherever it stands: in `DECLINED_RETRY`, in an order id. Ask for the value of one member instead.',
      '`{ $.message.outcome = "DECLINED" }`, if your line has the outcome there. No star: it would match `DECLINED_RETRY`, too.',
    ),
    empty: (where: string) =>
      say(
        `The pattern of ${where} is empty. An empty pattern matches every line.`,
        'Write a pattern that asks for the outcome `DECLINED`.',
      ),
    invalid: (where: string, message: string) =>
      say(
        `CloudWatch Logs does not accept the pattern of ${where}: ${message}`,
        'Compare it with the form `{ $.member = "value" }`.',
      ),
    misses: (where: string) =>
      say(
        `The pattern of ${where} misses declined payments. One of the lines that it should match is below.`,
        'Look where the outcome stands in your line, and name exactly this place.',
      ),
    retried: (where: string) =>
      say(
        `The pattern of ${where} also matches \`DECLINED_RETRY\`. These payments went through at the second attempt; who counts them wakes somebody for nothing.`,
        'Compare the member with the whole value: `= "DECLINED"`.',
      ),
    anywhere: (where: string) =>
      say(
        `The pattern of ${where} matches a line in which DECLINED stands somewhere else, here in the order id. That payment was not declined.`,
        'Ask for the value of the member `outcome` instead of a word anywhere in the line.',
      ),
    others: (where: string) =>
      say(
        `The pattern of ${where} matches lines that are no declined payments.`,
        'Ask for the value of the member `outcome`.',
      ),
    liveMisses: (group: string) =>
      say(
        `The pattern is right for lines of a copy of your function, and finds less in \`${group}\` than was declined there.`,
        'Deploy again, so that the function runs what you have written.',
      ),
    liveOthers: (group: string) =>
      say(
        `In \`${group}\` the pattern matches lines of payments that were not declined.`,
        'Ask for the value of the member `outcome`.',
      ),
  },

  metric: {
    title: 'A metric filter counts declined payments',
    hints: hints(
      'A metric filter belongs to a log group. Is yours on the group that your function writes to?',
      'It takes your pattern, and adds a number to a metric for each line that matches.',
      '`PutMetricFilterCommand` with the pattern of your file, `metricValue: "1"`, the namespace `lab03-checkout` and the name `DeclinedPayments`.',
    ),
    filter: (name: string) => `the metric filter \`${name}\``,
    none: (group: string) =>
      say(
        `The log group \`${group}\` has no metric filter. Declined payments are in the log, and nobody counts them.`,
        'Put a metric filter on this group.',
      ),
    otherGroup: (actual: string, expected: string) =>
      say(
        `The metric filter is on the group \`${actual}\`, and the function writes to \`${expected}\`. It waits for lines that never come.`,
        'Put the metric filter on the group that the function’s `LoggingConfig` names.',
      ),
    otherMetric: (group: string, expected: string) =>
      say(
        `The log group \`${group}\` has a metric filter, but none that feeds the metric ${expected}.`,
        'Set namespace and name of the metric as the guide’s table has them.',
      ),
    value: (actual: string) =>
      say(
        `The metric filter adds \`${actual}\` for each declined payment. To count them, each adds 1.`,
        'Set `metricValue` to `1`.',
      ),
    dimensions: (names: string) =>
      say(
        `The metric filter gives the metric dimensions (${names}). Every combination of their values is a metric of its own, with a price of its own, and the alarm on the plain metric sees none of them.`,
        'Take the dimensions away.',
      ),
    notCounted: (wanted: number, counted: number) =>
      say(
        `${wanted} payments were declined, and the metric counted ${counted}. A filter counts only lines that come after it was made.`,
        'Look at the filter below: its group, its pattern and its value. Then grade again.',
      ),
  },

  alarm: {
    title: 'The alarm goes off, and calms down again',
    hints: hints(
      'How many declined payments in which time are too many? And what is a minute without any?',
      'The alarm adds up the metric over 60 seconds. Most minutes have no line at all, so tell it how to treat missing data.',
      "`Statistic: 'Sum'`, `Period: 60`, `EvaluationPeriods: 1`, `Threshold: 3`, `GreaterThanOrEqualToThreshold`, `TreatMissingData: 'notBreaching'`.",
    ),
    none: (name: string) =>
      say(`There is no alarm named \`${name}\`.`, 'Make an alarm of this name on the metric.'),
    otherMetric: (actual: string) =>
      say(
        `The alarm watches the metric ${actual}. Declined payments are counted in another one.`,
        'Give the alarm the namespace and the name that the metric filter feeds.',
      ),
    dimensions: say(
      'The alarm asks for the metric with dimensions, and the metric filter gives it none. To CloudWatch these are two metrics, and one of them is empty.',
      'Take the dimensions of the alarm away.',
    ),
    statistic: (actual: string) =>
      say(
        `The alarm looks at the statistic \`${actual}\`. Each declined payment adds 1, so an average or a maximum is 1, however many there are.`,
        'Set the statistic to `Sum`.',
      ),
    period: (actual: number) =>
      say(
        `The alarm adds up over ${actual} seconds. The rule of this shop is about one minute.`,
        'Set the period to 60 seconds.',
      ),
    threshold: (comparison: string, threshold: number) =>
      say(
        `The alarm compares with \`${comparison}\` and ${threshold}. It has to go off at 3 declined payments in a minute, and not at 2.`,
        'Set the threshold to 3 and the comparison to `GreaterThanOrEqualToThreshold`.',
      ),
    patient: (needed: number) =>
      say(
        `The alarm waits for ${needed} bad minutes before it goes off. The rule of this shop is about one.`,
        'Set `EvaluationPeriods` to 1.',
      ),
    silent: (state: string) =>
      say(
        `Six payments were declined within moments, the metric counted them, and the alarm stays in \`${state}\`.`,
        'Compare the alarm with the metric: namespace, name, statistic, period and threshold.',
      ),
    stuck: say(
      'The alarm went off, and stays in `ALARM` although minutes without a declined payment have passed. Missing data counts as bad for it, or as no reason to change.',
      'Set `TreatMissingData` to `notBreaching`.',
    ),
    unknown: say(
      'The alarm went off, and then went to `INSUFFICIENT_DATA`. A minute without a declined payment has no data, and for this shop that is a good minute.',
      'Set `TreatMissingData` to `notBreaching`.',
    ),
  },

  query: {
    title: 'The query finds slow checkouts, and nothing else',
    hints: hints(
      'Run your query and look at one of its rows. From which number on is a checkout slow?',
      'Filter by the latency in your own line, as a number, and show the request id.',
      '`filter message.latencyMs >= 1000 | fields requestId, message.orderId, message.latencyMs`, if your line has the latency there.',
    ),
    empty: say(
      'The file `slow.query` holds no query.',
      'Write a query that finds requests of 1000 ms and more.',
    ),
    invalid: (message: string) =>
      say(
        `CloudWatch Logs does not accept the query: ${message}`,
        'Mend the place that the message names. Commands are separated by `|`.',
      ),
    inFixture: 'lines that the grader has put together',
    inGroup: (group: string) => `\`${group}\``,
    noId: (where: string) =>
      say(
        `Over ${where} the query gives rows without a request id. A row that cannot be traced to its request helps nobody.`,
        'Show the field `requestId` in the rows.',
      ),
    fast: (where: string, latencies: string) =>
      say(
        `Over ${where} the query also finds requests that are not slow (${latencies} ms).`,
        'Filter for a latency of 1000 or more.',
      ),
    missed: (where: string, latencies: string) =>
      say(
        `Over ${where} the query misses slow requests (${latencies} ms). Slow is 1000 ms and more, whatever the outcome.`,
        'Filter by `latencyMs` alone, from 1000 on, and leave out a small `limit`.',
      ),
    twice: (where: string) =>
      say(
        `Over ${where} the query gives more than one row for the same request.`,
        'Filter for the line that has the latency; every request has one.',
      ),
  },

  case: {
    title: 'The case: the customer who waited',
    hints: hints(
      'Run your query over the log. Whose order is slow, and which request was it?',
      'Orders of customers begin with `case-`; those of the grader begin with `check-`.',
      'Copy the `requestId` of a row whose order id begins with `case-` into `answers.yaml`, behind `requestId:`.',
    ),
    invalid: say(
      'The file `answers.yaml` is not valid YAML.',
      'Mend the place below: a space follows every colon, and lines are indented with spaces.',
    ),
    opened: (count: number, group: string) =>
      say(
        `No customer has left a line that can be read, so ${count} have come in now. One of them waited far longer than the others, and \`${group}\` knows who.`,
        'Find the request with your query, write its id into `answers.yaml`, and grade again.',
      ),
    empty: say(
      'Customers have come, one of them waited far longer than the others, and `answers.yaml` does not say which request it was.',
      'Find the request with your query, and write its id into `answers.yaml`, behind `requestId:`.',
    ),
    other: (latencyMs: number) =>
      say(
        `The request in \`answers.yaml\` took ${latencyMs} ms. Another customer waited far longer.`,
        'Sort the rows by latency, and take the request at the top.',
      ),
    orderId: say(
      'The answer in `answers.yaml` is an order id. An order can be sent twice; a request happens once.',
      'Write the `requestId` of the same row.',
    ),
    notCustomer: say(
      'The request in `answers.yaml` is not of a customer: its order id does not begin with `case-`.',
      'Take a row whose order id begins with `case-`.',
    ),
    unknown: (group: string) =>
      say(
        `The request in \`answers.yaml\` is not in the log group \`${group}\`. Ids differ for every student, and lines go after 7 days.`,
        'Run your query again, and copy the id from its rows.',
      ),
  },
};

/*
 * Customers. Every deployment lets some in, so that there is something to read in the log: they order with test
 * cards (see src/bank.ts), one after the other. One of them, nobody knows which, waits far longer than the others.
 */
import { randomInt } from 'node:crypto';
import { InvokeCommand, type LambdaClient } from '@aws-sdk/client-lambda';

const customers = 16;
const names = ['Kim Minji', 'Ada Lovelace', 'Lee Junho', 'Grace Hopper', 'Park Sora', 'Alan Turing'];
/** Most are approved; some are declined, some meet a busy bank. */
const answers = ['0000', '0000', '0000', '0000', '0119', '0119', '0002'];

/** @returns what the order ids of these customers begin with */
export async function serveCustomers(lambda: LambdaClient, functionName: string): Promise<string> {
  const orders = `case-${randomInt(36 ** 6)
    .toString(36)
    .padStart(6, '0')}`;
  const unlucky = randomInt(customers);
  let declined = 0;
  for (let index = 0; index < customers; index += 1) {
    let answer = index === unlucky ? '0000' : (answers[randomInt(answers.length)] ?? '0000');
    // Two at most: more of them within a minute are something else.
    if (answer === '0002' && (declined += 1) > 2) answer = '0000';
    const takes = index === unlucky ? randomInt(1100, 1500) : randomInt(40);
    const order = {
      orderId: `${orders}-${String(index + 1).padStart(2, '0')}`,
      amount: 1000 * randomInt(5, 200),
      card: {
        number: `4${String(randomInt(10 ** 7)).padStart(7, '0')}${String(takes).padStart(4, '0')}${answer}`,
        holder: names[randomInt(names.length)] ?? '',
      },
    };
    await lambda.send(
      new InvokeCommand({ FunctionName: functionName, Payload: Buffer.from(JSON.stringify(order)) }),
    );
  }
  console.log(`customers  ${customers} orders, ${orders}-01 to ${orders}-${customers}`);
  return orders;
}

/** What a function reports of its batch: `all` failed, or the records of these ids; an empty set where none did. */
export type Report = 'all' | ReadonlySet<string>;

/**
 * Reads the answer of a function that reports batch item failures. A nothing of any kind (null, an empty object or
 * list, an absent or empty `batchItemFailures`) says that all went well; whatever is not as it should be, an id that is
 * not of the batch included, fails the whole batch (Lambda Developer Guide, "Success and failure conditions"; recorded:
 * test_dynamodb_report_batch_item_failure_scenarios, test_report_batch_item_failures_invalid_result_json_batch_fails).
 *
 * @param payload what the function answered
 * @param ids of the batch: message ids or sequence numbers
 */
export function readReport(payload: Uint8Array, ids: ReadonlySet<string>): Report {
  const answer = parsed(payload);
  if (answer === null) return new Set();
  if (Array.isArray(answer)) return answer.length === 0 ? new Set() : 'all';
  if (typeof answer !== 'object') return 'all';
  const failures = 'batchItemFailures' in answer ? answer.batchItemFailures : undefined;
  if (failures === undefined || failures === null) return new Set();
  if (!Array.isArray(failures)) return 'all';
  const failed = new Set<string>();
  for (const failure of failures as unknown[]) {
    if (typeof failure !== 'object' || failure === null || !('itemIdentifier' in failure)) return 'all';
    const id = failure.itemIdentifier;
    if (typeof id !== 'string' || !ids.has(id)) return 'all';
    failed.add(id);
  }
  return failed;
}

/* A function that answers nothing at all has answered null. Text that is no JSON is a text. */
function parsed(payload: Uint8Array): unknown {
  const text = new TextDecoder().decode(payload);
  if (text === '') return null;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}

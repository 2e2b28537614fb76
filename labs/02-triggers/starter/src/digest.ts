/** EventBridge Scheduler calls this at its time, whether anything has happened or not. */
export const handler = async (event: unknown): Promise<void> => {
  // Gap 9: one row a tick in the table DIGESTS_TABLE: `at` is the time the tick is for, `orders` how many rows
  //        the table ORDERS_TABLE has.
  console.log('the schedule says', JSON.stringify(event));
  return Promise.resolve();
};

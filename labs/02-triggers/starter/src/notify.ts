/** EventBridge calls this for big orders only: its rule decides, not this code. */
export const handler = async (event: unknown): Promise<void> => {
  // Gap 8: one row an order in the table NOTICES_TABLE, however often the event comes: orderId and a text.
  console.log('EventBridge says', JSON.stringify(event));
  return Promise.resolve();
};

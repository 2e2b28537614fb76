/** A pattern that EventBridge does not take. The message is the reason, as AWS words it. */
export class InvalidPattern extends Error {
  constructor(reason: string) {
    super(reason);
    this.name = 'InvalidPattern';
  }
}

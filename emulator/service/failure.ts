/**
 * An error of the service's own: the wire layer looks its code up among the errors that the SDK models for
 * the operation's service and answers with the modelled status, headers and body.
 */
export class ServiceFailure extends Error {
  /** The modelled name, for example `ResourceNotFoundException`. */
  readonly code: string;
  /** Only where the service models no status for the code (awsQuery and S3 errors that are not modelled). */
  readonly status: number | undefined;
  /** The error's other modelled members, for example `{ Type: 'User' }`. */
  readonly members: Readonly<Record<string, unknown>>;

  /**
   * @param code the modelled error name
   * @param message the text as AWS words it
   * @param detail the error's other members, and a status where the model has none
   */
  constructor(
    code: string,
    message: string,
    detail: { status?: number; members?: Record<string, unknown> } = {},
  ) {
    super(message);
    this.name = 'ServiceFailure';
    this.code = code;
    this.status = detail.status;
    this.members = detail.members ?? {};
  }
}

/**
 * What the gateway notes of one request's way. Texts are made only where somebody reads them.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-logging.html
 */
export interface ExecutionLog {
  /** A step. */
  info(text: () => string): void;
  /** Bodies and headers: only where data traces are on. */
  data(text: () => string): void;
  /** Why a request failed. */
  error(text: () => string): void;
}

/** Where a stage logs nothing. */
export const silent: ExecutionLog = { info: () => undefined, data: () => undefined, error: () => undefined };

/*
 * Quotas for WebSocket APIs, none of which can be raised but the first.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/limits.html
 */

/** New connections a second, of an account in a region. */
export const NEW_CONNECTIONS = { rate: 500, burst: 500 };
/** In ms, as are all times here. */
export const LONGEST_CONNECTION = 2 * 60 * 60 * 1000;
export const LONGEST_SILENCE = 10 * 60 * 1000;
/** Bytes, either way. */
export const LARGEST_MESSAGE = 128 * 1024;
/** Bytes, from a client. */
export const LARGEST_FRAME = 32 * 1024;

/** What may wait for a client that reads slower than it is sent to, in bytes. AWS does not say how much it keeps. */
export const CLIENT_BUFFER = 1024 * 1024;
/** How long a client may take to agree that its connection is over, in ms of the host. */
export const FAREWELL = 2000;
/** Messages of one connection that are answered at the same time; its others wait in the network. */
export const AT_ONCE = 32;

'use strict';
/*
 * What a function prints, sent to the platform in frames, so that a message of many lines stays one event.
 * The frame is the one that Lambda's own runtimes use on `_LAMBDA_TELEMETRY_LOG_FD`:
 * type (4 bytes), length (4 bytes), microseconds since 1970 (8 bytes), message. Big-endian.
 */
const fs = require('node:fs');
const { format } = require('node:util');
const { shown } = require('./places.cjs');

const writeSync = fs.writeSync;
const exit = process.exit.bind(process);
const stringify = JSON.stringify;
const now = Date.now;

const text = 0xa55a0003;
const json = 0xa55a0002;
/* Our own types: what was written to a stream itself, and the mark that an invocation's output is complete. */
const toStdout = 0xa55ac001;
const toStderr = 0xa55ac002;
const complete = 0xa55ac003;

/* Logs keeps 1 MB of an event; what is longer need not be carried. */
const longest = 1024 * 1024;

const levels = [
  ['TRACE', 1],
  ['DEBUG', 2],
  ['INFO', 3],
  ['WARN', 4],
  ['ERROR', 5],
  ['FATAL', 6],
];

let channel;
let asJson = false;
let requestId;
/* Whether anything was sent since the last mark. */
let printed = false;

/** @param {string} id the invocation that messages belong to from now on */
exports.setRequestId = (id) => {
  requestId = id;
};

function send(type, body) {
  printed = type !== complete;
  const frame = Buffer.allocUnsafe(16 + body.length);
  const time = now() * 1000;
  frame.writeUInt32BE(type >>> 0, 0);
  frame.writeUInt32BE(body.length, 4);
  frame.writeUInt32BE(Math.floor(time / 0x1_0000_0000), 8);
  frame.writeUInt32BE(time % 0x1_0000_0000, 12);
  body.copy(frame, 16);
  for (let sent = 0; sent < frame.length;) {
    try {
      sent += writeSync(channel, frame, sent);
    } catch (error) {
      // EAGAIN: the platform is slower than we are. Anything else: it has gone, and nobody reads any more.
      if (error.code !== 'EAGAIN') exit(1);
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1);
    }
  }
}

/**
 * Whether there is nothing to wait for: the mark need not be sent. Elsewhere than on Linux it always is, as it says
 * how much memory is used.
 */
exports.isSilent = () => !printed && process.platform === 'linux';

/** Marks the end of an invocation's output. The platform waits for it before it writes END. */
exports.complete = (id) => {
  const peakKB = process.platform === 'linux' ? undefined : process.resourceUsage().maxRSS;
  send(complete, Buffer.from(stringify({ requestId: id, peakKB })));
};

function log(level, mask, values) {
  const time = new Date(now()).toISOString();
  const line = asJson
    ? jsonLine(time, level, values)
    : `${time}\t${requestId}\t${level}\t${shown(format(...values))}\n`;
  send(
    (asJson ? json : text) | (mask << 2),
    Buffer.from(line.length > longest ? line.slice(0, longest) : line),
  );
}

/* One argument keeps its JSON type; several become one text, and the first error among them its own members. */
function jsonLine(time, level, values) {
  const line = { timestamp: time, level, requestId };
  if (values.length <= 1) {
    line.message = values[0];
    try {
      return stringify(line, (_, value) =>
        value instanceof Error ? { ...described(value), ...value } : value,
      );
    } catch {
      line.message = format(values[0]);
      return stringify(line);
    }
  }
  line.message = shown(format(...values));
  const error = values.slice(1).find((value) => value instanceof Error);
  return stringify(error === undefined ? line : { ...line, ...described(error) });
}

function described(error) {
  return {
    errorType: error.constructor?.name ?? 'UnknownError',
    errorMessage: shown(error.message),
    stackTrace: typeof error.stack === 'string' ? shown(error.stack).split('\n') : error.stack,
  };
}

/** Logs an error that ended something, as Lambda's own runtime words it. */
exports.logFailure = (what, error, detail) => {
  if (asJson) console.error(error);
  else console.error(what, `\t${detail}`);
};

/** Takes over `console` and the standard streams. */
exports.takeOver = (settings) => {
  channel = settings.channel;
  asJson = settings.json;
  requestId = settings.requestId;
  const lowest = levels.find(([name]) => name === settings.level)?.[1] ?? 1;
  for (const [name, priority] of levels) {
    console[name.toLowerCase()] = priority < lowest ? () => {} : (...values) => log(name, priority, values);
  }
  console.log = console.info;
  takeStream('stdout', toStdout);
  takeStream('stderr', toStderr);
};

/*
 * Streams are opened when they are first asked for: most handlers never do, and opening costs milliseconds.
 * What is written to them goes through the one channel, so that it keeps its place among the messages.
 */
function takeStream(name, type) {
  const original = Object.getOwnPropertyDescriptor(process, name);
  let taken;
  Object.defineProperty(process, name, {
    ...original,
    get() {
      if (taken === undefined) {
        taken = original.get.call(process);
        taken.write = (chunk, encoding, done) => {
          const body =
            typeof chunk === 'string'
              ? Buffer.from(chunk, typeof encoding === 'string' ? encoding : 'utf8')
              : Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
          for (let at = 0; at < body.length; at += longest) send(type, body.subarray(at, at + longest));
          const after = typeof encoding === 'function' ? encoding : done;
          if (typeof after === 'function') process.nextTick(after);
          return true;
        };
      }
      return taken;
    },
  });
}

'use strict';
/* Handlers that stream their response. Loaded only where a handler was wrapped by `streamifyResponse`. */
const { Writable } = require('node:stream');
const { body, fault } = require('./faults.cjs');

const ready = new WeakMap();

/** The stream a handler writes to: each piece goes to the platform as a chunk of the response's body. */
class ResponseStream extends Writable {
  #request;
  #type = 'application/octet-stream';
  #started = false;
  #ended = false;
  #trailers = {};

  constructor(request, highWaterMark) {
    super({ highWaterMark, decodeStrings: true });
    this.#request = request;
  }

  setContentType(type) {
    if (this.#started) throw fault('InvalidStreamingOperation', 'Cannot set content-type, too late.');
    this.#type = type;
  }

  /** Objects are written as JSON. */
  write(chunk, encoding, done) {
    const data = typeof chunk === 'string' || chunk instanceof Uint8Array ? chunk : JSON.stringify(chunk);
    return super.write(data, encoding, done);
  }

  end(chunk, encoding, done) {
    const data =
      chunk === undefined ||
      chunk === null ||
      typeof chunk === 'function' ||
      typeof chunk === 'string' ||
      chunk instanceof Uint8Array
        ? chunk
        : JSON.stringify(chunk);
    return super.end(data, encoding, done);
  }

  #start() {
    if (this.#started) return;
    this.#started = true;
    this.#request.start({
      'Lambda-Runtime-Function-Response-Mode': 'streaming',
      'Content-Type': String(this.#type).replace(/[^\t\x20-\x7e]/g, ''),
      Trailer: 'Lambda-Runtime-Function-Error-Type, Lambda-Runtime-Function-Error-Body',
    });
    const before = this._onBeforeFirstWrite;
    if (typeof before === 'function') before((piece) => this.#piece(Buffer.from(piece), () => {}));
  }

  #piece(piece, done) {
    // An empty chunk would end the body.
    if (piece.length === 0) done();
    else this.#request.write(piece, (error) => done(error));
  }

  _write(chunk, _encoding, done) {
    this.#start();
    this.#piece(chunk, done);
  }

  _final(done) {
    this.#finish().then(() => done(), done);
  }

  #finish() {
    this.#start();
    this.#ended = true;
    return this.#request.end(this.#trailers);
  }

  /** Ends the response with an error, which follows what was sent as trailers. */
  fail(error) {
    const told = body(error);
    const { errorType } = JSON.parse(told);
    this.#trailers = {
      'Lambda-Runtime-Function-Error-Type': String(errorType).replace(/[^\x21-\x7e]/g, ''),
      'Lambda-Runtime-Function-Error-Body': told.toString('base64'),
    };
    if (this.#ended) return Promise.resolve();
    if (this.destroyed) return this.#finish();
    return new Promise((resolve) => {
      this.once('finish', resolve);
      this.once('error', resolve);
      super.end();
    });
  }
}

/** `awslambda.HttpResponseStream.from`: status and headers before the body, eight zero bytes between. */
exports.HttpResponseStream = class HttpResponseStream {
  static from(stream, prelude) {
    stream.setContentType('application/vnd.awslambda.http-integration-response');
    const text = JSON.stringify(prelude);
    stream._onBeforeFirstWrite = (write) => {
      write(text);
      write(Buffer.alloc(8));
    };
    return stream;
  }
};

/** Runs a streaming handler to the end of its response. Resolves to the error it failed with, or undefined. */
exports.run = async (handler, event, context, request, highWaterMark) => {
  const stream = new ResponseStream(request, highWaterMark);
  const finished = new Promise((resolve, reject) => {
    stream.once('finish', resolve);
    stream.once('error', reject);
  });
  finished.catch(() => {});
  ready.set(context, stream);
  try {
    const promise = handler(event, stream, context);
    if (typeof promise?.then !== 'function')
      throw new Error('Streaming does not support non-async handlers.');
    const value = await promise;
    if (value !== undefined) console.warn('Streaming handlers ignore return values.');
    await finished;
    return undefined;
  } catch (error) {
    return { error, fail: () => stream.fail(error) };
  }
};

/** Ends the response of an invocation that is still at work with an error. */
exports.fail = (context, error) => ready.get(context)?.fail(error) ?? Promise.resolve();

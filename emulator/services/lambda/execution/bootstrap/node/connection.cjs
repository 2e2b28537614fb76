'use strict';
/*
 * The Runtime API over one socket that is kept open, and a second one for bodies that are sent piece by piece. Only
 * what our own listener answers has to be understood (status line, headers, Content-Length), so that Node's HTTP
 * client need not be loaded before the handler: that would cost every cold start some milliseconds. The listener
 * knows this client by its `User-Agent` and reads it as plainly: execution/process/bootstrap-line.ts.
 */
const { connect } = require('node:net');

const base = '/2018-06-01/runtime';
const endOfHead = Buffer.from('\r\n\r\n');

/** A socket to the platform, and the next answer that comes on it. */
function line(address, lost) {
  const colon = address.lastIndexOf(':');
  const socket = connect({
    host: address.slice(0, colon),
    port: Number(address.slice(colon + 1)),
    noDelay: true,
  });
  socket.on('error', lost);
  socket.on('close', lost);
  // Only an open question to the platform keeps the process alive.
  socket.unref();
  const waiting = [];
  let head;
  let answer;
  let parts = [];
  let missing = 0;

  const finish = () => {
    const { status, headers } = answer;
    const body = parts.length === 1 ? parts[0] : Buffer.concat(parts);
    answer = undefined;
    parts = [];
    waiting.shift()?.({ status, headers, body });
  };
  socket.on('data', (data) => {
    let rest = data;
    while (rest.length > 0) {
      if (answer === undefined) {
        if (head !== undefined) rest = Buffer.concat([head, rest]);
        const end = rest.indexOf(endOfHead);
        if (end < 0) {
          head = rest;
          return;
        }
        head = undefined;
        answer = readHead(rest.latin1Slice(0, end));
        missing = Number(answer.headers['content-length'] ?? 0);
        rest = rest.subarray(end + endOfHead.length);
      }
      const part = rest.subarray(0, missing);
      missing -= part.length;
      parts.push(part);
      rest = rest.subarray(part.length);
      if (missing === 0) finish();
    }
  });

  return { socket, reply: () => new Promise((resolve) => waiting.push(resolve)) };
}

/**
 * @param {string} address `host:port`
 * @param {() => void} lost called when the platform has gone: the process has no reason to live on
 */
exports.open = (address, lost) => {
  const { socket, reply } = line(address, lost);
  const sender = `Host: ${address}\r\nUser-Agent: coldstart-bootstrap\r\n`;
  const post = (path, headers, body) => {
    let text = `POST ${base}${path} HTTP/1.1\r\n${sender}Content-Length: ${body.length}\r\n`;
    for (const name of Object.keys(headers)) text += `${name}: ${headers[name]}\r\n`;
    return Buffer.concat([Buffer.from(`${text}\r\n`, 'latin1'), body]);
  };
  const next = Buffer.from(`GET ${base}/invocation/next HTTP/1.1\r\n${sender}\r\n`, 'latin1');
  let pieces;

  return {
    /** Asks for the next event. The open question keeps the process alive; an event at work does not. */
    async next() {
      socket.ref();
      socket.write(next);
      const event = await reply();
      socket.unref();
      return event;
    },
    /** Posts a result and asks for the next event in one packet. */
    async postThenNext(path, headers, body) {
      socket.ref();
      socket.write(Buffer.concat([post(path, headers, body), next]));
      void reply();
      const event = await reply();
      socket.unref();
      return event;
    },
    /** Posts and calls back when the platform has answered. */
    post(path, headers, body) {
      socket.ref();
      socket.write(post(path, headers, body));
      return reply();
    },
    /** A request whose body is sent piece by piece. The pieces keep the process alive until `end` is answered. */
    chunked(path) {
      // Read by the platform's HTTP server, unlike all else: see the listener.
      pieces ??= line(address, lost);
      const { socket, reply } = pieces;
      return {
        start(headers) {
          let text = `POST ${base}${path} HTTP/1.1\r\nHost: ${address}\r\nTransfer-Encoding: chunked\r\n`;
          for (const name of Object.keys(headers)) text += `${name}: ${headers[name]}\r\n`;
          socket.write(`${text}\r\n`, 'latin1');
        },
        write(piece, done) {
          socket.write(`${piece.length.toString(16)}\r\n`, 'latin1');
          socket.write(piece);
          return socket.write('\r\n', 'latin1', done);
        },
        async end(trailers) {
          socket.ref();
          let text = '0\r\n';
          for (const name of Object.keys(trailers)) text += `${name}: ${trailers[name]}\r\n`;
          socket.write(`${text}\r\n`, 'latin1');
          await reply();
          socket.unref();
        },
      };
    },
  };
};

function readHead(text) {
  const lines = text.split('\r\n');
  const headers = Object.create(null);
  for (const line of lines.slice(1)) {
    const colon = line.indexOf(':');
    headers[line.slice(0, colon).toLowerCase()] = line.slice(colon + 1).trim();
  }
  return { status: Number(lines[0].split(' ')[1]), headers };
}

'use strict';
/* The errors that Lambda's Node.js runtime makes itself, and how it tells of any error. */
const { types } = require('node:util');
const { shown } = require('./places.cjs');

const stringify = JSON.stringify;

/** @param {string} type without `Runtime.` */
exports.fault = (type, message) => {
  const error = new Error(message);
  error.name = `Runtime.${type}`;
  Error.captureStackTrace(error, exports.fault);
  return error;
};

exports.unhandledRejection = (reason, promise) => {
  const error = exports.fault('UnhandledPromiseRejection', String(reason));
  error.reason = reason;
  error.promise = promise;
  return error;
};

const isError = (value) => types.isNativeError(value) || value instanceof Error;

/** The body that is posted for an error: `{errorType, errorMessage, trace}`. */
exports.body = (error) => {
  let result;
  try {
    result = isError(error)
      ? {
          errorType: clean(error.name),
          errorMessage: clean(shown(error.message)),
          trace: typeof error.stack === 'string' ? clean(shown(error.stack)).split('\n') : [],
        }
      : { errorType: typeof error, errorMessage: String(error), trace: [] };
    return Buffer.from(stringify(result));
  } catch {
    return Buffer.from(
      stringify({
        errorType: 'handled',
        errorMessage:
          'callback called with Error argument, but there was a problem while retrieving one or more of its message, name, and stack',
        trace: [],
      }),
    );
  }
};

/* The DEL character cannot be in a header, where the error type goes as well. */
function clean(text) {
  return typeof text === 'string' ? text.replaceAll('\x7f', '%7F') : text;
}

/** An error for the log: its type and message first, then whatever it carries, the stack as lines. */
exports.detail = (error) => {
  const known = isError(error) ? error : new Error(String(error));
  try {
    return stringify(known, (_, value) =>
      isError(value)
        ? {
            errorType: value.name,
            errorMessage: shown(value.message),
            code: value.code,
            ...value,
            ...(typeof value.stack === 'string' ? { stack: shown(value.stack).split('\n') } : {}),
          }
        : value,
    );
  } catch {
    return exports.body(known).toString();
  }
};

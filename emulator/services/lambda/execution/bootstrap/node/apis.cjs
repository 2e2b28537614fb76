'use strict';
/*
 * Lets functions reach this cloud's APIs by the names that events give them: code written for AWS makes
 * `https://${domainName}/${stage}` of a `requestContext` to answer the clients of a WebSocket API. Here that is
 * `https://{api}.execute-api.{region}.localhost/{stage}`, a name that not every system knows, on a port where nothing
 * speaks TLS: connections of Node's HTTPS client to such names go to the cloud's own port instead, and no others.
 */
const https = require('node:https');
const { connect } = require('node:net');

const names = /^[a-z0-9-]+\.execute-api\.(?:[a-z0-9-]+\.)?localhost(?:\.localstack\.cloud)?$/i;
const cloud = new URL(process.env.AWS_ENDPOINT_URL);
const { createConnection } = https.Agent.prototype;

https.Agent.prototype.createConnection = function (options, ...rest) {
  if (!names.test(options.host ?? '')) return createConnection.call(this, options, ...rest);
  return connect({ host: cloud.hostname, port: Number(cloud.port), noDelay: true });
};

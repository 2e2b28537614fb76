/*
 * The modules by which inline code answers a custom resource's request. What they send is CloudFormation's contract:
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/crpg-ref-responses.html
 */

/** `require('cfn-response')`. What `send` gives can be awaited; older runtimes are told by `context.done`. */
export const nodeResponse = `'use strict';
const { request: secure } = require('node:https');
const { request: plain } = require('node:http');

exports.SUCCESS = 'SUCCESS';
exports.FAILED = 'FAILED';

exports.send = function send(event, context, responseStatus, responseData, physicalResourceId, noEcho) {
  const body = JSON.stringify({
    Status: responseStatus,
    Reason: 'See the details in CloudWatch Log Stream: ' + context.logStreamName,
    PhysicalResourceId: physicalResourceId || context.logStreamName,
    StackId: event.StackId,
    RequestId: event.RequestId,
    LogicalResourceId: event.LogicalResourceId,
    NoEcho: noEcho || false,
    Data: responseData,
  });
  const url = new URL(event.ResponseURL);
  const end = () => {
    if (typeof context.done === 'function') context.done();
  };
  return new Promise((resolve) => {
    const call = (url.protocol === 'http:' ? plain : secure)(
      url,
      { method: 'PUT', headers: { 'content-type': '', 'content-length': Buffer.byteLength(body) } },
      (answer) => {
        answer.resume();
        answer.on('end', () => {
          console.log('Status code: ' + answer.statusCode);
          end();
          resolve();
        });
      },
    );
    call.on('error', (error) => {
      console.log('The response could not be sent: ' + error);
      end();
      resolve();
    });
    call.end(body);
  });
};
`;

/** `import cfnresponse`. */
export const pythonResponse = `import json
import urllib.request

SUCCESS = "SUCCESS"
FAILED = "FAILED"


def send(event, context, responseStatus, responseData, physicalResourceId=None, noEcho=False, reason=None):
    body = json.dumps({
        "Status": responseStatus,
        "Reason": reason or "See the details in CloudWatch Log Stream: " + context.log_stream_name,
        "PhysicalResourceId": physicalResourceId or context.log_stream_name,
        "StackId": event["StackId"],
        "RequestId": event["RequestId"],
        "LogicalResourceId": event["LogicalResourceId"],
        "NoEcho": noEcho,
        "Data": responseData,
    }).encode("utf-8")
    call = urllib.request.Request(event["ResponseURL"], data=body, method="PUT", headers={"content-type": ""})
    try:
        with urllib.request.urlopen(call) as answer:
            print("Status code:", answer.status)
    except Exception as error:
        print("The response could not be sent:", error)
`;

/** Recorded pairs whose answer differs from ours, and why. The test holds the list true in both directions. */
export const DIFFERENCES: Readonly<Record<string, string>> = {
  error_api_with_invalid_open_api_version_type:
    "YAML's 3 and 3.0 are one number in JavaScript: 3.0 has to be taken, so 3 is too",
  error_application_no_access:
    'the recording had a stand-in for the repository of applications, which knew one of the four; there is none here',
  error_http_api_event_invalid_api:
    'a null is nothing said here, so `RouteSettings:` without a value is no mistake',
  error_http_api_with_invalid_auth_while_method_auth_is_none:
    'a null is nothing said here, so `Auth:` without a value is no mistake of the API but one of the route that names NONE',
  error_invalid_logical_id:
    'the logical id 0 is a number to the real transform; keys of objects are texts here, and 0 is alphanumeric',
  translate_convert_metadata:
    'recorded with passthrough_metadata, an option of the Python package that CloudFormation does not set',
};

/** Recorded pairs whose answer differs from ours, and how. The test holds the list true in both directions. */
export const DIFFERENCES: Readonly<Record<string, string>> = {
  error_api_authorizer_property_indentity_with_invalid_type: 'other errors are told, or in other words',
  error_api_invalid_endpoint_configuration_openapi_3: 'the mistake is not noticed yet',
  error_api_invalid_security: 'the mistake is not noticed yet',
  error_api_with_invalid_open_api_version_type: 'the mistake is not noticed yet',
  error_application_no_access: 'other errors are told, or in other words',
  error_function_invalid_request_parameters: 'other errors are told, or in other words',
  error_http_api_event_invalid_api: 'other errors are told, or in other words',
  error_http_api_with_invalid_auth_while_method_auth_is_none: 'other errors are told, or in other words',
  error_invalid_logical_id: 'other errors are told, or in other words',
  error_invalid_method_definition: 'the mistake is not noticed yet',
  translate_convert_metadata: 'differs at ThumbnailFunctionRole (lacks Metadata; has nothing too many)',
};

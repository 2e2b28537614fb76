/** Recorded pairs whose answer differs from ours, and how. The test holds the list true in both directions. */
export const DIFFERENCES: Readonly<Record<string, string>> = {
  api_custom_domain_private_endpoint_base:
    'differs at /Resources (lacks ApiGatewayDomainNameV2f6d6317296; has ApiGatewayDomainNamef6d6317296 too many)',
  api_http_with_default_iam_authorizer:
    'differs at HttpApi/Properties/Body/paths//{proxy+}/x-amazon-apigateway-any-method (lacks parameters; has nothing too many)',
  api_merge_definitions_with_conflicting_request_models:
    'differs at MyApi/Properties/Body/paths//test/get/parameters[0] (lacks schema; has type, __caching too many)',
  api_merge_definitions_with_full_properties:
    'differs at MyApi/Properties/Body/paths//test/get/responses (lacks nothing; has 200 too many)',
  error_api_authorizer_property_indentity_with_invalid_type: 'other errors are told, or in other words',
  error_api_event_ref_http_api: 'other errors are told, or in other words',
  error_api_invalid_endpoint_configuration: 'the mistake is not noticed yet',
  error_api_invalid_endpoint_configuration_openapi_3: 'the mistake is not noticed yet',
  error_api_invalid_event_authorizer_type: 'other errors are told, or in other words',
  error_api_invalid_security: 'the mistake is not noticed yet',
  error_api_with_disable_api_endpoint_and_definition_body_with_swagger_definition_not_explicitly_in_template:
    'the mistake is not noticed yet',
  error_api_with_invalid_auth_scopes_openapi: 'other errors are told, or in other words',
  error_api_with_invalid_open_api_version_type: 'the mistake is not noticed yet',
  error_application_no_access: 'other errors are told, or in other words',
  error_depends_on_invalid_types: 'other errors are told, or in other words',
  error_function_invalid_request_parameters: 'other errors are told, or in other words',
  error_function_invalid_s3_event: 'the mistake is not noticed yet',
  error_function_with_invalid_kms_type_for_self_managed_kafka: 'the mistake is not noticed yet',
  error_gateway_response_invalid_type_intrinsic: 'other errors are told, or in other words',
  error_http_api_event_invalid_api: 'other errors are told, or in other words',
  error_http_api_with_invalid_auth_while_method_auth_is_none: 'other errors are told, or in other words',
  error_intrinsic_sub_with_list: 'the mistake is not noticed yet',
  error_invalid_logical_id: 'other errors are told, or in other words',
  error_invalid_method_definition: 'the mistake is not noticed yet',
  error_layer_invalid_properties: 'other errors are told, or in other words',
  error_state_machine_with_api_intrinsics: 'the mistake is not noticed yet',
  function_with_event_dest_conditional:
    'differs at /Conditions (lacks FunctionConditionANDNOTQueueCreationDisabled2da03e5b6fe547d4e2d6, NOTQueueCreationDisabled2da03e5b6f; has NOTQueueCreationDisabled too many)',
  function_with_events_and_propagate_tags: 'differs at Images/Properties (lacks Tags; has nothing too many)',
  function_with_globals_tags_and_propagate_tags: 'differs at ApiFunction/Properties/Tags',
  http_api_existing_openapi_conditions:
    "an error is told where there is none: Resource with id [HttpApiFunction] is invalid. Event with id [Basic] is invalid. API method 'post' defined mul",
  translate_convert_metadata: 'differs at ThumbnailFunctionRole (lacks Metadata; has nothing too many)',
};

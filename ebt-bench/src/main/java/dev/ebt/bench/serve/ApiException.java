package dev.ebt.bench.serve;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ebt.error.MessageSanitizer;
import org.jspecify.annotations.Nullable;

/** The refusal or failure of a request: an HTTP status, and an error object in OpenAI's form. */
final class ApiException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int status;
  private final @Nullable String parameter;
  private final @Nullable String code;

  private ApiException(
      int status, String message, @Nullable String parameter, @Nullable String code) {
    super(MessageSanitizer.of(message));
    this.status = status;
    this.parameter = parameter;
    this.code = code;
  }

  /** Returns an error with a status, such as of the server library. */
  static ApiException of(int status, String message) {
    return new ApiException(status, message, null, null);
  }

  /** Returns an error with a status and a code for programs. */
  static ApiException of(int status, String code, String message) {
    return new ApiException(status, message, null, code);
  }

  /** Returns a refusal of a request that is malformed: 400. */
  static ApiException malformed(@Nullable String parameter, String message) {
    return new ApiException(400, message, parameter, null);
  }

  /** Returns a refusal of a text that is too long: 400, as OpenAI's API. */
  static ApiException tooLong(String parameter, String message) {
    return new ApiException(400, message, parameter, "context_length_exceeded");
  }

  /** Returns a refusal of a value that is out of range or that the model does not use: 422. */
  static ApiException unsuitable(@Nullable String parameter, String message) {
    return new ApiException(422, message, parameter, null);
  }

  /** Returns the HTTP status. */
  int status() {
    return status;
  }

  /** Returns the JSON document: {@code {"error": {"message", "type", "param", "code"}}}. */
  ObjectNode body() {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.putObject("error")
        .put("message", getMessage())
        .put("type", type(status))
        .put("param", parameter)
        .put("code", code);
    return body;
  }

  private static String type(int status) {
    return switch (status) {
      case 401 -> "authentication_error";
      case 429 -> "rate_limit_error";
      case 503 -> "service_unavailable_error";
      case 504 -> "timeout_error";
      default -> status < 500 ? "invalid_request_error" : "server_error";
    };
  }
}

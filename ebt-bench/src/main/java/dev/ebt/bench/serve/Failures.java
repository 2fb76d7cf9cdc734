package dev.ebt.bench.serve;

import dev.ebt.error.OutOfMemoryErrors;
import dev.ebt.error.SettingException;
import dev.ebt.error.UserException;
import dev.ebt.inference.DeadlineExceededException;
import dev.ebt.inference.ModelBusyException;
import dev.ebt.inference.ModelClosedException;
import dev.ebt.inference.ThinkingInterruptedException;
import io.javalin.http.HttpResponseException;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The conversion of exceptions to responses. */
final class Failures {
  private static final Logger LOG = LoggerFactory.getLogger(Failures.class);

  private Failures() {}

  /** Returns the response to a failure. What only the operator can understand is logged. */
  static ApiException of(Throwable failure) {
    if (failure instanceof ApiException known) {
      return known;
    }
    if (failure instanceof SettingException setting) {
      return ApiException.unsuitable(
          snakeCase(setting.setting()), String.valueOf(setting.getMessage()));
    }
    if (failure instanceof UserException mistake) {
      return ApiException.unsuitable(null, String.valueOf(mistake.getMessage()));
    }
    if (failure instanceof DeadlineExceededException) {
      return ApiException.of(504, "timeout", String.valueOf(failure.getMessage()));
    }
    if (failure instanceof ModelBusyException) {
      return ApiException.of(429, "queue_full", String.valueOf(failure.getMessage()));
    }
    if (failure instanceof ModelClosedException
        || failure instanceof ThinkingInterruptedException
        || failure instanceof InterruptedException) {
      return ApiException.of(503, "stopping", "the server is stopping");
    }
    if (failure instanceof HttpResponseException http) {
      return ApiException.of(http.getStatus(), String.valueOf(http.getMessage()));
    }
    LOG.warn("a request failed", failure);
    return OutOfMemoryErrors.in(failure).isPresent()
        ? ApiException.of(503, "out_of_memory", "the server is out of memory; ask for less")
        : ApiException.of(500, "an internal error of the server");
  }

  private static String snakeCase(String name) {
    return name.replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
  }
}

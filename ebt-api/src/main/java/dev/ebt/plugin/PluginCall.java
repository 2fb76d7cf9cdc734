package dev.ebt.plugin;

import dev.ebt.error.OutOfMemory;
import dev.ebt.error.UserException;
import java.util.function.Supplier;

/** Calls of a plugin's code, whose failures are told with the plugin's name and jar. */
final class PluginCall {
  private PluginCall() {}

  /**
   * What a plugin answers.
   *
   * @param plugin who is asked, with the jar
   * @param what is asked for, as in {@code its recipes}
   * @throws UserException if the plugin throws anything but that, even an error, or returns null
   */
  static <T> T ask(Object plugin, String what, Supplier<? extends T> question) {
    T answer;
    try {
      answer = question.get();
    } catch (UserException e) {
      throw e;
    } catch (RuntimeException | Error e) {
      OutOfMemory.rethrow(e);
      throw new UserException(plugin + " failed when asked for " + what + ": " + e, e);
    }
    if (answer == null) {
      throw new UserException(plugin + " returned null when asked for " + what);
    }
    return answer;
  }
}

package dev.ebt.plugin;

import com.google.inject.ProvisionException;
import dev.ebt.error.OutOfMemoryErrors;
import dev.ebt.error.UserException;
import java.util.function.Supplier;

/** Calls of plugin code whose failures are reported with the plugin's name and jar. */
final class PluginCall {
  private PluginCall() {}

  /**
   * Returns the part that a plugin creates.
   *
   * @throws UserException if the plugin refuses its settings, returns null or does not fit this
   *     version of the libraries
   * @throws PluginFault if the plugin's code fails in any other way
   */
  static <T> T create(Object plugin, String part, Supplier<? extends T> creation) {
    return ask(
        plugin,
        part,
        () -> {
          try {
            return creation.get();
          } catch (UserException | ProvisionException | PluginFault e) {
            throw e;
          } catch (RuntimeException | AssertionError e) {
            OutOfMemoryErrors.rethrow(e);
            throw new PluginFault(plugin, part, e);
          }
        });
  }

  /**
   * Returns the result of a call to a plugin.
   *
   * @param plugin the description of the plugin in messages, with its jar
   * @param what the requested value in messages, such as {@code its recipes}
   * @throws UserException if the plugin throws anything, even an error, or returns null
   */
  static <T> T ask(Object plugin, String what, Supplier<? extends T> question) {
    T answer;
    try {
      answer = question.get();
    } catch (UserException | ProvisionException | PluginFault e) {
      // What another part said when this one asked for it is said as it is.
      throw e;
    } catch (RuntimeException | Error e) {
      OutOfMemoryErrors.rethrow(e);
      throw new UserException(plugin + " failed when asked for " + what + ": " + e, e);
    }
    if (answer == null) {
      throw new UserException(plugin + " returned null when asked for " + what);
    }
    return answer;
  }
}

package dev.ebt.plugin;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Utilities to find the plugin in whose code a fault occurred. */
final class FaultOrigin {
  private FaultOrigin() {}

  /**
   * Returns the plugin of the innermost call that is to a class of a plugin's jar; empty if there
   * is none. Plugins that were loaded together with this program are not looked for.
   */
  static Optional<LoadedPlugin> of(Throwable fault, List<LoadedPlugin> plugins) {
    Deque<Throwable> innermostFirst = new ArrayDeque<>();
    for (Throwable at = fault; at != null && !innermostFirst.contains(at); at = at.getCause()) {
      innermostFirst.push(at);
    }
    for (Throwable at : innermostFirst) {
      for (StackTraceElement call : at.getStackTrace()) {
        for (LoadedPlugin plugin : plugins) {
          if (isOf(call.getClassName(), plugin)) {
            return Optional.of(plugin);
          }
        }
      }
    }
    return Optional.empty();
  }

  private static boolean isOf(String className, LoadedPlugin plugin) {
    @Nullable ClassLoader loader = plugin.plugin().getClass().getClassLoader();
    if (loader == null || loader == EbtPlugin.class.getClassLoader()) {
      return false;
    }
    try {
      Class<?> type = Class.forName(className, false, loader);
      return type.getClassLoader() == loader && Origins.of(type).equals(plugin.origin());
    } catch (ClassNotFoundException | LinkageError e) {
      return false;
    }
  }
}

package dev.ebt.bench.command;

import java.lang.reflect.Proxy;
import java.util.List;

/**
 * The signals that ask a program to end. They are accessed through {@code sun.misc.Signal}, for
 * which there is no public replacement, by reflection: if it is missing, or a signal is ignored or
 * used by Java, nothing is changed.
 */
public final class Signals {
  /** Ctrl-C. */
  static final String KEYBOARD = "INT";

  /** Ctrl-C, kill, and the closing of the terminal. */
  static final List<String> ENDING = List.of(KEYBOARD, "TERM", "HUP");

  private Signals() {}

  /**
   * Leaves all signals to the operating system, which ends the process at once. The shutdown of
   * Java would run concurrently with native libraries, whose destructors crash while their threads
   * run.
   */
  public static void endAtOnce() {
    ENDING.forEach(Signals::byDefault);
  }

  private static void byDefault(String name) {
    try {
      Class<?> handler = Class.forName("sun.misc.SignalHandler");
      register(name, handler, handler.getField("SIG_DFL").get(null));
    } catch (ReflectiveOperationException e) {
      return; // Nothing was changed.
    }
  }

  /**
   * Calls an action at every signal of this name, in a separate thread.
   *
   * @return an action that restores the previous handler
   */
  static Runnable handle(String name, Runnable action) {
    try {
      Class<?> handler = Class.forName("sun.misc.SignalHandler");
      Object proxy =
          Proxy.newProxyInstance(
              Signals.class.getClassLoader(),
              new Class<?>[] {handler},
              (self, method, arguments) ->
                  switch (method.getName()) {
                    case "equals" -> self == arguments[0];
                    case "hashCode" -> System.identityHashCode(self);
                    case "toString" -> "handler of " + name;
                    default -> {
                      action.run();
                      yield null;
                    }
                  });
      Object before = register(name, handler, proxy);
      return () -> restore(name, handler, before);
    } catch (ReflectiveOperationException e) {
      return () -> {}; // Nothing was changed.
    }
  }

  private static void restore(String name, Class<?> handlerType, Object handler) {
    try {
      register(name, handlerType, handler);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("a previous handler is refused", e);
    }
  }

  /** Returns the previous handler. */
  private static Object register(String name, Class<?> handlerType, Object handler)
      throws ReflectiveOperationException {
    Class<?> type = Class.forName("sun.misc.Signal");
    Object signal = type.getConstructor(String.class).newInstance(name);
    return type.getMethod("handle", type, handlerType).invoke(null, signal, handler);
  }
}

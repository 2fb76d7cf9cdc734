package dev.ebt.bench.command;

import java.lang.reflect.Proxy;
import java.util.List;

/**
 * The signals by which a program is asked to end. They are reached through {@code sun.misc.Signal},
 * for which there is no public replacement, by reflection: where it is missing, or the signal is
 * ignored or in use by Java itself, everything stays as it was.
 */
public final class Signals {
  /** Ctrl-C, a polite kill, and a terminal that closes. */
  static final List<String> ENDING = List.of("INT", "TERM", "HUP");

  private Signals() {}

  /**
   * Leaves all of them to the operating system, which ends the process at once. Java would run its
   * shutdown beside the threads of native libraries, and the destructors of these libraries crash
   * under their own threads.
   */
  public static void endAtOnce() {
    ENDING.forEach(Signals::byDefault);
  }

  private static void byDefault(String name) {
    try {
      Class<?> handler = Class.forName("sun.misc.SignalHandler");
      register(name, handler, handler.getField("SIG_DFL").get(null));
    } catch (ReflectiveOperationException e) {
      return; // All is as it was.
    }
  }

  /**
   * Calls an action at every signal of this name, in a thread of its own.
   *
   * @return what makes everything as it was
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
      return () -> {}; // All is as it was.
    }
  }

  private static void restore(String name, Class<?> handlerType, Object handler) {
    try {
      register(name, handlerType, handler);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("a handler that was there is refused", e);
    }
  }

  /** Returns the handler that was there before. */
  private static Object register(String name, Class<?> handlerType, Object handler)
      throws ReflectiveOperationException {
    Class<?> type = Class.forName("sun.misc.Signal");
    Object signal = type.getConstructor(String.class).newInstance(name);
    return type.getMethod("handle", type, handlerType).invoke(null, signal, handler);
  }
}

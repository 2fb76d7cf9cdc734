package dev.ebt.bench.command;

/** The way in which a user can ask running work to stop. */
@FunctionalInterface
public interface Interrupts {
  /**
   * Accepts a request until the result is closed.
   *
   * @param notice tells the user what is being finished, in another thread
   */
  Interrupt install(Runnable notice);

  /** Accepts a request by Ctrl-C alone, without a notice; other signals end the program. */
  default Interrupt installForKeyboard() {
    return install(() -> {});
  }
}

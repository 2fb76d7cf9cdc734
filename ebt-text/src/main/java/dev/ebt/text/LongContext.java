package dev.ebt.text;

import dev.ebt.error.UserException;
import java.util.Locale;

/** What happens to a context that is too long for the window of a model. */
enum LongContext {
  /** Its beginning is left out. */
  TRUNCATED(""),
  /** It is refused. */
  REFUSED("shorten the context"),
  /** It is refused by a command that has an option to truncate it. */
  REFUSED_BY_COMMAND("shorten the context, or leave its beginning out with --truncate left");

  private final String hint;

  LongContext(String hint) {
    this.hint = hint;
  }

  /** Returns what happens in a command whose option was given or not. */
  static LongContext byOption(boolean truncate) {
    return truncate ? TRUNCATED : REFUSED_BY_COMMAND;
  }

  /** Returns the end of the message of a refusal. */
  String hint() {
    return hint;
  }

  /**
   * Accepts a prompt that the window of a model has room for.
   *
   * @param alternative to shortening it, in the message
   * @throws UserException if it is longer
   */
  static void checkPrompt(int tokens, int window, String alternative) {
    if (tokens > window) {
      throw new UserException(
          String.format(
              Locale.ROOT,
              "the prompt has %,d tokens, but the model sees %,d (modality.length); shorten it, or"
                  + " %s",
              tokens,
              window,
              alternative));
    }
  }
}

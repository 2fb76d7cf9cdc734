package dev.ebt.text.extra;

import dev.ebt.error.ReasonText;
import dev.ebt.error.UserException;
import java.util.Locale;
import java.util.function.Supplier;

/** An optional library. */
public enum OptionalLibrary {
  /** Hugging Face's tokenizers, as DJL brings them to Java. */
  HUGGING_FACE("the tokenizer 'huggingface'", "ai.djl.huggingface:tokenizers"),

  /** Files of columns, as data sets are often handed out in. */
  PARQUET("a .parquet file", "blue.strategic.parquet:parquet-floor");

  private final String user;
  private final String library;

  OptionalLibrary(String user, String library) {
    this.user = user;
    this.library = library;
  }

  /**
   * Does what needs the library.
   *
   * @throws UserException if it is not there, with how to add it, or if it does not run here
   */
  public <T> T use(Supplier<T> work) {
    try {
      return work.get();
    } catch (UnsatisfiedLinkError e) {
      throw doesNotRun(e);
    } catch (LinkageError e) {
      throw new UserException(
          String.format(
              Locale.ROOT,
              "%s needs the library %s, which is not here (%s). 'EBT_PROFILE=extras ./ebt …' brings it; a build of your own adds it to its dependencies",
              user,
              library,
              e.getMessage()),
          e);
    }
  }

  /** The library is there, but its native part is not for this machine. */
  UserException doesNotRun(Throwable problem) {
    return new UserException(
        user + ": the library " + library + " does not run here: " + ReasonText.of(problem),
        problem);
  }
}

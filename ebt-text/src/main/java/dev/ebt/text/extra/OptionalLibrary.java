package dev.ebt.text.extra;

import dev.ebt.error.ReasonText;
import dev.ebt.error.UserException;
import java.util.Locale;
import java.util.function.Supplier;

/** An optional library. */
public enum OptionalLibrary {
  /** Hugging Face tokenizers with the Java interface of DJL. */
  HUGGING_FACE("the tokenizer 'huggingface'", "ai.djl.huggingface:tokenizers"),

  /** A reader of Parquet, a columnar file format that is common for datasets. */
  PARQUET("a .parquet file", "blue.strategic.parquet:parquet-floor");

  private final String user;
  private final String library;

  OptionalLibrary(String user, String library) {
    this.user = user;
    this.library = library;
  }

  /**
   * Runs work that needs the library.
   *
   * @throws UserException if the library is missing, with the way to add it, or if it does not run
   *     on this machine
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
              "%s needs the library %s, which is missing (%s). Start with"
                  + " 'EBT_PROFILE=extras ./ebt …', or add it to the dependencies of your own"
                  + " build",
              user,
              library,
              e.getMessage()),
          e);
    }
  }

  /** Returns the exception for a library whose native part does not support this machine. */
  UserException doesNotRun(Throwable problem) {
    return new UserException(
        user
            + ": the library "
            + library
            + " does not run on this machine: "
            + ReasonText.of(problem),
        problem);
  }
}

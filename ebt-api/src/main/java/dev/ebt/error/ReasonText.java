package dev.ebt.error;

import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.NoSuchFileException;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** The reason of an exception, in words for people: no class names, never "null". */
public final class ReasonText {
  /** Jackson's message for a value of another type than expected. */
  private static final Pattern MISTYPED =
      Pattern.compile(
          "Cannot (?:deserialize|construct).*?(?:from|; no)"
              + " (Object|Array|String|Boolean|Number|Integer|Floating-point|null)\\b.*",
          Pattern.DOTALL);

  /** Jackson's description of the location. */
  private static final Pattern PLACE =
      Pattern.compile(
          "\\s*(?: at )?\\[Source: .*?; (line: \\d+, column: \\d+)\\].*", Pattern.DOTALL);

  /** A class with its package, perhaps in back quotes. */
  private static final Pattern CLASS = Pattern.compile("(?:[a-z_][\\w]*\\.){2,}([A-Z][\\w$]*)");

  private ReasonText() {}

  /** Returns the reason, without the name of the requested file, which the caller knows. */
  public static String of(Throwable problem) {
    if (problem instanceof UncheckedIOException wrapped) {
      return of(wrapped.getCause());
    }
    if (problem instanceof FileSystemException file) {
      return ofFile(file);
    }
    String message = problem.getMessage();
    if (message == null || message.isBlank() || message.equals("null")) {
      return problem.getCause() == null ? words(problem.getClass()) : of(problem.getCause());
    }
    return cleaned(message);
  }

  private static String ofFile(FileSystemException problem) {
    if (problem instanceof AccessDeniedException) {
      return "no permission";
    }
    if (problem instanceof NoSuchFileException) {
      return "no such file";
    }
    if (problem instanceof FileAlreadyExistsException) {
      return "it already exists";
    }
    if (problem instanceof FileSystemLoopException) {
      return "a link that leads back to a folder it is in";
    }
    return problem.getReason() == null ? words(problem.getClass()) : problem.getReason();
  }

  private static String cleaned(String message) {
    String text = MISTYPED.matcher(message).replaceFirst(ReasonText::mistyped);
    text = PLACE.matcher(text).replaceFirst(" ($1)");
    return CLASS.matcher(text).replaceAll("$1");
  }

  private static String mistyped(MatchResult found) {
    return switch (found.group(1)) {
      case "Object" -> "a mapping where another value is expected";
      case "Array" -> "a list where another value is expected";
      case "String" -> "a text where another value is expected";
      case "Boolean" -> "true or false where another value is expected";
      case "null" -> "a value is missing";
      default -> "a number where another value is expected";
    };
  }

  /**
   * Returns the name of an exception in words. {@code EOFException}: "unexpected end"; {@code
   * BufferUnderflowException}: "buffer underflow".
   */
  private static String words(Class<?> type) {
    if (java.io.EOFException.class.isAssignableFrom(type)) {
      return "unexpected end";
    }
    String name = type.getSimpleName().replaceFirst("(?<=.)(Exception|Error)$", "");
    return name.replaceAll("(?<=[a-z])(?=[A-Z])", " ").toLowerCase(Locale.ROOT);
  }
}

package dev.ebt.text.document;

import dev.ebt.error.Excerpt;
import dev.ebt.error.UnknownName;
import dev.ebt.error.UserException;
import java.util.List;

/** Messages for records without a required field. */
public final class MissingField {
  private static final int LONGEST = 500;

  private MissingField() {}

  /** The message, with the fields that there are and the one that may be meant. */
  public static UserException of(String source, String field, List<String> fields) {
    String hint =
        UnknownName.nearest(field, fields)
            .map(name -> ": did you mean '" + name + "'?")
            .orElse("; --field names the one to read.");
    String found = fields.isEmpty() ? "none" : Excerpt.of(String.join(", ", fields), LONGEST);
    return new UserException(source + ": no field '" + field + "'" + hint + " Found: " + found);
  }
}

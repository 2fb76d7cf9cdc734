package dev.ebt.text.read;

import dev.ebt.text.token.TokenizerFile;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A summary of files that were read.
 *
 * @param documents number of documents that are not empty
 * @param separators number of {@value TokenizerFile#END_OF_TEXT} in the text, at which documents
 *     were split
 * @param leftOut names of files in a folder that hold no text
 */
public record FilesRead(int documents, int separators, List<String> leftOut) {
  private static final int NAMED = 3;

  /** Copies the list. */
  public FilesRead {
    leftOut = List.copyOf(leftOut);
  }

  /** Returns the summary of these files and others. */
  public FilesRead plus(FilesRead other) {
    return new FilesRead(
        documents + other.documents,
        separators + other.separators,
        Stream.concat(leftOut.stream(), other.leftOut.stream()).toList());
  }

  /** Returns the number of files left out, and the names of the first ones; empty if none were. */
  public String omissions() {
    if (leftOut.isEmpty()) {
      return "";
    }
    String names = leftOut.stream().limit(NAMED).collect(Collectors.joining(", "));
    String more = leftOut.size() > NAMED ? ", …" : "";
    return String.format(
        Locale.ROOT,
        "%,d file%s without text left out: %s%s",
        leftOut.size(),
        leftOut.size() == 1 ? "" : "s",
        names,
        more);
  }

  /** Returns what a reader of the data must know of it; empty if there is nothing to say. */
  public String remarks() {
    String split = separators == 0 ? "" : "split at " + TokenizerFile.END_OF_TEXT;
    return Stream.of(split, omissions())
        .filter(remark -> !remark.isEmpty())
        .collect(Collectors.joining("; "));
  }
}

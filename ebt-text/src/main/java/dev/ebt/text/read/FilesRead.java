package dev.ebt.text.read;

import dev.ebt.text.token.TokenizerFileSettings;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A summary of files that were read.
 *
 * @param documents number of documents that are not empty
 * @param separators number of {@value TokenizerFileSettings#END_OF_TEXT} in the text, at which
 *     documents were split
 * @param leftOut names of files in a folder that hold no text
 * @param jsonLists names of files in a folder that are lists of JSON objects, which are not read
 */
public record FilesRead(
    int documents, int separators, List<String> leftOut, List<String> jsonLists) {
  private static final int NAMED = 3;

  /** Copies the lists. */
  public FilesRead {
    leftOut = List.copyOf(leftOut);
    jsonLists = List.copyOf(jsonLists);
  }

  /** Returns the summary of these files and others. */
  public FilesRead plus(FilesRead other) {
    return new FilesRead(
        documents + other.documents,
        separators + other.separators,
        both(leftOut, other.leftOut),
        both(jsonLists, other.jsonLists));
  }

  private static List<String> both(List<String> first, List<String> second) {
    return Stream.concat(first.stream(), second.stream()).toList();
  }

  /**
   * Returns the number of files left out, and the names of the first ones; empty if none were.
   * Lists of JSON objects come first, with the remedy: they may be all the data that was meant.
   */
  public String omissions() {
    String lists =
        jsonLists.isEmpty()
            ? ""
            : String.format(
                Locale.ROOT,
                "%s left out: %s; 'jq -c .[]' writes %s as JSON lines, which are read",
                counted(jsonLists, "JSON list"),
                named(jsonLists),
                jsonLists.size() == 1 ? "it" : "each");
    String others =
        leftOut.isEmpty()
            ? ""
            : counted(leftOut, "file") + " without text left out: " + named(leftOut);
    return joined(lists, others);
  }

  private static String counted(List<String> files, String kind) {
    return String.format(Locale.ROOT, "%,d %s%s", files.size(), kind, files.size() == 1 ? "" : "s");
  }

  private static String named(List<String> files) {
    String names = files.stream().limit(NAMED).collect(Collectors.joining(", "));
    return files.size() > NAMED ? names + ", …" : names;
  }

  /** Returns what a reader of the data must know of it; empty if there is nothing to say. */
  public String remarks() {
    String split = separators == 0 ? "" : "split at " + TokenizerFileSettings.END_OF_TEXT;
    return joined(split, omissions());
  }

  private static String joined(String... remarks) {
    return Stream.of(remarks).filter(remark -> !remark.isEmpty()).collect(Collectors.joining("; "));
  }
}

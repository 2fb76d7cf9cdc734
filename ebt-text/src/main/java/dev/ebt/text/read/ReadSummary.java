package dev.ebt.text.read;

import dev.ebt.text.token.TokenizerFileSettings;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A summary of the files that were read.
 *
 * @param documents number of non-empty documents
 * @param separators number of {@value TokenizerFileSettings#END_OF_TEXT} in the text, at which
 *     documents were split
 * @param leftOut names of files in a folder that are not text
 * @param jsonLists names of files in a folder that are lists of JSON objects, which are not read
 */
public record ReadSummary(
    int documents, int separators, List<String> leftOut, List<String> jsonLists) {
  private static final int NAMED = 3;

  /** Copies the lists. */
  public ReadSummary {
    leftOut = List.copyOf(leftOut);
    jsonLists = List.copyOf(jsonLists);
  }

  /** Returns the combined summary of these files and others. */
  public ReadSummary plus(ReadSummary other) {
    return new ReadSummary(
        documents + other.documents,
        separators + other.separators,
        both(leftOut, other.leftOut),
        both(jsonLists, other.jsonLists));
  }

  private static List<String> both(List<String> first, List<String> second) {
    return Stream.concat(first.stream(), second.stream()).toList();
  }

  /**
   * Returns the number of skipped files with the names of the first ones, or an empty text. Lists
   * of JSON objects come first, with the remedy, because they may be the intended data.
   */
  public String omissions() {
    String lists =
        jsonLists.isEmpty()
            ? ""
            : String.format(
                Locale.ROOT,
                "%s skipped: %s; 'jq -c .[]' converts %s to JSON lines",
                counted(jsonLists, "JSON list"),
                named(jsonLists),
                jsonLists.size() == 1 ? "it" : "each");
    String others =
        leftOut.isEmpty()
            ? ""
            : counted(leftOut, "file") + " without text skipped: " + named(leftOut);
    return joined(lists, others);
  }

  private static String counted(List<String> files, String kind) {
    return String.format(Locale.ROOT, "%,d %s%s", files.size(), kind, files.size() == 1 ? "" : "s");
  }

  private static String named(List<String> files) {
    String names = files.stream().limit(NAMED).collect(Collectors.joining(", "));
    return files.size() > NAMED ? names + ", …" : names;
  }

  /** Returns remarks for the description of the data, or an empty text. */
  public String remarks() {
    String split = separators == 0 ? "" : "split at " + TokenizerFileSettings.END_OF_TEXT;
    return joined(split, omissions());
  }

  private static String joined(String... remarks) {
    return Stream.of(remarks).filter(remark -> !remark.isEmpty()).collect(Collectors.joining("; "));
  }
}

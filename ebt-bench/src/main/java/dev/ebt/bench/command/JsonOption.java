package dev.ebt.bench.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintStream;
import picocli.CommandLine.Option;

/** The option for results as one JSON document in a line, with nothing else in the output. */
final class JsonOption {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  @Option(names = "--json", description = "Print JSON instead of text.")
  private boolean json;

  /** Returns whether JSON is printed. */
  boolean given() {
    return json;
  }

  /** Prints a document: a map or a list of results, with the names of its keys. */
  static void print(Object document, PrintStream out) {
    try {
      out.println(MAPPER.writeValueAsString(document));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a result that is no JSON", e);
    }
  }
}

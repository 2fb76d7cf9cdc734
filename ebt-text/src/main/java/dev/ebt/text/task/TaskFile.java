package dev.ebt.text.task;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ebt.text.read.LenientJson;
import dev.ebt.text.read.TextFiles;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The text of a task file, as a whole or by line. */
final class TaskFile {
  private final String name;
  private final String text;

  /** Reads a file, which may be {@code .gz}. */
  TaskFile(Path path) {
    this.name = path.toString();
    this.text = TextFiles.text(path);
  }

  String name() {
    return name;
  }

  /** Returns the first JSON value; missing if the file does not begin with one. */
  JsonNode first() {
    return LenientJson.first(text);
  }

  /** Returns the whole text as one JSON object. */
  JsonFields json() {
    return parse(text, name);
  }

  /** Returns the JSON object of each line that is not blank. */
  List<JsonFields> jsonLines() {
    List<JsonFields> objects = new ArrayList<>();
    lines().forEach(line -> objects.add(parse(line.text(), line.source())));
    return objects;
  }

  /**
   * A line.
   *
   * @param source file and line number, from 1
   */
  record Line(String source, String text) {}

  /** Returns the lines that are not blank. */
  List<Line> lines() {
    List<Line> lines = new ArrayList<>();
    int number = 0;
    for (String line : text.split("\n", -1)) {
      number++;
      if (!line.isBlank()) {
        lines.add(new Line(name + " line " + number, line));
      }
    }
    return lines;
  }

  private static JsonFields parse(String json, String source) {
    return new JsonFields(source, "", LenientJson.object(json, source));
  }
}

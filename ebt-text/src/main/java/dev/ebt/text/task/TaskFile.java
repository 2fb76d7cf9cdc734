package dev.ebt.text.task;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.ebt.error.UserException;
import dev.ebt.text.read.BrokenJson;
import dev.ebt.text.read.TextFiles;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The text of a task file, as a whole or by its lines. */
final class TaskFile {
  private static final JsonMapper WHOLE =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();
  private static final JsonMapper FIRST = JsonMapper.builder().build();

  private final String name;
  private final String text;

  /** Reads it; {@code .gz}, too. */
  TaskFile(Path path) {
    this.name = path.toString();
    this.text = TextFiles.text(path);
  }

  String name() {
    return name;
  }

  /** The first JSON value; missing if the file does not begin with one. */
  JsonNode first() {
    try {
      return FIRST.readTree(text);
    } catch (JsonProcessingException e) {
      return FIRST.missingNode();
    }
  }

  /** All of it as one JSON object. */
  JsonFields json() {
    return parse(text, name);
  }

  /** A JSON object on each line that is not blank. */
  List<JsonFields> jsonLines() {
    List<JsonFields> objects = new ArrayList<>();
    lines().forEach(line -> objects.add(parse(line.text(), line.source())));
    return objects;
  }

  /**
   * A line.
   *
   * @param source file and number, from 1
   */
  record Line(String source, String text) {}

  /** The lines that are not blank. */
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
    JsonNode node;
    try {
      node = WHOLE.readTree(json);
    } catch (JsonProcessingException e) {
      JsonLocation at = e.getLocation();
      String place = at == null ? "" : " at line " + at.getLineNr() + " column " + at.getColumnNr();
      throw new UserException(source + ": broken JSON" + place + ": " + BrokenJson.reason(e), e);
    }
    if (!node.isObject()) {
      String found = node.getNodeType().name().toLowerCase(Locale.ROOT);
      throw new UserException(source + ": a JSON object expected, found " + found);
    }
    return new JsonFields(source, "", node);
  }
}

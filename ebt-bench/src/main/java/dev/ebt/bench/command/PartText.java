package dev.ebt.bench.command;

import dev.ebt.plugin.PartDescription;
import dev.ebt.plugin.SettingDescription;
import java.util.ArrayList;
import java.util.List;

/** The description of a part and its settings as text of at most {@value #WIDTH} columns. */
final class PartText {
  private static final int WIDTH = 100;
  private static final String SETTING = "  ";
  private static final String BELOW = "      ";

  private PartText() {}

  /** Returns the lines of a description. */
  static List<String> of(PartDescription part) {
    List<String> lines = new ArrayList<>();
    lines.add(part.kind() + "." + part.name() + " (" + part.plugin() + ")");
    lines.addAll(wrapped(part.summary(), SETTING));
    lines.add("");
    if (!part.configuration().isEmpty()) {
      part.configuration().lines().forEach(line -> lines.add((SETTING + line).stripTrailing()));
    } else if (part.settings().isEmpty()) {
      lines.add(SETTING + "no settings");
    }
    for (SettingDescription setting : part.settings()) {
      lines.addAll(wrapped(setting.name() + ": " + heading(setting), SETTING));
      if (!setting.documentation().isEmpty()) {
        lines.addAll(wrapped(setting.documentation(), BELOW));
      }
      setting
          .values()
          .forEach(
              (value, meaning) -> {
                if (!meaning.isEmpty()) {
                  lines.addAll(wrapped(value + ": " + meaning, BELOW + "  "));
                }
              });
    }
    return lines;
  }

  private static String heading(SettingDescription setting) {
    if (setting.required()) {
      return setting.type() + ", required";
    }
    return setting.standard() == null
        ? setting.type() + ", not set by default"
        : setting.type() + ", default " + setting.standard();
  }

  /** Returns a text in lines that begin with an indent. */
  static List<String> wrapped(String text, String indent) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder(indent);
    for (String word : text.split(" ", -1)) {
      if (line.length() > indent.length() && line.length() + 1 + word.length() > WIDTH) {
        lines.add(line.toString());
        line = new StringBuilder(indent);
      }
      line.append(line.length() > indent.length() ? " " : "").append(word);
    }
    lines.add(line.toString());
    return lines;
  }
}

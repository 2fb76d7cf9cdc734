package dev.ebt.tensorflow;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The prefixes by which the nodes of the programs in one graph differ. */
final class PartNames {
  private static final Pattern NODE = Pattern.compile("p[0-9]+_([A-Za-z0-9_]*)/.*");

  private PartNames() {}

  /** Returns the prefix of a program's nodes, without the slash that follows it. */
  static String of(int number, String program) {
    return "p" + number + "_" + program.replaceAll("[^A-Za-z0-9_]", "_");
  }

  /** Returns the name of the program that a node belongs to; empty for nodes of TensorFlow. */
  static String program(String node) {
    Matcher matcher = NODE.matcher(node);
    return matcher.matches() ? matcher.group(1) : "";
  }
}

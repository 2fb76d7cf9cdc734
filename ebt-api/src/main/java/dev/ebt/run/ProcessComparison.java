package dev.ebt.run;

import dev.ebt.backend.ProcessGroup;
import dev.ebt.error.UserException;
import dev.ebt.tensor.Array;
import dev.ebt.tensor.Shape;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;

/**
 * The comparison of the processes that share a training before its first update: with another
 * version, configuration or data a process would train another model.
 */
final class ProcessComparison {
  private static final String ABSENT = "absent";

  private ProcessComparison() {}

  /**
   * Compares the processes of a training.
   *
   * @throws UserException in every process, naming the first thing in which two differ
   */
  static void check(RunParts parts) {
    ProcessGroup processes = parts.processes();
    if (processes.size() > 1) {
      compare(exchanged(processes, facts(parts)));
    }
  }

  /** Returns what has to be equal, by the words for it in messages. */
  private static Map<String, String> facts(RunParts parts) {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("the version of ebt", EbtVersion.current());
    facts.put("the commit of ebt", EbtVersion.commit());
    RunFacts.settingsOf(parts.configuration())
        .forEach(
            (path, value) -> {
              if (!path.equals("data.path")) { // It may be elsewhere on another machine.
                facts.put(path, value);
              }
            });
    facts.put("the data (its fingerprint)", parts.dataset().fingerprint());
    facts.put("the modality (its fingerprint)", parts.modality().fingerprint());
    return facts;
  }

  /** Compares facts by process with those of the first. */
  static void compare(List<Map<String, String>> facts) {
    Map<String, String> first = facts.get(0);
    for (int process = 1; process < facts.size(); process++) {
      Map<String, String> other = facts.get(process);
      List<String> names = new ArrayList<>(first.keySet());
      new TreeSet<>(other.keySet()).stream().filter(n -> !names.contains(n)).forEach(names::add);
      for (String name : names) {
        String expected = first.getOrDefault(name, ABSENT);
        String found = other.getOrDefault(name, ABSENT);
        if (!found.equals(expected)) {
          throw new UserException(
              String.format(
                  Locale.ROOT,
                  "process %d differs from process 0 in %s: %s there, %s here; start all processes"
                      + " with the same program, configuration and data",
                  process,
                  name,
                  found,
                  expected));
        }
      }
    }
  }

  /** Returns the facts of every process, which each receives as sums of rows of bytes. */
  private static List<Map<String, String>> exchanged(
      ProcessGroup processes, Map<String, String> own) {
    byte[] bytes = text(own).getBytes(StandardCharsets.UTF_8);
    long[] lengths = new long[processes.size()];
    lengths[processes.rank()] = bytes.length;
    long[] all = processes.sum(Array.of(Shape.of(lengths.length), lengths)).longs();
    int total = 0;
    int start = 0;
    for (int i = 0; i < all.length; i++) {
      start = i == processes.rank() ? total : start;
      total += Math.toIntExact(all[i]);
    }
    long[] row = new long[total];
    for (int i = 0; i < bytes.length; i++) {
      row[start + i] = bytes[i];
    }
    long[] received = processes.sum(Array.of(Shape.of(total), row)).longs();
    List<Map<String, String>> facts = new ArrayList<>();
    int at = 0;
    for (long length : all) {
      byte[] part = new byte[Math.toIntExact(length)];
      for (int i = 0; i < part.length; i++) {
        part[i] = (byte) received[at++];
      }
      facts.add(parsed(new String(part, StandardCharsets.UTF_8)));
    }
    return facts;
  }

  /** Returns a line for each fact, with its name and its value. */
  static String text(Map<String, String> facts) {
    StringBuilder text = new StringBuilder();
    facts.forEach(
        (name, value) ->
            text.append(name).append('\t').append(value.replaceAll("[\t\r\n]", " ")).append('\n'));
    return text.toString();
  }

  /** Returns the facts of a text that {@link #text} has returned. */
  static Map<String, String> parsed(String text) {
    Map<String, String> facts = new LinkedHashMap<>();
    text.lines().map(line -> line.split("\t", 2)).forEach(fact -> facts.put(fact[0], fact[1]));
    return facts;
  }
}

package dev.ebt.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A model that trains in no time, for tests of the command line: four steps, on the reference
 * backend, with a checkpoint after the second and the last.
 *
 * @param folder with {@code tiny.yaml} and {@code text.txt}
 */
record Tiny(Path folder) {
  static final int STEPS = 4;

  /** Writes configuration and data. */
  static Tiny in(Path folder) throws IOException {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 40; i++) {
      text.append("line ").append(i).append(" of the text\n");
    }
    Files.writeString(folder.resolve("text.txt"), text);
    Files.writeString(
        folder.resolve("tiny.yaml"),
        """
        seed: 33
        backend: reference
        modality: {name: text, length: 8}
        data: {name: text, path: '%s'}
        model: {name: autoregressive, layers: 1, heads: 2, width: 8}
        objective: {name: s1, steps: 2}
        thinking: {landscapes: 1, learnStepSize: true, updateRule: mirror}
        training:
          steps: 4
          batch: 2
          warmUp: 2
          validateEvery: 2
          validationRows: 4
          checkpointEvery: 2
          logEvery: 1
        """
            .formatted(folder.resolve("text.txt")));
    return new Tiny(folder);
  }

  /** A file or folder of the test, written in full. */
  String path(String name) {
    return folder.resolve(name).toString();
  }

  /** Writes a file of the test. */
  String write(String name, String content) throws IOException {
    return Files.writeString(folder.resolve(name), content).toString();
  }

  /** The command line that trains, with more at its end. */
  String[] train(String out, String... more) {
    List<String> line = new ArrayList<>(List.of("train", path("tiny.yaml"), "--out", path(out)));
    line.addAll(List.of(more));
    return line.toArray(String[]::new);
  }

  /** The command line that goes on training. */
  String[] resume(String run, String... more) {
    List<String> line = new ArrayList<>(List.of("train", "--resume", path(run)));
    line.addAll(List.of(more));
    return line.toArray(String[]::new);
  }

  /** The metrics of a run without what is of the clock, which no two runs have in common. */
  static String metrics(Path run) throws IOException {
    return Files.readString(run.resolve("metrics.jsonl"))
        .replaceAll(",\"(time|[a-z]+PerSecond|dataWait)\":[^,}]+", "");
  }

  /** A finished run. */
  Path trained(String out) {
    Commands.fine(train(out));
    return folder.resolve(out);
  }
}

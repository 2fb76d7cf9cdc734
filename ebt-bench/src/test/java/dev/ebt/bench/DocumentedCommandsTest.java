package dev.ebt.bench;

import static dev.ebt.bench.Commands.fine;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.ebt.bench.example.ExamplePlugin;
import dev.ebt.config.Overrides;
import dev.ebt.plugin.Catalog;
import dev.ebt.plugin.Configurations;
import dev.ebt.plugin.Plugins;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

/** What help and documents tell people to type is understood. */
class DocumentedCommandsTest {
  private static final String CONCEPTS = "target/concepts.jar";
  private static final String CONTROL = "target/control.jar";
  private static final String CURVE = "target/curve.jar";
  private static final String SUDOKU = "docs/examples/sudoku/target/sudoku.jar";

  @TempDir static Path folder;
  private static String concepts;
  private static String control;
  private static String curve;
  private static String sudoku;

  /** Makes the jars that the documents make, whose options belong to their commands. */
  @BeforeAll
  static void compile() {
    concepts = ExamplePlugin.jar("concepts", folder).toString();
    control = ExamplePlugin.jar("control", folder).toString();
    curve = ExamplePlugin.jar("curve", folder).toString();
    sudoku = ExamplePlugin.project("sudoku", folder).toString();
  }

  /** {@code train}, …, {@code bench step}: all commands, by their words. */
  static List<List<String>> commands() {
    List<List<String>> all = new ArrayList<>();
    collect(Ebt.commandLine(), List.of(), all);
    return all;
  }

  private static void collect(CommandLine line, List<String> words, List<List<String>> all) {
    all.add(words);
    line.getSubcommands()
        .forEach(
            (name, sub) ->
                collect(sub, Stream.concat(words.stream(), Stream.of(name)).toList(), all));
  }

  /** The README and the pages that belong to it. */
  static List<Path> documents() throws IOException {
    Path root = Path.of("").toAbsolutePath();
    while (!Files.exists(root.resolve("mvnw"))) {
      root = root.getParent();
    }
    List<Path> documents = new ArrayList<>();
    for (Path place : new Path[] {root.resolve("README.md"), root.resolve("docs")}) {
      if (Files.exists(place)) {
        try (Stream<Path> files = Files.walk(place)) {
          files.filter(file -> file.toString().endsWith(".md")).forEach(documents::add);
        }
      }
    }
    return documents;
  }

  @ParameterizedTest
  @MethodSource("commands")
  void helpHasAnExampleAndFitsTheTerminal(List<String> command) {
    List<String> line = Stream.concat(command.stream(), Stream.of("--help")).toList();
    String help = fine(line.toArray(String[]::new)).out();

    assertThat(help.lines().filter(l -> l.length() > Ebt.HELP_WIDTH)).isEmpty();
    List<List<String>> examples = ExampleLines.in(help);
    assertThat(examples)
        .as(help)
        .anyMatch(
            example ->
                example.subList(0, Math.min(example.size(), command.size())).equals(command));
    examples.forEach(DocumentedCommandsTest::assertUnderstood);
  }

  @ParameterizedTest
  @MethodSource("documents")
  void commandsOfTheDocumentsAreUnderstood(Path document) throws IOException {
    ExampleLines.in(Files.readString(document)).forEach(DocumentedCommandsTest::assertUnderstood);
  }

  @Test
  void examplesAreTakenApartAsAShellDoes() {
    assertThat(
            ExampleLines.in(
                """
                ```sh
                ./ebt train            # builds on first use
                EBT_PROFILE=gpu ./ebt think runs/x --prompt "a b"   shows 'it'
                ./ebt init > my.yaml && ./ebt train my.yaml --set 'regularizers=[{name: x}]'
                ./ebt conformance DIR [--backend NAME] [--json]
                ```
                Or `./ebt demo`, and `./ebt doctor
                --help` too; ./ebt in a sentence is none.
                """))
        .containsExactly(
            List.of("train"),
            List.of("think", "runs/x", "--prompt", "a b"),
            List.of("init"),
            List.of("train", "my.yaml", "--set", "regularizers=[{name: x}]"),
            List.of("conformance", "DIR", "--backend", "NAME", "--json"),
            List.of("demo"),
            List.of("doctor", "--help"));
  }

  private static void assertUnderstood(List<String> example) {
    Map<String, String> jars =
        Map.of(CONCEPTS, concepts, CONTROL, control, CURVE, curve, SUDOKU, sudoku);
    List<String> words = example.stream().map(word -> jars.getOrDefault(word, word)).toList();
    CommandLine line = Ebt.commandLine(words.toArray(String[]::new));
    assertThatCode(() -> line.parseArgs(words.toArray(String[]::new)))
        .as("./ebt %s", String.join(" ", words))
        .doesNotThrowAnyException();
    boolean ownParts = !words.contains("--plugins");
    if (ownParts && words.contains("train") && words.contains("--set")) {
      Catalog catalog = Plugins.discover(List.of());
      List<String> assignments = new ArrayList<>();
      for (int i = 0; i + 1 < words.size(); i++) {
        if (words.get(i).equals("--set")) {
          assignments.add(words.get(i + 1));
        }
      }
      int named = words.indexOf("--recipe");
      String recipe = named < 0 ? "text" : words.get(named + 1);
      int data = words.indexOf("--data");
      if (data >= 0) {
        String dataset =
            Configurations.modality(catalog, recipe, null, Overrides.parse(assignments));
        assignments.addAll(List.of("data.name=" + dataset, "data.path=" + words.get(data + 1)));
      }
      Overrides overrides = Overrides.parse(assignments);
      assertThatCode(() -> Configurations.load(catalog, recipe, null, overrides))
          .as("./ebt %s", String.join(" ", words))
          .doesNotThrowAnyException();
    }
  }
}

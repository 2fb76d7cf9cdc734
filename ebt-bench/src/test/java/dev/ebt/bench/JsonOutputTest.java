package dev.ebt.bench;

import static dev.ebt.bench.Commands.ebt;
import static dev.ebt.bench.Commands.fine;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

/** Every command that prints numbers prints them as one JSON document, and nothing else. */
@TestInstance(Lifecycle.PER_CLASS)
class JsonOutputTest {
  private static final ObjectMapper MAPPER =
      new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  /** Commands that print no numbers; the answers of serve are JSON anyway. */
  private static final Set<String> WITHOUT =
      Set.of("help", "init", "export", "convert", "plot", "report", "serve", "bench", "tokenizer");

  /** The command for images, which ProbeCommandTest tests. */
  private static final String PROBE = "probe";

  /** The arguments of each command, and the keys of its document. */
  private final Map<String, Line> lines = new TreeMap<>();

  @TempDir static Path folder;

  private record Line(List<String> arguments, Set<String> keys) {}

  private void add(String command, String arguments, String... keys) {
    List<String> words = new ArrayList<>(List.of(command.split(" ")));
    for (String word : arguments.split(" ")) {
      words.add(word.replace("DIR", folder.toString()));
    }
    words.add("--json");
    lines.put(command, new Line(words, new TreeSet<>(List.of(keys))));
  }

  @BeforeAll
  void prepare() throws IOException {
    Tiny tiny = Tiny.in(folder);
    tiny.trained("run");
    tiny.write("context.txt", "ab");
    tiny.write("answers.txt", "c\nd\n");
    tiny.write("words.txt", "some words, some other words ".repeat(9));
    fine("tokenizer", "train", tiny.path("words.txt"), "--size=260", "--out", tiny.path("t.json"));
    String cases = Path.of(JsonOutputTest.class.getResource("conformance").getPath()).toString();
    add("demo", "", "run", "step", "results", "checked", "wrong");
    lines.put(
        "train",
        new Line(
            List.of(append(tiny.train("other"), "--json")),
            Set.of("run", "step", "end", "dataWait", "data", "results")));
    add(
        "think",
        "DIR/run --prompt a --count 2 --explain",
        "run",
        "step",
        "text",
        "tokens",
        "examples",
        "explanations",
        "tables",
        "files",
        "notes");
    add("eval", "DIR/run --steps 1,2 --limit 2", "run", "step", "data", "results", "thinking");
    add("score", "DIR/run --text abc", "run", "step", "tokens", "bytes", "loss", "bitsPerByte");
    add(
        "verify",
        "DIR/run --context DIR/context.txt --candidates DIR/answers.txt",
        "run",
        "step",
        "measure",
        "answers");
    add(
        "sample",
        "DIR/run --chains 2 --samples 4 --warm-up 0",
        "run",
        "step",
        "chains",
        "samples",
        "steps",
        "rHat",
        "effectiveSize",
        "energy",
        "elements");
    add("info", "DIR/run", "run", "step", "seed", "provenance", "trainings");
    add(
        "replay",
        "DIR/run --out DIR/again --steps 1",
        "run",
        "replay",
        "agree",
        "first",
        "changes");
    add(
        "sweep",
        "DIR/tiny.yaml --grid seed=1,2 --out DIR/sweep",
        "sweep",
        "metric",
        "best",
        "settings",
        "runs");
    add("experiment", "list", "experiments");
    add("compare", "DIR/run", "metric", "best", "settings", "runs");
    add("watch", "DIR/run --past 0", "run", "event", "end", "step");
    add("plugins", "model.autoregressive", "name");
    add("doctor", "", "java", "machine", "device");
    add(
        "conformance",
        cases + " --backend reference --case text_default_s1",
        "backend",
        "passed",
        "failed",
        "unsupported",
        "cases");
    String size =
        "--backend reference --layers 1 --width 8 --heads 2 --vocab 9 --repeat 1 --steps 1";
    add("bench step", size + " --batch 1 --length 4", "tokensPerSecond", "device");
    add("bench decode", size + " --prompt 2 --tokens 2", "tokensPerSecond", "device");
    add("bench serve", "DIR/run --threads 1 --seconds 1 --tokens 1 --prompt a", "threads");
    add("tokenizer show", "DIR/t.json --text some", "fingerprint", "bytes", "tokens");
    add(
        "tokenizer train",
        "DIR/words.txt --size 258 --out DIR/new.json",
        "file",
        "tokens",
        "words");
  }

  private static String[] append(String[] words, String last) {
    List<String> all = new ArrayList<>(List.of(words));
    all.add(last);
    return all.toArray(String[]::new);
  }

  List<String> commands() {
    return List.copyOf(lines.keySet());
  }

  @Test
  void everyCommandIsAmongThem() {
    Set<String> found = new TreeSet<>();
    collect("", Ebt.commandLine(), found);
    found.removeAll(WITHOUT);
    found.remove(PROBE);
    assertThat(lines.keySet()).isEqualTo(found);
  }

  private static void collect(String prefix, CommandLine line, Set<String> found) {
    line.getSubcommands()
        .forEach(
            (name, command) -> {
              found.add(prefix + name);
              collect(prefix + name + " ", command, found);
            });
  }

  @ParameterizedTest
  @MethodSource("commands")
  void outputIsOneDocument(String command) throws IOException {
    Line line = lines.get(command);
    Commands done =
        fine(line.arguments().stream().filter(w -> !w.isEmpty()).toArray(String[]::new));

    JsonNode document = MAPPER.readTree(done.out());
    List<String> keys = new ArrayList<>();
    document.fieldNames().forEachRemaining(keys::add);
    assertThat(keys).as(done.out()).containsAll(line.keys());
  }

  @Test
  void mistakeIsOnStandardErrorAlone() {
    for (String command : List.of("think", "eval", "score --text a", "train --resume")) {
      List<String> words = new ArrayList<>(List.of(command.split(" ")));
      words.add(folder.resolve("missing").toString());
      words.add("--json");
      Commands done = ebt(words.toArray(String[]::new));

      assertThat(done.code()).as(command).isEqualTo(2);
      assertThat(done.out()).as(command).isEmpty();
      assertThat(done.err()).as(command).startsWith("ebt: ");
    }
  }
}

package dev.ebt.bench;

import static dev.ebt.bench.Commands.fine;
import static dev.ebt.bench.Commands.refusal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tokenizers that are learnt go with the run, whatever becomes of what they were learnt from. */
class TokenizersTest {
  @TempDir static Path folder;
  private static Tiny tiny;
  private static String bpe;

  @BeforeAll
  static void learn() throws IOException {
    tiny = Tiny.in(folder);
    bpe = learn("bpe.json", 265, tiny.path("text.txt"));
  }

  private static String learn(String name, int size, String text) {
    fine("tokenizer", "train", text, "--size", "" + size, "--out", tiny.path(name));
    return tiny.path(name);
  }

  private static String choice(String path) {
    return "modality.tokenizer={name: bpe, path: '" + path + "'}";
  }

  @Test
  void learningIsRepeatableAndTellsHowToGoOn() throws IOException {
    Commands done =
        fine("tokenizer", "train", tiny.path("text.txt"), "--size", "265", "--out", tiny.path("x"));
    assertThat(done.out())
        .startsWith("265 tokens of ")
        .contains("./ebt train --data " + tiny.path("text.txt") + " --set 'modality.tokenizer=");
    assertThat(done.err()).isEmpty();
    assertThat(folder.resolve("x")).hasSameBinaryContentAs(Path.of(bpe));
    assertThat(fine("tokenizer", "show", bpe, "--text", "line €").out())
        .startsWith("byte-level BPE with 265 tokens (")
        .contains("\"lin\"", "  e2\n", "6 tokens for 8 bytes");
  }

  @Test
  void learningHasItsMistakesToo() throws IOException {
    assertThat(refusal("tokenizer", "train", tiny.path("text.txt"), "--out", bpe))
        .isEqualTo("ebt: " + bpe + " already exists; choose a new file with --out\n");
    assertThat(
            refusal(
                "tokenizer", "train", tiny.path("text.txt"), "--size", "9", "--out", "none.json"))
        .contains("the vocabulary size is 9; it must be at least 257");
    assertThat(refusal("tokenizer", "train", tiny.path("no.txt"), "--out", "none.json"))
        .contains("no file or folder");
    assertThat(refusal("tokenizer", "show", tiny.path("tiny.yaml")))
        .contains("tiny.yaml is not a tokenizer.json: it is not valid JSON");
    assertThat(refusal("tokenizer", "show", tiny.path("none.json"))).contains("none.json");
  }

  @Test
  void aTokenizerGoesWithItsRun() throws IOException {
    String moved = learn("moved.json", 262, tiny.path("text.txt"));
    fine(tiny.train("bpe", "--set", choice(moved), "--set", "training.steps=2"));
    Files.delete(Path.of(moved));
    assertThat(folder.resolve("bpe/config.yaml")).content().contains("path: parts/tokenizer.json");
    fine(
        "train",
        "--from",
        tiny.path("bpe"),
        "--data",
        tiny.path("text.txt"),
        "--out",
        tiny.path("tuned"),
        "--set",
        "training.steps=1");
    assertThat(folder.resolve("tuned/parts/tokenizer.json"))
        .hasSameBinaryContentAs(folder.resolve("bpe/parts/tokenizer.json"));
    assertGoesOn("bpe");
  }

  @Test
  void charactersGoWithTheirRun() throws IOException {
    String awkward = "A \t'\"\\\u0007\u0085\u00A0\u2028\uFEFF\uFFFDé日😀\uDBFF\uDFFF:#-\r\n";
    String text = tiny.write("awkward.txt", awkward.repeat(30));
    String path = "data.path=" + text;
    fine(
        tiny.train(
            "characters",
            "--set",
            "modality.tokenizer=characters",
            "--set",
            path,
            "--set",
            "training.steps=2"));
    tiny.write("awkward.txt", awkward.repeat(30) + "Ω");
    assertThat(refusal("eval", tiny.path("characters"), "--data", text))
        .startsWith("ebt: " + text + ", line 31, column 1: the character 'Ω' (U+03A9, GREEK");
    Files.writeString(Path.of(text), awkward.repeat(30));
    assertGoesOn("characters");
  }

  @Test
  void builtInTextHasCharactersToo() throws IOException {
    fine(
        tiny.train(
            "brackets",
            "--set",
            "data={name: brackets, documents: 40}",
            "--set",
            "modality.tokenizer=characters"));
    assertThat(folder.resolve("brackets/config.yaml")).content().contains("()+,-0123456789<=>[]{}");
  }

  @Test
  void tasksHaveCharactersToo() throws IOException {
    String line = "{\"question\":\"1+%s?\",\"answer\":\"Σ\\n#### %s\"}\n";
    StringBuilder task = new StringBuilder();
    for (int i = 0; i < 20; i++) {
      task.append(line.formatted(i, i + 1));
    }
    String path = tiny.write("task.jsonl", task.toString());
    fine(
        tiny.train(
            "task",
            "--set",
            "data={name: task, format: gsm8k, path: '" + path + "', validation: 0.2}",
            "--set",
            "modality.tokenizer=characters"));
    tiny.write("task.jsonl", line.replace('Σ', 'Ω').formatted(1, 2));
    assertThat(refusal("eval", tiny.path("task"), "--task", "gsm8k=" + path))
        .startsWith("ebt: " + path + " line 1, line 1, column ")
        .contains("the character 'Ω'");
  }

  private static void assertGoesOn(String run) throws IOException {
    fine("eval", tiny.path(run), "--steps", "1");
    fine("think", tiny.path(run), "--prompt", "A", "--count", "4");
    fine(tiny.resume(run, "--set", "training.steps=4"));
    fine("export", tiny.path(run), "--out", tiny.path(run + "-model"));
    String there = fine("think", tiny.path(run), "--prompt", "A", "--count", "4").out();
    Files.move(folder.resolve(run), folder.resolve(run + "-elsewhere"));
    assertThat(fine("think", tiny.path(run + "-model"), "--prompt", "A", "--count", "4").out())
        .isEqualTo(there);
  }

  @Test
  void anotherTokenizerThanTheModelsIsRefused() throws IOException {
    fine(tiny.train("own", "--set", choice(bpe)));
    String other = learn("other.json", 268, tiny.path("text.txt"));
    String expected =
        "step-00000004 was trained with modality 'text' of byte-level BPE with 265 tokens (";
    assertThat(refusal("think", tiny.path("own"), "--set", choice(other)))
        .contains(expected, "makes 'text' of byte-level BPE with 268 tokens (");
    assertThat(refusal("eval", tiny.path("own"), "--set", "modality.tokenizer=bytes"))
        .contains(expected, "makes 'text' of bytes");
    assertThat(refusal(tiny.resume("own", "--set", choice(other), "--set", "training.steps=8")))
        .contains(expected);
    Files.copy(Path.of(bpe), folder.resolve("copy.json"));
    fine("think", tiny.path("own"), "--count", "2", "--set", choice(tiny.path("copy.json")));
  }

  /** A run that was begun with other tokens and never came to a checkpoint begins again. */
  @Test
  void beforeTheFirstCheckpointTheTokenizerMayChange() throws IOException {
    fine(tiny.train("early"));
    try (var files = Files.walk(folder.resolve("early/checkpoints"))) {
      for (Path path : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
    fine(tiny.resume("early", "--set", choice(bpe)));
    fine("think", tiny.path("early"), "--count", "2");
    assertThat(folder.resolve("early/parts/tokenizer.json")).exists();
  }

  @Test
  void aTokenizerThatIsNotThereIsTold() {
    assertThat(refusal(tiny.train("none", "--set", choice(tiny.path("no.json")))))
        .contains("no.json");
    assertThat(refusal(tiny.train("none", "--set", "modality.tokenizer=bpe")))
        .contains("path", "missing");
    assertThat(folder.resolve("none")).doesNotExist();
  }

  /** The build of the command line leaves optional libraries out. */
  @Test
  void aLibraryThatIsNotThereIsTold() throws IOException {
    assumeFalse(isPresent("ai.djl.huggingface.tokenizers.HuggingFaceTokenizer"));
    String theirs = choice(bpe).replace("name: bpe", "name: huggingface");
    assertThat(refusal(tiny.train("theirs", "--set", theirs)))
        .startsWith(
            "ebt: the tokenizer 'huggingface' needs the library ai.djl.huggingface:tokenizers,"
                + " which is missing")
        .contains("Start with 'EBT_PROFILE=extras ./ebt …'");
    String rows = tiny.write("rows.parquet", "PAR1");
    assertThat(refusal(tiny.train("theirs", "--set", "data.path=" + rows)))
        .startsWith("ebt: a .parquet file needs the library blue.strategic.parquet:parquet-floor,");
    assertThat(folder.resolve("theirs")).doesNotExist();
  }

  private static boolean isPresent(String type) {
    try {
      Class.forName(type, false, TokenizersTest.class.getClassLoader());
      return true;
    } catch (ClassNotFoundException e) {
      return false;
    }
  }

  /** The token between documents is learnt like any other, and ends what is written. */
  @Test
  void theEndOfDocumentsIsLearnt() throws IOException {
    tiny.write("many.jsonl", "{\"text\":\"ab\"}\n{\"text\":\"ab \"}\n".repeat(60));
    fine(
        tiny.train(
            "many",
            "--set",
            "modality.tokenizer=characters",
            "--set",
            "data.path=" + tiny.path("many.jsonl"),
            "--set",
            "training.steps=120",
            "--set",
            "training.learningRate=0.03",
            "--set",
            "training.validateEvery=120",
            "--set",
            "training.checkpointEvery=120"));
    String[] line = {
      "think", tiny.path("many"), "--prompt", "ab", "--temperature", "0", "--count", "40"
    };
    assertThat(fine(line).out().strip()).isEqualTo("ab");
  }
}

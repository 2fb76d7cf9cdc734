package dev.ebt.bench;

import static dev.ebt.bench.Commands.fine;
import static dev.ebt.bench.Commands.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Data that cannot be learnt from is told before anything is written. */
class DataMistakesTest {
  @TempDir static Path folder;
  private static Tiny tiny;

  @BeforeAll
  static void write() throws IOException {
    tiny = Tiny.in(folder);
    tiny.write("empty.txt", "");
    tiny.write("letter.txt", "a");
    tiny.write("letters.txt", "abcdefgh");
    tiny.write("broken.jsonl", "{\"text\": \"abc\"}\n{\"text\": oops}\n");
    tiny.write("fields.jsonl", "{\"txt\": \"abc\"}\n");
    tiny.write("plain.gz", "not compressed");
    Files.createDirectory(folder.resolve("nothing"));
    Files.write(folder.resolve("latin.txt"), "na\u00efve".getBytes(StandardCharsets.ISO_8859_1));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "missing.txt  | no file or folder FOLDER/missing.txt",
        "tex.txt      | no file or folder FOLDER/tex.txt: did you mean 'FOLDER/text.txt'?",
        "empty.txt    | no text in FOLDER/empty.txt: the file is empty",
        "nothing      | no files in the folder FOLDER/nothing",
        "letter.txt   | too little text: 1 tokens for training and 0 for validation; at least 2",
        "letters.txt  | too little text: 7 tokens for training and 1 for validation; at least 2",
        "latin.txt    | FOLDER/latin.txt is not UTF-8 text: byte 0xEF at byte offset 2. Convert",
        "broken.jsonl | FOLDER/broken.jsonl line 2: malformed JSON at column 10: ",
        "fields.jsonl | FOLDER/fields.jsonl line 1: no field 'text': did you mean 'txt'? Found: txt",
        "plain.gz     | FOLDER/plain.gz is named .gz but is damaged or not compressed",
      })
  void isNamedWithItsPlaceAndTheRemedy(String name, String message) {
    String told = refusal(tiny.train("run", "--data", tiny.path(name)));
    assertThat(told).startsWith("ebt: " + message.replace("FOLDER", folder.toString()));
    assertThat(folder.resolve("run")).doesNotExist();
  }

  @Test
  void folderOfImagesIsNotLearntAsTextUnlessAskedFor() throws IOException {
    Path images = Files.createDirectories(folder.resolve("pics/inner")).getParent();
    tiny.write("pics/note.txt", "a stray note that nobody wants learnt\n".repeat(20));
    tiny.write("pics/a.png", "");
    String[] line = {"train", "--data", images.toString(), "--out", tiny.path("run")};
    String[] small = {
      "--backend=reference", "--set=model.width=8", "--out=" + tiny.path("text.txt")
    };
    assertThat(refusal("train", "--data", images.toString(), small[0], small[1], small[2]))
        .as("half of them may be illustrations")
        .contains("text.txt already exists");
    tiny.write("pics/inner/b.JPG", "");
    assertThat(refusal(line))
        .startsWith(
            "ebt: --data " + images + ": 2 of 3 files are images, but the default recipe is 'text'")
        .contains(
            "Use --recipe denoise for images, --recipe video for clips, or --recipe text for text");
    assertThat(folder.resolve("run")).doesNotExist();
    assertThat(
            refusal(
                "train",
                "--recipe=text",
                "--data",
                images.toString(),
                small[0],
                "--out=" + tiny.path("text.txt")))
        .contains("text.txt already exists");
  }

  @Test
  void otherDataToBeJudgedByIsToldAlike() {
    Path run = tiny.trained("judged");
    assertThat(refusal("eval", run.toString(), "--data", tiny.path("latin.txt")))
        .contains("latin.txt is not UTF-8 text: byte 0xEF at byte offset 2");
    assertThat(refusal("eval", run.toString(), "--data", tiny.path("empty.txt")))
        .contains("empty.txt: the file is empty");
    assertThat(refusal("eval", run.toString(), "--set", "data.validation=0"))
        .contains("there is no validation data");
    assertThat(refusal("eval", run.toString(), "--field", "body"))
        .isEqualTo("ebt: --field needs --data\n");
  }

  @Test
  void nothingToLearnFromOrToBeJudgedByIsTold() {
    assertThat(refusal(tiny.train("run", "--set", "data.validation=0")))
        .startsWith("ebt: there is no validation data: ")
        .contains("text.txt: 1 document")
        .contains("Leave a part of it for validation");
    assertThat(refusal(tiny.train("run", "--set", "data.validation=1")))
        .startsWith("ebt: there is no training data: ");
    assertThat(folder.resolve("run")).doesNotExist();
  }

  @Test
  void dataShorterThanAWindowAndSmallerThanABatchIsLearntFrom() throws IOException {
    String data = tiny.write("short.txt", "twenty letters or so");
    fine(
        tiny.train(
            "short", "--data", data, "--set", "modality.length=64", "--set", "training.batch=9"));
    assertThat(folder.resolve("short/checkpoints/step-00000004")).isDirectory();
  }

  @Test
  void dataThatChangedIsNotLearntFromFurther() throws IOException {
    String data = tiny.write("growing.txt", "some text that will change\n".repeat(9));
    fine(tiny.train("changed", "--data", data));
    tiny.write("growing.txt", "some text that has changed\n".repeat(9));
    assertThat(refusal(tiny.resume("changed", "--set", "training.steps=6")))
        .contains("changed: the data is not what the run was trained on (fingerprint ")
        .contains("Put it back as it was, or begin a new run with --out");
    tiny.write("growing.txt", "some text that will change\n".repeat(9));
    fine(tiny.resume("changed", "--set", "training.steps=6"));
  }

  @Test
  void rowsThatASettingMakesOthersAreNotLearntFromFurther() throws IOException {
    String data = tiny.write("same.txt", "some text that stays as it is\n".repeat(9));
    fine(tiny.train("cut", "--data", data));
    assertThat(
            refusal(tiny.resume("cut", "--set", "training.steps=6", "--set", "modality.length=4")))
        .contains("with --set modality.length=4 the rows for training are not those that");
  }

  @Test
  void dataOfARunThatHasGoneIsToldWithWhatNamesIt() throws IOException {
    String data = tiny.write("going.txt", "some text that will be gone\n".repeat(9));
    fine(tiny.train("left", "--data", data));
    Files.delete(Path.of(data));
    assertThat(refusal("eval", tiny.path("left")))
        .contains("no file or folder " + data)
        .contains("This is the data of " + tiny.path("left") + " in its config.yaml")
        .contains("select other data with --data");
    String none = tiny.path("none.txt");
    assertThat(refusal("eval", tiny.path("left"), "--set", "data.path=" + none))
        .contains("no file or folder " + none)
        .doesNotContain("config.yaml");
  }
}

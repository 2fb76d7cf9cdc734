package dev.ebt.bench.bundled;

import static dev.ebt.bench.Commands.fine;
import static dev.ebt.bench.Commands.refusal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.ebt.bench.Commands;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Commands take the name of a bundled model in place of a run. */
class ModelNamesTest {
  @TempDir private Path folder;

  @Test
  void aCommandOpensABundledModelByItsName() {
    assertThat(Commands.fine("info", "shapes").out())
        .startsWith("run                shapes, step 1600")
        .contains("validation 0.0078");
  }

  @Test
  void theModelHasItsNameInJson() {
    String name = "\"run\":\"brackets\"";
    String[] think = {"think", "--json", "--prompt=[3", "--count=1"};
    assertThat(fine(think).out()).contains(name);
    assertThat(fine("score", "brackets", "--text=[3+4=7]", "--json").out()).contains(name);
    assertThat(fine("eval", "brackets", "--steps=0", "--rows=1", "--json").out()).contains(name);
  }

  @Test
  void aMistypedNameIsRefusedWithTheRightOne() {
    Commands refused = Commands.ebt("eval", "shapez");

    assertThat(refused.code()).isEqualTo(2);
    assertThat(refused.err()).contains("did you mean the bundled model 'shapes'?");
  }

  @Test
  void namesAreShownInsteadOfFoldersOfTheCache() {
    assertThat(refusal("eval", "brackets", "--checkpoint=best"))
        .contains("bundled model 'brackets' has no checkpoint 'best'; it has just one");
    assertThat(refusal("think", "brackets", "--prompt=[", "--weights=ema"))
        .contains("--weights needs a run; a bundled model has one set of weights");
    assertThat(fine("eval", "brackets", "verse", "--rows=1", "--steps=0").out())
        .containsPattern("setting +brackets +verse");
    assertThat(
            fine(
                    "train",
                    "--from=brackets",
                    "--out=" + folder.resolve("trained"),
                    "--set=training.steps=1",
                    "--set=training.batch=2",
                    "--set=training.validationRows=2")
                .err())
        .contains("(sizes: bundled model 'brackets', line ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"watch", "compare", "replay", "train --resume"})
  void aCommandThatReadsTheRecordOfATrainingSaysThatThereIsNone(String command) {
    assertThat(refusal((command + " brackets").split(" ")))
        .startsWith(
            "ebt: brackets is a bundled model, which has no record of its training; './ebt eval"
                + " brackets'");
  }

  @Test
  void theEnergyOfABundledModelIsAdded() {
    String[] line = {"verify", "--context", "", "--candidates", "", "--json"};
    line[2] = write("context.txt", "[3+4=");
    line[4] = write("answers.txt", "7]\n");
    String[] sum = Arrays.copyOf(line, line.length + 1);
    sum[line.length] = "--energy=run,path=brackets";
    assertThat(total(sum)).isCloseTo(2 * total(line), within(1e-3));

    sum[line.length] = "--energy=run,path=bracket";
    assertThat(refusal(sum)).contains("did you mean the bundled model 'brackets'?");
  }

  private String write(String name, String text) {
    try {
      return Files.writeString(folder.resolve(name), text).toString();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static double total(String... line) {
    String out = fine(line).out();
    return Double.parseDouble(out.replaceAll("(?s).*\"total\":(-?[0-9.]+).*", "$1"));
  }

  @Test
  void theListOfPartsHasThem() {
    assertThat(Commands.fine("plugins", "bundled-model").out())
        .contains("brackets", "verse", "shapes", "new-shapes");
  }
}

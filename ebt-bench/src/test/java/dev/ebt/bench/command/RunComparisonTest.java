package dev.ebt.bench.command;

import static dev.ebt.bench.Commands.fine;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ebt.bench.report.Variation;
import dev.ebt.config.Overrides;
import dev.ebt.error.UserException;
import dev.ebt.modality.Dataset;
import dev.ebt.plugin.Catalog;
import dev.ebt.plugin.Plugins;
import dev.ebt.run.TrainedModel;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RunComparisonTest {
  private static final Catalog CATALOG = Plugins.discover(List.of());

  /** Opens runs until so many have been opened, as a disk that fails does. */
  private static final class FailingDisk implements RunComparison.Opening {
    private int left;

    FailingDisk(int left) {
      this.left = left;
    }

    @Override
    public TrainedModel open(Path run, @Nullable Variation level) {
      if (left-- == 0) {
        throw new UserException("the disk has gone");
      }
      return TrainedModel.open(CATALOG, run, "latest", Overrides.none());
    }

    @Override
    public Dataset dataset(TrainedModel model, Path run) {
      return model.parts().dataset();
    }

    @Override
    public void warnOfOtherData(TrainedModel model, Dataset dataset, Path run) {}
  }

  private static Path run(Path folder, String name) {
    String train =
        "train --recipe brackets --backend reference --set modality.length=4 --set model.width=8"
            + " --set model.layers=1 --set training.steps=1 --set training.batch=2 --set"
            + " data.documents=20 --set data.validationDocuments=4 --set training.validationRows=2"
            + " --out ";
    Path run = folder.resolve(name);
    fine((train + run).split(" "));
    return run;
  }

  private static String compared(List<Path> runs, int opened, boolean json) {
    RunComparison comparison =
        new RunComparison(CATALOG, new FailingDisk(opened), List.of(1), List.of(1), 2, 2);
    PrintStream before = System.out;
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
    try {
      assertThatThrownBy(() -> comparison.print(runs, Collections.singletonList(null), json))
          .isInstanceOf(UserException.class)
          .hasMessage("the disk has gone");
    } finally {
      System.setOut(before);
    }
    return printed.toString(StandardCharsets.UTF_8);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void whatWasFoundStaysWhenALaterModelFails(boolean json, @TempDir Path folder) {
    List<Path> runs = List.of(run(folder, "first"), run(folder, "second"));
    assertThat(compared(runs, 1, json)).as("told before anything is computed").isEmpty();
    assertThat(compared(runs, 3, json))
        .containsPattern(json ? "\"results\":\\[\\{\"run\":\"[^\"]*first\"" : "\\S*first +1 +1 ")
        .doesNotContainPattern(json ? "\"results\":[^\\]]*/second\"" : "(?m)^\\S*second +1 ");
  }
}

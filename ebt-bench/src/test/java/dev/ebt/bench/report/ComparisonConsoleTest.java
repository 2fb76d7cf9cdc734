package dev.ebt.bench.report;

import static dev.ebt.bench.Commands.fine;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ebt.error.UserException;
import dev.ebt.plugin.Catalog;
import dev.ebt.plugin.Plugins;
import dev.ebt.run.EvaluationJob;
import dev.ebt.run.EvaluationRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ComparisonConsoleTest {
  private static final Catalog CATALOG = Plugins.discover(List.of());

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

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void whatWasFoundStaysWhenALaterModelFails(boolean json, @TempDir Path folder)
      throws IOException {
    Path first = run(folder, "first");
    Path second = run(folder, "second");
    EvaluationRequest request =
        EvaluationRequest.of(first, second).withSteps(1).withRowsTogether(2).withLimit(2);
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8);
    try (EvaluationJob job = EvaluationJob.begin(CATALOG, request)) {
      Files.delete(second.resolve("config.yaml"));
      ComparisonConsole console = new ComparisonConsole(json, out, out);
      assertThatThrownBy(() -> console.print(job))
          .isInstanceOf(UserException.class)
          .hasMessageContaining("second");
    }
    assertThat(printed.toString(StandardCharsets.UTF_8))
        .containsPattern(json ? "\"results\":\\[\\{\"run\":\"[^\"]*first\"" : "\\S*first +1 +1 ")
        .doesNotContainPattern(json ? "\"results\":[^\\]]*/second\"" : "(?m)^\\S*second +1 ");
  }
}

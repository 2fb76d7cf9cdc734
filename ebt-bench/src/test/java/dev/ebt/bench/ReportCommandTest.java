package dev.ebt.bench;

import static dev.ebt.bench.Commands.fine;
import static dev.ebt.bench.Commands.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ebt.bench.page.ChartFile;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code ebt report}: a page about runs, whatever state they are in. */
class ReportCommandTest {
  @TempDir static Path folder;
  private static Path run;

  @BeforeAll
  static void train() throws IOException {
    run = Tiny.in(folder).trained("run");
  }

  /** Returns a copy of the run without its checkpoints and with these metrics. */
  private static Path copy(String name, String metrics) throws IOException {
    Path copy = Files.createDirectory(folder.resolve(name));
    Files.copy(run.resolve("config.yaml"), copy.resolve("config.yaml"));
    Files.writeString(copy.resolve("metrics.jsonl"), metrics);
    return copy;
  }

  private static String page(Path... runs) throws IOException {
    Path out = folder.resolve("pages").resolve("report.html");
    String[] line = new String[runs.length + 5];
    line[0] = "report";
    for (int i = 0; i < runs.length; i++) {
      line[i + 1] = runs[i].toString();
    }
    line[runs.length + 1] = "--out";
    line[runs.length + 2] = out.toString();
    line[runs.length + 3] = "--rows";
    line[runs.length + 4] = "3";
    assertThat(fine(line).out()).startsWith(out.toString()).endsWith("MB\n");
    return Files.readString(out);
  }

  @Test
  void everyQuestionIsAnsweredForAFinishedRun() throws IOException {
    assertThat(page(run))
        .contains(
            "What is this?",
            "Was training stable?",
            "Does thinking help?",
            "Which tokens are hard?",
            "What does thinking descend?",
            "Does the energy know when a prediction is wrong?",
            "3 validation examples");
  }

  @Test
  void aRunWithoutACheckpointHasItsCurvesOnly() throws IOException {
    String page = page(copy("begun", "{\"step\":1,\"loss\":2.5}\n"));

    assertThat(page)
        .contains("no checkpoint yet", "Too early to say: only one loss recorded so far.")
        .doesNotContain("Does thinking help?");
  }

  @Test
  void aTornLastLineAndValuesThatAreNoNumbersAreNoObstacle() throws IOException {
    StringBuilder metrics = new StringBuilder();
    for (int step = 1; step < 9; step++) {
      metrics.append("{\"step\":").append(step).append(",\"loss\":");
      metrics.append(step == 6 ? "\"NaN\"" : 3.0 / step).append("}\n");
    }
    assertThat(page(copy("torn", metrics + "{\"step\":9,\"lo")))
        .contains("Training diverged: the loss is not a number from update 6 on.");
  }

  @Test
  void metricsThatTellNothingOfTheirOwnHaveNoChart() throws IOException {
    String metrics = "";
    String[] accuracies = {"0.5", "0.7", "0.6", "0.8"};
    for (int i = 0; i < accuracies.length; i++) {
      metrics +=
          String.format(
              Locale.ROOT,
              "{\"step\":%d,\"validation.loss\":%d,\"validation.stability\":0.%d,"
                  + "\"validation.curvature\":%d,\"validation.unstable\":0,"
                  + "\"validation.accuracy\":%s}%n",
              i + 1,
              3 - i,
              i * i - 2 * i + 3,
              i * i - 2 * i + 3,
              accuracies[i]);
    }
    assertThat(page(copy("validated", metrics)))
        .contains(
            "Validation: accuracy",
            "<th scope=\"row\">curvature</th><td><bdi>6</bdi>",
            "<th scope=\"row\">unstable</th><td><bdi>0</bdi>")
        .doesNotContain("Validation: curvature", "Validation: unstable");
  }

  @Test
  void aRunWithoutMetricsAndCheckpointsHasItsSettings() throws IOException {
    assertThat(page(copy("empty", "")))
        .contains("no checkpoint yet", "modality.length")
        .doesNotContain("Was training stable?");
  }

  @Test
  void runsOfDifferentStatesShareAPage() throws IOException {
    assertThat(page(run, copy("other", "{\"step\":1,\"loss\":2.5}\n")))
        .contains("run · other", "The runs have the same settings.");
  }

  @Test
  void whatIsNoRunIsRefused() {
    assertThat(refusal("report", folder.resolve("none").toString())).contains("none: no such run");
    assertThat(refusal("report", folder.toString()))
        .contains("is not a run: it has no config.yaml");
    assertThat(refusal("report", run.toString(), "--section", "thinkin"))
        .contains("thinkin", "did you mean 'thinking'");
    assertThat(refusal("report", run.toString(), "--rows", "0")).contains("--rows is 0");
    assertThat(refusal("report", run.toString(), "--out", folder.toString()))
        .contains(folder + " cannot be written: ");
  }

  @Test
  void textFullOfHtmlIsShownAsText() throws IOException {
    Path place = Files.createDirectory(folder.resolve("html"));
    String text = Tiny.in(place).write("html.txt", "<b>&".repeat(200));
    Path out = folder.resolve("html.html");
    fine("report", run.toString(), "--set", "data.path=" + text, "--out", out.toString());

    assertThat(Files.readString(out))
        .contains("Which tokens are hard?", "<bdi>&lt;</bdi>", "<bdi>&amp;</bdi>", "“&lt;”")
        .doesNotContain("<bdi><</bdi>");
  }

  @Test
  void thinkingThatOverflowsIsSaidInPlaceOfItsLandscape() throws IOException {
    Path out = folder.resolve("overflow.html");
    String set = "thinking.stepSize=1e308";
    fine("report", run.toString(), "--set", set, "--rows", "3", "--out", out.toString());

    assertThat(Files.readString(out)).contains("There is nothing to descend: thinking does not");
  }

  @Test
  void dataThatIsGoneIsSaidInPlaceOfWhatNeedsIt() throws IOException {
    Path out = folder.resolve("gone.html");
    fine("report", run.toString(), "--set", "data.path=gone.txt", "--out", out.toString());

    assertThat(Files.readString(out)).containsPattern("Not shown: .*gone.txt");
  }

  @Test
  void runsOfTwoModalitiesHaveTheirOwnSections() throws IOException {
    Path images = folder.resolve("images");
    fine(
        "train",
        "--recipe",
        "denoise",
        "--out",
        images.toString(),
        "--backend",
        "reference",
        "--set",
        "data.images=8",
        "--set",
        "data.validationImages=4",
        "--set",
        "modality.size=8",
        "--set",
        "model.layers=1",
        "--set",
        "model.heads=1",
        "--set",
        "model.width=8",
        "--set",
        "training.steps=2",
        "--set",
        "training.batch=2",
        "--set",
        "training.validationRows=2");

    assertThat(page(run, images))
        .contains("Which tokens are hard?", "What does it make?", "run · images")
        .containsPattern("<tr class=\"differs\"><th scope=\"row\">modality.name</th>");
  }

  @Test
  void aChartIsWrittenForAPaperWithItsNumbers() throws IOException {
    Path svg = folder.resolve("new").resolve("curve.svg");
    assertThat(fine("plot", run.toString(), "--out", svg.toString()).out())
        .isEqualTo(svg + "  Loss by thinking steps\n");
    assertThat(Files.readString(svg))
        .startsWith("<svg ")
        .contains("Loss by thinking steps", "steps")
        .doesNotContain("<style");
    byte[] png = ChartFile.png(Files.readString(svg));
    assertThat(ImageIO.read(new ByteArrayInputStream(png)).getWidth()).isEqualTo(1440);
    Path csv = folder.resolve("update.csv");
    fine("plot", run.toString(), run.toString(), "--x", "update", "--out", csv.toString());
    assertThat(Files.readAllLines(csv))
        .startsWith("series,update,loss (nats)")
        .anyMatch(row -> row.startsWith("training,4,"));
  }

  @Test
  void aChartThatThereIsNotIsRefusedWithThoseThatThereAre() {
    assertThat(refusal("plot", run.toString(), "--y", "beauty", "--out", "a.svg"))
        .contains(
            "--x steps --y beauty: there is no such chart", "--x update --y \"gradient norm\"");
    assertThat(refusal("plot", run.toString(), "--out", "a.pdf"))
        .contains("--out is a.pdf; a file that ends with .svg, .png or .csv expected");
  }
}

package dev.ebt.bench.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ebt.report.Axis;
import dev.ebt.report.Block;
import dev.ebt.report.CellMap;
import dev.ebt.report.Chart;
import dev.ebt.report.Pictures;
import dev.ebt.report.Report;
import dev.ebt.report.ReportTable;
import dev.ebt.report.SectionContent;
import dev.ebt.report.Series;
import dev.ebt.report.Verdict;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class ReportPageTest {
  private static final String EVIL = "</script><img src=x onerror=alert(1)>\u202Eabc & \"q\"";

  private static Report.Run run(String label, String rate) {
    return new Report.Run(
        Path.of("runs", label), label, Map.of("training.learningRate", rate, "seed", "33"), "");
  }

  private static Report report(List<Report.Run> runs, Block... blocks) {
    List<Report.Part> parts = new ArrayList<>();
    for (Report.Run run : runs) {
      SectionContent content = SectionContent.of(Verdict.good("Fine " + EVIL), blocks);
      parts.add(new Report.Part(run.label(), Optional.of(content), ""));
    }
    return new Report(runs, List.of(new Report.Section("some", "Is it so?", parts)));
  }

  private static Chart chart(double... y) {
    double[] x = new double[y.length];
    for (int i = 0; i < x.length; i++) {
      x[i] = i;
    }
    return new Chart(
        "loss",
        "Loss",
        "Lower.",
        Axis.of("update"),
        Axis.of("loss"),
        List.of(Series.line("loss", x, y)));
  }

  private static JsonNode data(String page) throws IOException {
    Matcher data =
        Pattern.compile(
                "<script type=\"application/json\" id=\"data\">(.*?)</script>", Pattern.DOTALL)
            .matcher(page);
    assertThat(data.find()).isTrue();
    return new ObjectMapper().readTree(data.group(1));
  }

  @Test
  void pageIsCompleteInItselfAndSmall() {
    String page = ReportPage.html(report(List.of(run("a", "1")), chart(3, 2, 1)));

    assertThat(page).startsWith("<!DOCTYPE html>").contains("Is it so?").endsWith("</html>\n");
    assertThat(page.replaceAll("(?s)<script>.*?</script>", ""))
        .doesNotContainPattern("<(script|img|link|iframe)[^>]*\\s(src|href)=\"(?!data:)");
    assertThat(page).contains("default-src 'none'");
    assertThat(page.length()).isLessThan(1_500_000);
  }

  @Test
  void textsOfRunsAndModelsAreEscaped() throws IOException {
    CellMap cells =
        new CellMap(
            EVIL,
            EVIL,
            List.of(Axis.of(EVIL), Axis.of(EVIL)),
            0,
            List.of(
                new CellMap.Cell(
                    EVIL,
                    List.of(1.0, 2.0),
                    List.of(2.0, 1.0),
                    List.of(new CellMap.Fact(EVIL, EVIL)),
                    List.of(new CellMap.Alternative(EVIL, 0.5, true)))));
    ReportTable table =
        new ReportTable(EVIL, EVIL, List.of(EVIL, EVIL), List.of(List.of(EVIL, EVIL)));
    Pictures pictures =
        new Pictures(
            EVIL, EVIL, List.of(new Pictures.Picture("image/png", new byte[1], EVIL, EVIL)));
    String page =
        ReportPage.html(report(List.of(run(EVIL, EVIL)), chart(1, 2), cells, table, pictures));

    assertThat(page).doesNotContain("<img src=x").contains("&lt;img src=x");
    JsonNode cell = data(page).at("/cells").elements().next().get(0);
    assertThat(cell.path("others").get(0).get(0).asText())
        .contains("</script><img␣src=x")
        .doesNotContain("\u202E");
  }

  @Test
  void valuesThatAreNoNumbersAreGaps() throws IOException {
    Chart chart = chart(1, Double.NaN, Double.POSITIVE_INFINITY, 4);
    JsonNode points =
        data(ReportPage.html(report(List.of(run("a", "1")), chart))).at("/charts/b1/series/0/data");

    assertThat(points.toString()).isEqualTo("[[0,1],[1,\"-\"],[2,\"-\"],[3,4]]");
  }

  @Test
  void everyUpdateHasAPlaceOfItsOwn() throws IOException {
    Chart chart =
        new Chart(
            "loss",
            "Loss",
            "",
            Axis.of("update"),
            Axis.of("loss"),
            List.of(Series.line("loss", new double[] {123_456, 123_457}, new double[] {1, 2})));
    JsonNode points =
        data(ReportPage.html(report(List.of(run("a", "1")), chart))).at("/charts/b1/series/0/data");

    assertThat(points.toString()).isEqualTo("[[123456,1],[123457,2]]");
  }

  @Test
  void noNameOfASectionIsAnIdOfThePage() {
    Report report =
        new Report(
            List.of(run("a", "1")),
            List.of(
                new Report.Section(
                    "data",
                    "Is it so?",
                    report(List.of(run("a", "1")), chart(1, 2)).sections().get(0).parts())));

    assertThat(ReportPage.html(report)).containsOnlyOnce("id=\"data\"");
  }

  @Test
  void chartsAndFactsOfSeveralRunsAreJoined() throws IOException {
    ReportTable facts =
        new ReportTable("Facts", "", List.of("", "value"), List.of(List.of("updates", "60")));
    String page =
        ReportPage.html(report(List.of(run("a", "1"), run("b", "2")), chart(3, 2, 1), facts));

    JsonNode charts = data(page).path("charts");
    assertThat(charts).hasSize(1);
    assertThat(charts.at("/b1/series")).hasSize(2);
    assertThat(charts.at("/b1/series/1/name").asText()).isEqualTo("b");
    assertThat(page).containsPattern("updates</th><td><bdi>60</bdi></td><td><bdi>60</bdi></td>");
  }

  @Test
  void tablesOfSeveralRunsSayWhoseTheyAre() {
    ReportTable table = new ReportTable("Warnings", "", List.of("update"), List.of(List.of("1")));
    String page = ReportPage.html(report(List.of(run("a", "1"), run("b", "2")), table));

    assertThat(page).contains("<caption>Warnings: a</caption>", "<caption>Warnings: b</caption>");
    assertThat(ReportPage.html(report(List.of(run("a", "1")), table)))
        .contains("<caption>Warnings</caption>");
  }

  @Test
  void aTableOfLongTextsHasTheWidthOfThePage() {
    ReportTable shorter =
        new ReportTable("Facts", "", List.of("", "value"), List.of(List.of("a", "b")));
    ReportTable longer =
        new ReportTable("Facts", "", List.of("", "value"), List.of(List.of("a", "b ".repeat(40))));

    assertThat(ReportPage.html(report(List.of(run("a", "1")), shorter)))
        .contains("<div class=\"block table\">");
    assertThat(ReportPage.html(report(List.of(run("a", "1")), longer)))
        .contains("<div class=\"block table wide\">");
  }

  @Test
  void chartsOfDifferentUnitsAreNotJoined() throws IOException {
    Chart nats = chart(3, 2, 1);
    Chart decibels =
        new Chart(nats.name(), nats.title(), "", nats.x(), Axis.of("loss", "dB"), nats.series());
    List<Report.Part> parts = new ArrayList<>();
    parts.add(part("a", nats));
    parts.add(part("b", decibels));
    Report report =
        new Report(
            List.of(run("a", "1"), run("b", "1")),
            List.of(new Report.Section("some", "Is it so?", parts)));

    assertThat(data(ReportPage.html(report)).path("charts")).hasSize(2);
  }

  private static Report.Part part(String label, Block block) {
    return new Report.Part(label, Optional.of(SectionContent.of(Verdict.good("Fine."), block)), "");
  }

  @Test
  void settingsThatDifferAreMarkedAndFirst() {
    String page = ReportPage.html(report(List.of(run("a", "0.001"), run("b", "0.01"))));

    assertThat(page).contains("The runs differ in 1 settings, which are marked.");
    assertThat(page)
        .containsPattern(
            "(?s)<tr class=\"differs\"><th scope=\"row\">training.learningRate</th>.*>seed</th>");
  }

  @Test
  void aSectionThatCannotBeShownSaysWhy() {
    Report.Part part = new Report.Part("a", Optional.empty(), "no file words.txt");
    String page =
        ReportPage.html(
            new Report(
                List.of(run("a", "1")),
                List.of(new Report.Section("some", "Is it so?", List.of(part)))));

    assertThat(page).contains("Not shown: no file words.txt");
  }
}

package dev.ebt.bench.experiment;

import dev.ebt.bench.page.ChartFile;
import dev.ebt.bench.progress.ProgressLine;
import dev.ebt.bench.sweep.SweepTable;
import dev.ebt.experiment.ExperimentDesign;
import dev.ebt.experiment.ExperimentReport;
import dev.ebt.experiment.Finding;
import dev.ebt.experiment.Scale;
import dev.ebt.report.Chart;
import dev.ebt.report.Figure;
import dev.ebt.report.HeatMap;
import dev.ebt.report.Pictures;
import dev.ebt.report.ReportTable;
import dev.ebt.sweep.SweepResults;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The page of an experiment in the results book: Markdown, with its figures as files beside it. */
public final class ExperimentPage {
  /** The warning on top of a quick experiment. */
  public static final String QUICK =
      "This is a quick run, with too few updates for the question: it shows that the experiment"
          + " works, and proves nothing.";

  private final String name;
  private final StringBuilder page = new StringBuilder();
  private final Map<String, byte[]> files = new LinkedHashMap<>();
  private int images;

  private ExperimentPage(String name) {
    this.name = name;
  }

  /**
   * Returns the files of the page by their names, the page first. Those of a quick run have names
   * of their own, so that they replace no results.
   *
   * @param options further options of the command that repeats the experiment, each after a space
   */
  public static Map<String, byte[]> files(ExperimentReport report, String options) {
    boolean quick = report.scale() == Scale.QUICK;
    ExperimentPage page = new ExperimentPage(report.experiment().name() + (quick ? "-quick" : ""));
    page.write(report, options);
    Map<String, byte[]> files = new LinkedHashMap<>();
    files.put(page.name + ".md", bytes(page.page.toString()));
    files.putAll(page.files);
    return files;
  }

  /** Returns the outcome in a line: {@code s1-sanity holds: …}. */
  public static String verdict(ExperimentReport report) {
    Finding finding = report.finding();
    String outcome =
        report.scale() == Scale.QUICK ? "proves nothing (quick run)" : finding.outcome().words();
    return report.experiment().name() + " " + outcome + ": " + finding.sentence();
  }

  private void write(ExperimentReport report, String options) {
    ExperimentDesign design = report.experiment().design();
    Finding finding = report.finding();
    boolean quick = report.scale() == Scale.QUICK;
    line("# " + report.experiment().name());
    line(
        quick
            ? "**" + QUICK + "**"
            : "**Verdict: "
                + finding.outcome().words()
                + ".** "
                + Markdown.text(finding.sentence()));
    section("Question", design.question());
    section("Design", design.design());
    section("Statistic", design.statistic());
    section("Rule for the verdict", design.rule() + " It was stated before the runs.");
    line("## Results");
    if (quick) {
      line(Markdown.text(finding.sentence()));
    }
    finding.figures().forEach(this::figure);
    if (report.further().isPresent()) {
      line("The runs whose results decided about the further ones:");
    }
    runs(report.results());
    report
        .further()
        .ifPresent(
            further -> {
              line("The further runs:");
              runs(further);
            });
    line("## How to repeat it");
    line(
        "```sh\n./ebt experiment "
            + report.experiment().name()
            + (quick ? " --quick" : "")
            + options
            + "\n```");
    line(
        String.format(
            Locale.ROOT,
            "Written by the command, ebt %s. %d trainings took %s in all.",
            report.version(),
            report.results().runs().size()
                + report.further().map(further -> further.runs().size()).orElse(0),
            ProgressLine.time(report.seconds())));
    page.setLength(page.length() - 1);
  }

  private void runs(SweepResults results) {
    figure(SweepTable.of(results));
    List<String> exceptions = SweepTable.exceptions(results);
    if (!exceptions.isEmpty()) {
      line("Runs without a result:");
      line(String.join("\n", exceptions.stream().map(each -> "- " + Markdown.text(each)).toList()));
    }
  }

  private void section(String title, String text) {
    line("## " + title);
    line(Markdown.text(text));
  }

  private void line(String text) {
    page.append(text).append(text.endsWith("\n") ? "\n" : "\n\n");
  }

  private void figure(Figure figure) {
    List<String> words = new ArrayList<>(List.of("**" + Markdown.text(figure.title()) + ".**"));
    if (!figure.hint().isEmpty()) {
      words.add(Markdown.text(figure.hint()));
    }
    line(String.join(" ", words));
    if (figure instanceof ReportTable table) {
      line(Markdown.table(table));
    } else if (figure instanceof Chart chart) {
      image(chart.title(), chart.name() + ".svg", bytes(ChartFile.svg(chart)));
    } else if (figure instanceof HeatMap map) {
      image(map.title(), ++images + ".svg", bytes(ChartFile.svg(map)));
    } else if (figure instanceof Pictures pictures) {
      pictures.pictures().forEach(this::picture);
    }
  }

  private void picture(Pictures.Picture picture) {
    String type = picture.mediaType().replaceAll("^image/|\\+xml$", "");
    image(picture.description(), ++images + "." + type, picture.content());
    line(Markdown.text(picture.caption()));
  }

  private void image(String description, String end, byte[] content) {
    String file = name + "-" + end;
    if (files.putIfAbsent(file, content) != null) {
      throw new IllegalArgumentException("two figures have the file name " + file);
    }
    line("![" + Markdown.text(description) + "](" + file + ")");
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}

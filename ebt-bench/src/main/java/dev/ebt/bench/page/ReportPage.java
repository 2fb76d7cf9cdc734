package dev.ebt.bench.page;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ebt.plugin.BundledModelFolders;
import dev.ebt.report.Report;
import dev.ebt.run.EbtVersion;
import freemarker.template.Configuration;
import freemarker.template.TemplateException;
import freemarker.template.TemplateExceptionHandler;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A report as one page of HTML that needs nothing else: no network, no other file. All texts of
 * runs and models are escaped by the template.
 */
public final class ReportPage {
  private static final String TEMPLATE = "report.ftlh";

  private ReportPage() {}

  /** Returns the page as HTML. */
  public static String html(Report report) {
    ObjectNode charts = JsonNodeFactory.instance.objectNode();
    ObjectNode cells = JsonNodeFactory.instance.objectNode();
    BlockView blocks = new BlockView(charts, cells);
    Map<String, Object> model = new LinkedHashMap<>();
    model.put("title", title(report.runs()));
    model.put("version", EbtVersion.current());
    model.put("runs", report.runs().stream().map(ReportPage::run).toList());
    model.put("settings", SettingsView.rows(report.runs()));
    model.put(
        "sections",
        report.sections().stream().map(section -> section(report, section, blocks)).toList());
    ObjectNode data = JsonNodeFactory.instance.objectNode();
    data.set("charts", charts);
    data.set("cells", cells);
    model.put("data", PageJson.of(data));
    model.put("style", PageResources.own("report.css"));
    model.put("script", PageResources.numbers() + PageResources.own("report.js"));
    model.put("echarts", PageResources.echarts());
    return filled(model);
  }

  private static String title(List<Report.Run> runs) {
    return String.join(" · ", runs.stream().map(Report.Run::label).toList());
  }

  private static Map<String, Object> run(Report.Run run) {
    return Map.of(
        "label",
        run.label(),
        "path",
        BundledModelFolders.given(run.path()),
        "missing",
        run.missing());
  }

  private static Map<String, Object> section(
      Report report, Report.Section section, BlockView blocks) {
    List<Map<String, Object>> verdicts = new ArrayList<>();
    for (Report.Part part : section.parts()) {
      String label = report.runs().size() > 1 ? part.label() : "";
      verdicts.add(
          part.content()
              .map(content -> content.verdict())
              .map(
                  verdict ->
                      verdict(
                          label,
                          verdict.tone().name().toLowerCase(Locale.ROOT),
                          verdict.headline(),
                          verdict.sentence()))
              .orElseGet(() -> missing(label, "Not shown: " + part.missing())));
    }
    return Map.of(
        "name", section.name(),
        "title", section.title(),
        "verdicts", verdicts,
        "blocks", MergedSections.blocks(report, section).stream().map(blocks::of).toList());
  }

  private static Map<String, Object> missing(String label, String sentence) {
    return verdict(label, "missing", sentence, sentence);
  }

  private static Map<String, Object> verdict(
      String label, String tone, String headline, String sentence) {
    return Map.of("label", label, "tone", tone, "headline", headline, "sentence", sentence);
  }

  private static String filled(Map<String, Object> model) {
    Configuration configuration = new Configuration(Configuration.VERSION_2_3_34);
    configuration.setClassForTemplateLoading(ReportPage.class, "");
    configuration.setDefaultEncoding("UTF-8");
    configuration.setLocale(Locale.ROOT);
    configuration.setNumberFormat("computer");
    configuration.setLogTemplateExceptions(false);
    configuration.setTemplateExceptionHandler(TemplateExceptionHandler.RETHROW_HANDLER);
    try (StringWriter page = new StringWriter()) {
      configuration.getTemplate(TEMPLATE).process(model, page);
      return page.toString();
    } catch (IOException e) {
      throw new UncheckedIOException(TEMPLATE, e);
    } catch (TemplateException e) {
      throw new IllegalStateException(TEMPLATE, e);
    }
  }
}

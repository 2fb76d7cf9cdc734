package dev.ebt.bench.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ebt.bench.page.ChartFile;
import dev.ebt.bench.sweep.SweepChart;
import dev.ebt.bench.sweep.SweepDocument;
import dev.ebt.sweep.SweepResults;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The files with the results of a sweep or a comparison. */
final class SweepFiles {
  private SweepFiles() {}

  /**
   * Writes {@code results.csv}, {@code results.json} and, if there is a chart, {@code results.svg}.
   *
   * @return the files
   */
  static List<Path> write(SweepResults results, Path folder) {
    List<Path> files = new ArrayList<>();
    files.add(written(folder.resolve("results.csv"), SweepDocument.csv(results)));
    files.add(written(folder.resolve("results.json"), json(results)));
    SweepChart.of(results)
        .map(ChartFile::svg)
        .ifPresent(svg -> files.add(written(folder.resolve("results.svg"), svg)));
    return files;
  }

  private static String json(SweepResults results) {
    try {
      return new ObjectMapper()
              .writerWithDefaultPrettyPrinter()
              .writeValueAsString(SweepDocument.of(results))
          + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a result that is no JSON", e);
    }
  }

  private static Path written(Path file, String text) {
    WrittenFile.write(file, text.getBytes(StandardCharsets.UTF_8));
    return file;
  }
}

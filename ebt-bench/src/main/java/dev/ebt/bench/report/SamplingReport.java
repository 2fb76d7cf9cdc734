package dev.ebt.bench.report;

import dev.ebt.modality.KnownDensity;
import dev.ebt.run.SamplingJob;
import dev.ebt.run.SamplingRequest;
import dev.ebt.sample.ChainStatistics;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The results of chains of samples. */
public record SamplingReport(SamplingRequest request, SamplingJob.Results results) {
  /** The most elements that are printed one by one. */
  private static final int PRINTED = 20;

  /** R̂ up to which chains count as agreeing (Vehtari et al., arXiv 1903.08008, use 1.01). */
  private static final double AGREED = 1.05;

  private static final String ENERGY = "energy";

  /** Returns the results for JSON. */
  public Map<String, Object> document() {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("chains", request.chains());
    document.put("samples", request.samples());
    document.put("steps", results.steps());
    results.acceptance().ifPresent(share -> document.put("acceptance", share));
    document.put("rHat", greatestRHat());
    document.put("effectiveSize", leastSize());
    results
        .logPartition()
        .ifPresent(
            found -> {
              document.put("logPartition", found.value());
              document.put("logPartitionError", found.error());
            });
    results.known().ifPresent(known -> document.put("knownLogPartition", known.logPartition()));
    document.put(ENERGY, line(ENERGY, results.energy(), null, 0));
    document.put("elements", lines());
    return document;
  }

  /** Prints the results. */
  public void print(PrintStream out) {
    List<Map<String, Object>> lines = new ArrayList<>();
    lines.add(line(ENERGY, results.energy(), null, 0));
    lines.addAll(lines().subList(0, Math.min(PRINTED, results.elements().size())));
    MetricTable.print(lines, out);
    if (results.elements().size() > PRINTED) {
      out.printf(
          Locale.ROOT,
          "the first %d of %d elements; --json has all%n",
          PRINTED,
          results.elements().size());
    }
    results
        .acceptance()
        .ifPresent(share -> out.printf(Locale.ROOT, "acceptance: %.3f of the moves%n", share));
    out.printf(
        Locale.ROOT,
        "%,d samples of %d chains are worth at least %,.0f independent ones; the greatest rHat is"
            + " %.3f: %s%n",
        (long) request.chains() * request.samples(),
        request.chains(),
        leastSize(),
        greatestRHat(),
        greatestRHat() <= AGREED
            ? "the chains agree"
            : "the chains do not agree yet, more samples or a longer --warm-up expected");
    printPartition(out);
  }

  private void printPartition(PrintStream out) {
    results
        .logPartition()
        .ifPresent(
            found ->
                out.printf(
                    Locale.ROOT,
                    "ln Z: %.4f ± %.4f by annealed importance sampling%s%n",
                    found.value(),
                    found.error(),
                    results
                        .known()
                        .map(
                            known ->
                                String.format(
                                    Locale.ROOT,
                                    "; of the known energy of the data: %.4f",
                                    known.logPartition()))
                        .orElse("")));
  }

  private double greatestRHat() {
    return results.elements().stream()
        .mapToDouble(each -> each.statistics().rHat())
        .reduce(results.energy().rHat(), Math::max);
  }

  private double leastSize() {
    return results.elements().stream()
        .mapToDouble(each -> each.statistics().effectiveSize())
        .reduce(results.energy().effectiveSize(), Math::min);
  }

  private List<Map<String, Object>> lines() {
    return results.elements().stream()
        .map(
            each ->
                line(
                    Integer.toString(each.element() + 1),
                    each.statistics(),
                    results.known().orElse(null),
                    each.element()))
        .toList();
  }

  private static Map<String, Object> line(
      String name, ChainStatistics found, @Nullable KnownDensity known, int element) {
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("element", name);
    line.put("mean", found.mean());
    line.put("standardError", found.error());
    line.put("deviation", found.deviation());
    if (known != null) {
      line.put("knownMean", known.mean()[element]);
      line.put("knownDeviation", known.deviation()[element]);
    }
    line.put("effectiveSize", found.effectiveSize());
    line.put("rHat", found.rHat());
    return line;
  }
}

package dev.ebt.bench.report;

import dev.ebt.run.ClassificationByEnergy;
import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** How well energies tell classes, as text or JSON. */
public record ClassificationReport(ClassificationByEnergy found) {
  /** Returns the numbers for JSON. */
  public Map<String, Object> document() {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("examples", found.examples());
    document.put("classes", found.classes());
    document.put("accuracy", found.accuracy());
    document.put("logLoss", found.logLoss());
    return document;
  }

  /** Prints the numbers in a sentence. */
  public void print(PrintStream out) {
    out.printf(
        Locale.ROOT,
        "Of %d examples %.1f %% have the lowest energy with their own of %d classes (chance %.1f"
            + " %%); -ln p(class) is %.4f nats (chance %.4f)%n",
        found.examples(),
        100 * found.accuracy(),
        found.classes(),
        100.0 / found.classes(),
        found.logLoss(),
        Math.log(found.classes()));
  }
}

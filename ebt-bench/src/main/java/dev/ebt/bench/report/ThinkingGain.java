package dev.ebt.bench.report;

import dev.ebt.think.Evaluation;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The gain in loss from further steps of one model: the best number of steps, and whether more
 * steps hurt.
 *
 * @param results for one number of candidates, in ascending order of steps
 */
public record ThinkingGain(List<Evaluation.Result> results) {
  /** Relative differences of the loss below this are ignored. */
  private static final double NOTICEABLE = 1e-3;

  /** Requires at least two results. */
  public ThinkingGain {
    results = List.copyOf(results);
  }

  /** Returns the gain with the fewest candidates; empty if there is only one number of steps. */
  public static Optional<ThinkingGain> of(List<Evaluation.Result> all) {
    int fewest = all.stream().mapToInt(Evaluation.Result::candidates).min().orElse(1);
    List<Evaluation.Result> plain =
        all.stream()
            .filter(result -> result.candidates() == fewest)
            .sorted(Comparator.comparingInt(Evaluation.Result::steps))
            .toList();
    return plain.size() < 2 ? Optional.empty() : Optional.of(new ThinkingGain(plain));
  }

  /** Returns the result with the lowest loss; of equal ones that with the fewest steps. */
  public Evaluation.Result best() {
    return results.stream().min(Comparator.comparingDouble(Evaluation.Result::loss)).orElseThrow();
  }

  /** Returns true if the loss after the most steps is noticeably above the best. */
  public boolean hurts() {
    return above(last().loss(), best().loss());
  }

  private boolean gains() {
    return above(first().loss(), best().loss());
  }

  private static boolean above(double loss, double best) {
    return !(loss - best <= NOTICEABLE * Math.abs(best));
  }

  private Evaluation.Result first() {
    return results.get(0);
  }

  private Evaluation.Result last() {
    return results.get(results.size() - 1);
  }

  /** Returns the gain as one sentence. */
  public String sentence() {
    String subject = first().hasEnergy() ? "Thinking" : "Taking more steps";
    if (!gains()) {
      return hurts()
          ? subject + " hurt: the loss rose from " + at(first()) + " to " + at(last()) + unseen()
          : subject + " changed little: the loss is " + at(first()) + " and " + at(last());
    }
    List<Evaluation.Result> way = new ArrayList<>();
    results.stream()
        .filter(r -> first().steps() == 0 && r.steps() > 0 && r.steps() < best().steps())
        .findFirst()
        .ifPresent(way::add);
    way.add(best());
    String gained =
        subject
            + " lowered the loss from "
            + at(first())
            + String.join(" and", way.stream().map(r -> " to " + at(r)).toList())
            + ", the best";
    if (hurts()) {
      return gained + "; further steps hurt: " + at(last()) + unseen();
    }
    return best().steps() == last().steps()
        ? gained
        : gained + "; further steps, up to " + last().steps() + ", changed little";
  }

  /** Returns a note if the energy fell although the loss rose. */
  private String unseen() {
    Evaluation.Result from = gains() ? best() : first();
    return last().hasEnergy() && last().energy() < from.energy() ? ", though the energy fell" : "";
  }

  private static String at(Evaluation.Result result) {
    String steps =
        switch (result.steps()) {
          case 0 -> "before any step";
          case 1 -> "after 1 step";
          default -> "after " + result.steps() + " steps";
        };
    return String.format(Locale.ROOT, "%.4f %s", result.loss(), steps);
  }

  /** Returns the gain by names, for JSON. */
  public Map<String, Object> document() {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("bestSteps", best().steps());
    document.put("bestLoss", best().loss());
    document.put("gain", first().loss() - best().loss());
    document.put("hurts", hurts());
    document.put("summary", sentence());
    return document;
  }
}

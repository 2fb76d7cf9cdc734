package dev.ebt.bench.report;

import dev.ebt.run.BudgetResult;
import dev.ebt.run.ThinkingGain;
import dev.ebt.run.ThinkingGain.Verdict;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The gain from further steps of one model as a sentence or JSON. */
record GainReport(ThinkingGain gain) {
  private static final Map<Verdict, String> VERDICTS =
      Map.of(Verdict.HELPED, "helped", Verdict.DID_NOTHING, "did nothing", Verdict.HURT, "hurt");

  /**
   * Returns as one sentence whether the steps helped, did nothing or hurt, and from which one on.
   */
  String sentence() {
    BudgetResult first = gain.first();
    BudgetResult last = gain.last();
    String subject = first.energy().isPresent() ? "Thinking" : "Taking more steps";
    return switch (gain.verdict()) {
      case HURT ->
          subject
              + " hurt: the loss rose from "
              + at(gain.beforeHurting())
              + " to "
              + at(last)
              + unseen();
      case DID_NOTHING ->
          subject + " did nothing: the loss is " + at(first) + " and " + at(last) + passingRise();
      case HELPED -> subject + " lowered the loss from " + at(first) + helped();
    };
  }

  /** Returns the way from the first loss to the lowest one, and what happens beyond. */
  private String helped() {
    BudgetResult first = gain.first();
    BudgetResult last = gain.last();
    BudgetResult goal = gain.hurts() ? gain.best() : gain.enough();
    List<BudgetResult> way = new ArrayList<>();
    gain.results().stream()
        .filter(r -> first.steps() == 0 && r.steps() > 0 && r.steps() < goal.steps())
        .findFirst()
        .ifPresent(way::add);
    way.add(goal);
    String reached = String.join(" and", way.stream().map(r -> " to " + at(r)).toList());
    if (gain.hurts()) {
      return String.format(
          Locale.ROOT,
          "%s, and hurt beyond %s: %s%s",
          reached,
          ValueFormat.counted(gain.beforeHurting().steps(), "step"),
          at(last),
          unseen());
    }
    return goal.steps() == last.steps()
        ? reached + ", the best"
        : reached + ", and did nothing beyond" + passingRise();
  }

  /** Returns a note of a rise that further steps undid. */
  private String passingRise() {
    return gain.passingRise().map(result -> ", though it was " + at(result)).orElse("");
  }

  /** Returns a note if the energy fell although the loss rose. */
  private String unseen() {
    BudgetResult from = gain.helps() ? gain.best() : gain.beforeHurting();
    BudgetResult last = gain.last();
    boolean fell =
        last.energy().isPresent()
            && from.energy().isPresent()
            && last.energy().getAsDouble() < from.energy().getAsDouble();
    return fell ? ", though the energy fell" : "";
  }

  private static String at(BudgetResult result) {
    String steps =
        switch (result.steps()) {
          case 0 -> "before any step";
          case 1 -> "after 1 step";
          default -> "after " + result.steps() + " steps";
        };
    return String.format(Locale.ROOT, "%.4f %s", result.loss(), steps);
  }

  /** Returns the gain by names, for JSON. */
  Map<String, Object> document() {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("bestSteps", gain.best().steps());
    document.put("bestLoss", gain.best().loss());
    document.put("gain", gain.gain());
    document.put("hurts", gain.hurts());
    document.put("verdict", VERDICTS.get(gain.verdict()));
    document.put("enoughSteps", gain.enough().steps());
    document.put("harmlessSteps", gain.beforeHurting().steps());
    document.put("summary", sentence());
    return document;
  }
}

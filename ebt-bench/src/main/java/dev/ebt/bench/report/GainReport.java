package dev.ebt.bench.report;

import dev.ebt.run.BudgetResult;
import dev.ebt.run.ThinkingGain;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The gain from further steps of one model as a sentence or JSON. */
record GainReport(ThinkingGain gain) {
  /** Returns the gain as one sentence. */
  String sentence() {
    BudgetResult first = gain.first();
    BudgetResult best = gain.best();
    BudgetResult last = gain.last();
    String subject = first.energy().isPresent() ? "Thinking" : "Taking more steps";
    if (!gain.helps()) {
      return gain.hurts()
          ? subject + " hurt: the loss rose from " + at(first) + " to " + at(last) + unseen()
          : subject + " changed little: the loss is " + at(first) + " and " + at(last);
    }
    List<BudgetResult> way = new ArrayList<>();
    gain.results().stream()
        .filter(r -> first.steps() == 0 && r.steps() > 0 && r.steps() < best.steps())
        .findFirst()
        .ifPresent(way::add);
    way.add(best);
    String gained =
        subject
            + " lowered the loss from "
            + at(first)
            + String.join(" and", way.stream().map(r -> " to " + at(r)).toList())
            + ", the best";
    if (gain.hurts()) {
      return gained + "; further steps hurt: " + at(last) + unseen();
    }
    return best.steps() == last.steps()
        ? gained
        : gained + "; further steps, up to " + last.steps() + ", changed little";
  }

  /** Returns a note if the energy fell although the loss rose. */
  private String unseen() {
    BudgetResult from = gain.helps() ? gain.best() : gain.first();
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
    document.put("summary", sentence());
    return document;
  }
}

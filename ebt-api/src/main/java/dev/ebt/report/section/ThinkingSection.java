package dev.ebt.report.section;

import dev.ebt.predict.ComputeBudgets;
import dev.ebt.predict.EvaluationResult;
import dev.ebt.report.Axis;
import dev.ebt.report.Block;
import dev.ebt.report.Chart;
import dev.ebt.report.ReportRun;
import dev.ebt.report.ReportSection;
import dev.ebt.report.SectionContent;
import dev.ebt.report.Series;
import dev.ebt.report.ThinkingSample;
import dev.ebt.run.RunParts;
import dev.ebt.run.TrainedModel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The loss and energy of validation examples by the numbers of steps and candidates. */
final class ThinkingSection implements ReportSection {
  private static final List<Integer> CANDIDATES = List.of(1, 2, 4, 8);
  private static final int TOGETHER = 16;

  @Override
  public String name() {
    return "thinking";
  }

  @Override
  public String summary() {
    return "loss and energy of validation examples by steps and candidates";
  }

  @Override
  public String title() {
    return "Does thinking help?";
  }

  @Override
  public int position() {
    return 30;
  }

  @Override
  public Optional<SectionContent> content(ReportRun run) {
    Optional<ThinkingSample> sampled = run.sample();
    if (sampled.isEmpty()) {
      return Optional.empty();
    }
    ThinkingSample sample = sampled.get();
    RunParts parts = run.model().orElseThrow().parts();
    List<Block> blocks = new ArrayList<>();
    if (sample.steps().size() > 1) {
      steps(sample, parts, blocks);
    }
    if (parts.thinks() && parts.modality().startsDiffer()) {
      blocks.add(candidates(run.model().get(), run.rows()));
    }
    return Optional.of(
        new SectionContent(ThinkingVerdict.of(sample, parts, run.judgedByLoss()), blocks));
  }

  private static void steps(ThinkingSample sample, RunParts parts, List<Block> blocks) {
    double[] steps = sample.steps().stream().mapToDouble(n -> n).toArray();
    String unit = parts.metrics().units().getOrDefault("loss", "");
    blocks.add(
        new Chart(
            "thinking-loss",
            "Loss by thinking steps",
            "Mean over predictions of validation examples, as 'ebt eval' computes it. Lower is"
                + " better: where the curve is flat, further steps are not worth their time.",
            Axis.of("steps"),
            Axis.of("loss", unit),
            List.of(Series.marked("loss", steps, sample.meanLosses()))));
    if (steps.length > 3 && steps[0] == 0) {
      double[] later = Arrays.copyOfRange(sample.meanLosses(), 1, steps.length);
      blocks.add(
          new Chart(
              "thinking-further",
              "Loss from the first step on",
              "The same, without the loss before thinking, beside which all others look alike.",
              Axis.of("further steps"),
              Axis.of("loss", unit),
              List.of(Series.marked("loss", Arrays.copyOfRange(steps, 1, steps.length), later))));
    }
    if (sample.hasEnergy()) {
      blocks.add(
          new Chart(
              "thinking-energy",
              "Energy by thinking steps",
              "Each step should lower the energy; only differences mean something, not its zero.",
              Axis.of("steps"),
              Axis.of("energy"),
              List.of(Series.marked("energy", steps, sample.meanEnergies()))));
    }
  }

  private static Chart candidates(TrainedModel model, int rows) {
    RunParts parts = model.parts();
    List<EvaluationResult> results =
        model.evaluate(
            parts.dataset().validation(),
            TOGETHER,
            rows,
            new ComputeBudgets(List.of(parts.steps().taken()), CANDIDATES));
    return new Chart(
        "thinking-candidates",
        "Loss by candidates",
        "Of several candidates the one of the lowest energy is selected. A falling curve means that"
            + " the energy knows which is better.",
        Axis.of("candidates"),
        Axis.of("loss", parts.metrics().units().getOrDefault("loss", "")),
        List.of(
            Series.marked(
                "loss",
                results.stream().mapToDouble(EvaluationResult::candidates).toArray(),
                results.stream().mapToDouble(EvaluationResult::loss).toArray())));
  }
}

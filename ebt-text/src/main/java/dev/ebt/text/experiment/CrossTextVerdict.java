package dev.ebt.text.experiment;

import dev.ebt.experiment.Finding;
import dev.ebt.experiment.Outcome;
import dev.ebt.experiment.SeedValues;
import dev.ebt.report.Axis;
import dev.ebt.report.Chart;
import dev.ebt.report.ReportNumbers;
import dev.ebt.report.ReportTable;
import dev.ebt.report.Series;
import dev.ebt.statistics.Bootstrap;
import dev.ebt.statistics.Interval;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The verdict on two models of about equal loss on their own text, by their losses on other texts.
 *
 * @param texts the names of the texts
 * @param ebt losses by text of training, then seed, then text of evaluation
 * @param transformer the same of the Transformer++
 */
record CrossTextVerdict(List<String> texts, double[][][] ebt, double[][][] transformer) {
  /**
   * The largest difference of losses on the own text, as a mean over seeds, that is about none, in
   * nats per byte; for each text.
   */
  static final double EQUAL = 0.02;

  /** Returns the finding by the rule of {@link CrossTexts}. */
  Finding finding() {
    int seeds = ebt[0].length;
    double[] advantage = new double[seeds];
    double[] own = new double[seeds];
    for (int text = 0; text < texts.size(); text++) {
      double[] loses = SeedValues.minus(transfer(transformer, text), transfer(ebt, text));
      double[] before = SeedValues.minus(own(transformer, text), own(ebt, text));
      for (int seed = 0; seed < seeds; seed++) {
        advantage[seed] += loses[seed] / texts.size();
        own[seed] += before[seed] / texts.size();
      }
    }
    String sentence =
        "From its own text to others, the loss of the Transformer++ rises by "
            + SeedValues.text(advantage)
            + " nats per byte more than that of the EBT; on their own text its loss is higher by "
            + SeedValues.text(own)
            + ".";
    List<String> unequal = unequal();
    if (!unequal.isEmpty()) {
      sentence +=
          " On "
              + String.join(", ", unequal)
              + " it differs by more than "
              + ReportNumbers.of(EQUAL)
              + ", so they are not equal.";
    }
    return new Finding(
        unequal.isEmpty() ? outcome(Bootstrap.ofMean(advantage)) : Outcome.CANNOT_TELL,
        sentence,
        List.of(losses(), rises(), chart()));
  }

  /** Returns the texts on which models that were trained on them differ. */
  private List<String> unequal() {
    return IntStream.range(0, texts.size())
        .filter(
            text ->
                Math.abs(SeedValues.mean(SeedValues.minus(own(transformer, text), own(ebt, text))))
                    > EQUAL)
        .mapToObj(texts::get)
        .toList();
  }

  private static Outcome outcome(Optional<Interval> advantage) {
    if (advantage.isEmpty() || !advantage.get().excludes(0)) {
      return Outcome.CANNOT_TELL;
    }
    return advantage.get().low() > 0 ? Outcome.HOLDS : Outcome.DOES_NOT_HOLD;
  }

  private static double[] own(double[][][] model, int text) {
    return on(model, text, text);
  }

  private static double[] on(double[][][] model, int trained, int judged) {
    return Arrays.stream(model[trained]).mapToDouble(losses -> losses[judged]).toArray();
  }

  /** Returns the mean loss on the other texts minus that on the own one, of each seed. */
  private static double[] transfer(double[][][] model, int trained) {
    return Arrays.stream(model[trained])
        .mapToDouble(
            losses ->
                (Arrays.stream(losses).sum() - losses[trained]) / (losses.length - 1)
                    - losses[trained])
        .toArray();
  }

  private ReportTable losses() {
    List<List<String>> rows = new ArrayList<>();
    for (int trained = 0; trained < texts.size(); trained++) {
      for (int judged = 0; judged < texts.size(); judged++) {
        rows.add(
            List.of(
                texts.get(trained),
                texts.get(judged),
                SeedValues.text(on(ebt, trained, judged)),
                SeedValues.text(on(transformer, trained, judged))));
      }
    }
    return new ReportTable(
        "Loss by text of training and of evaluation",
        "In nats per byte, as means over seeds with 95 % intervals, at the checkpoints of about"
            + " equal loss on the own text.",
        List.of("trained on", "judged on", "ebt", "transformer"),
        rows);
  }

  private ReportTable rises() {
    List<List<String>> rows = new ArrayList<>();
    for (int text = 0; text < texts.size(); text++) {
      double[] ofEbt = transfer(ebt, text);
      double[] ofTransformer = transfer(transformer, text);
      rows.add(
          List.of(
              texts.get(text),
              SeedValues.text(ofEbt),
              SeedValues.text(ofTransformer),
              SeedValues.text(SeedValues.minus(ofTransformer, ofEbt))));
    }
    return new ReportTable(
        "Rise of the loss from the own text to the others",
        "In nats per byte, as means over seeds with 95 % intervals.",
        List.of("trained on", "ebt", "transformer", "difference"),
        rows);
  }

  private Chart chart() {
    return new Chart(
        "loss-by-own-loss",
        "Loss on other texts by loss on the own text",
        "A point for each text of training and seed.",
        Axis.of("loss on the own text", "nats per byte"),
        Axis.of("loss on the others", "nats per byte"),
        List.of(points("ebt", ebt), points("transformer", transformer)));
  }

  private Series points(String name, double[][][] model) {
    List<Double> x = new ArrayList<>();
    List<Double> y = new ArrayList<>();
    for (int text = 0; text < texts.size(); text++) {
      double[] own = own(model, text);
      double[] rise = transfer(model, text);
      for (int seed = 0; seed < own.length; seed++) {
        x.add(own[seed]);
        y.add(own[seed] + rise[seed]);
      }
    }
    return Series.points(name, array(x), array(y));
  }

  private static double[] array(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).toArray();
  }
}

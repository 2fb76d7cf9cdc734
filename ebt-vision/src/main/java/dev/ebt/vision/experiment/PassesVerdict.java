package dev.ebt.vision.experiment;

import dev.ebt.experiment.Finding;
import dev.ebt.experiment.Outcome;
import dev.ebt.experiment.SeedValues;
import dev.ebt.report.Axis;
import dev.ebt.report.Chart;
import dev.ebt.report.Figure;
import dev.ebt.report.ReportTable;
import dev.ebt.report.Series;
import dev.ebt.statistics.Bootstrap;
import dev.ebt.statistics.Interval;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The comparison of an EBT and a DiT by the quality and the number of their passes.
 *
 * @param trained at the noise of training
 * @param unseen at a noise that neither model was trained on; not part of the verdict
 */
record PassesVerdict(Quality trained, Quality unseen) {
  static final String EBT = "ebt";
  static final String DIT = "dit";

  /** The quality of both models at one level of noise. */
  record Quality(QualityByPasses ebt, QualityByPasses dit) {
    /** Returns the models in the order of tables, each with its name and what a pass computes. */
    private List<Model> models() {
      return List.of(
          new Model(EBT, ebt, DenoisingPasses.COMPUTATIONS_OF_A_STEP), new Model(DIT, dit, 1));
    }
  }

  private record Model(String name, QualityByPasses quality, int computations) {}

  /** Returns the finding by the rule of {@link DenoisingPasses}. */
  Finding finding() {
    double[] advantage = SeedValues.minus(trained.ebt().quality(), trained.dit().quality());
    double[] more = SeedValues.minus(trained.ebt().picked(), trained.dit().picked());
    List<Figure> figures = new ArrayList<>();
    figures.add(picked("At the noise of training", trained));
    figures.add(byPasses("PSNR by passes, at the noise of training", trained));
    figures.add(chart("psnr-by-passes", "PSNR by passes, at the noise of training", trained));
    figures.add(picked("At twice the noise, not part of the verdict", unseen));
    figures.add(byPasses("PSNR by passes, at twice the noise", unseen));
    figures.add(chart("psnr-by-passes-unseen", "PSNR by passes, at twice the noise", unseen));
    return new Finding(
        outcome(Bootstrap.ofMean(advantage), Bootstrap.ofMean(more)),
        "The EBT's PSNR minus that of the DiT is "
            + SeedValues.text(advantage)
            + " dB, each with the number of passes that is best for it on other images: "
            + SeedValues.text(trained.ebt().picked())
            + " of the EBT, "
            + SeedValues.text(trained.dit().picked())
            + " of the DiT.",
        figures);
  }

  private static Outcome outcome(Optional<Interval> advantage, Optional<Interval> more) {
    if (advantage.isEmpty() || more.isEmpty()) {
      return Outcome.CANNOT_TELL;
    }
    if (advantage.get().high() < 0 || more.get().low() > 0) {
      return Outcome.DOES_NOT_HOLD;
    }
    return advantage.get().low() > 0 && more.get().high() <= 0
        ? Outcome.HOLDS
        : Outcome.CANNOT_TELL;
  }

  private static ReportTable picked(String title, Quality both) {
    List<List<String>> rows = new ArrayList<>();
    for (Model model : both.models()) {
      QualityByPasses each = model.quality();
      double[] computations = each.picked();
      for (int i = 0; i < computations.length; i++) {
        computations[i] *= model.computations();
      }
      rows.add(
          List.of(
              model.name(),
              SeedValues.text(each.picked()),
              SeedValues.text(computations),
              SeedValues.text(each.quality())));
    }
    return new ReportTable(
        title,
        "The best number of passes by the images for the choice, and the PSNR on the others, as"
            + " means over seeds with 95 % intervals. A gradient counts as a computation of its"
            + " own.",
        List.of("model", "passes", "computations, gradients included", "PSNR (dB)"),
        rows);
  }

  private static ReportTable byPasses(String title, Quality both) {
    List<List<String>> rows = new ArrayList<>();
    for (Model model : both.models()) {
      QualityByPasses each = model.quality();
      for (int i = 0; i < each.passes().size(); i++) {
        rows.add(
            List.of(
                model.name(), Integer.toString(each.passes().get(i)), SeedValues.text(each.at(i))));
      }
    }
    return new ReportTable(
        title,
        "On the images that judge; means over seeds with 95 % intervals.",
        List.of("model", "passes", "PSNR (dB)"),
        rows);
  }

  private static Chart chart(String name, String title, Quality both) {
    List<Series> series = new ArrayList<>();
    for (Model model : both.models()) {
      QualityByPasses each = model.quality();
      double[] means = new double[each.passes().size()];
      for (int i = 0; i < means.length; i++) {
        means[i] = SeedValues.mean(each.at(i));
      }
      double[] passes = each.passes().stream().mapToDouble(Integer::doubleValue).toArray();
      series.add(Series.marked(model.name(), passes, means));
    }
    return new Chart(
        name,
        title,
        "Means over seeds, on the images that judge.",
        Axis.logarithmic("passes"),
        Axis.of("PSNR", "dB"),
        series);
  }
}

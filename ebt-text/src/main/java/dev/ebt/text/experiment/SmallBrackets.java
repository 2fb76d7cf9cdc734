package dev.ebt.text.experiment;

import dev.ebt.config.Overrides;
import dev.ebt.experiment.ExperimentRun;
import dev.ebt.experiment.Scale;
import dev.ebt.text.grammar.BracketGrammar;
import java.util.ArrayList;
import java.util.List;

/** The trainings that the experiments have in common: small models of the built-in brackets. */
final class SmallBrackets {
  /** The word for them in designs. */
  static final String TEXT =
      "Models of 2 blocks of width 32 are trained on the built-in brackets for 600 updates of 16"
          + " windows of 32 bytes, with seeds 1 to 6. Losses are in nats per byte on 160 windows of"
          + " held-out lines; no model can go below 0.9655. Bootstrap intervals of 95 % over six"
          + " seeds contain the mean of normally distributed values in about 85 % of cases.";

  private static final int ROWS = 160;

  private SmallBrackets() {}

  /** Returns the seeds of an experiment. */
  static List<Integer> seeds(Scale scale) {
    return scale == Scale.QUICK ? List.of(1, 2) : List.of(1, 2, 3, 4, 5, 6);
  }

  /** Returns the number of validation windows of an evaluation. */
  static int rows(Scale scale) {
    return scale == Scale.QUICK ? 16 : ROWS;
  }

  /** Returns the settings of data for an evaluation on a dialect of the same depth. */
  static Overrides dialect(BracketGrammar dialect, Scale scale) {
    boolean quick = scale == Scale.QUICK;
    return Overrides.of(
        "data.nesting=" + dialect.nesting(),
        "data.digitSkew=" + dialect.digitSkew(),
        "data.documents=" + (quick ? 100 : 2000),
        "data.validationDocuments=" + (quick ? 100 : 400));
  }

  /** Returns the run of an EBT by recipe {@code brackets}, with further settings. */
  static ExperimentRun ebt(String name, String value, int seed, Scale scale, String... more) {
    return run("brackets", name, value, seed, scale, List.of(more));
  }

  /** Returns the run of a Transformer++ on the same data, with the same sizes and updates. */
  static ExperimentRun transformer(
      String name, String value, int seed, Scale scale, String... more) {
    List<String> settings = new ArrayList<>(List.of("schedule.floor=0.05", "clip=null"));
    settings.addAll(List.of(more));
    return run("transformer", name, value, seed, scale, settings);
  }

  private static ExperimentRun run(
      String recipe, String name, String value, int seed, Scale scale, List<String> more) {
    boolean quick = scale == Scale.QUICK;
    List<String> settings =
        new ArrayList<>(
            List.of(
                "modality.length=32",
                "data.documents=20000",
                "model.layers=2",
                "model.heads=2",
                "training.batch=16",
                "training.steps=" + (quick ? 20 : 600),
                "schedule.warmUp=" + (quick ? 5 : 50),
                "training.checkpointEvery=" + (quick ? 20 : 200),
                "training.validationRows=" + rows(scale)));
    addUnlessSet(settings, "model.width", 32, more);
    addUnlessSet(settings, "training.validateEvery", quick ? 20 : 200, more);
    settings.addAll(more);
    return ExperimentRun.of(name, value, seed, recipe, settings);
  }

  private static void addUnlessSet(
      List<String> settings, String path, int value, List<String> more) {
    if (more.stream().noneMatch(setting -> setting.startsWith(path + "="))) {
      settings.add(path + "=" + value);
    }
  }
}

package dev.ebt.bench.command;

import static java.util.Objects.requireNonNull;

import dev.ebt.bench.report.OutOfDistributionReport;
import dev.ebt.config.Origin;
import dev.ebt.error.UserException;
import dev.ebt.modality.Dataset;
import dev.ebt.plugin.Catalog;
import dev.ebt.run.DataOverride;
import dev.ebt.run.EvaluatedModel;
import dev.ebt.run.EvaluationRequest;
import dev.ebt.run.OutOfDistribution;
import dev.ebt.run.TrainedModel;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The option of an evaluation for how well energies tell other data from that of a run. */
final class OtherDataOption {
  @Option(
      names = "--ood",
      paramLabel = "PATH",
      description = {
        "Tells other data from that of the run by energy, and prints how well (AUROC); data as for",
        "--data."
      })
  private @Nullable Path path;

  /** Returns whether other data is given. */
  boolean isGiven() {
    return path != null;
  }

  /**
   * Tells the data from the validation data of one run.
   *
   * @param tasks whether tasks were asked for, too
   * @throws UserException if something else is asked for, too
   */
  EnergyMeasureOptions.Measured measure(Catalog catalog, EvaluationRequest request, boolean tasks) {
    check(request, tasks);
    Path given = requireNonNull(path, "--ood is not given");
    EvaluatedModel run = request.models().get(0);
    Origin origin = Origin.option("--ood " + given);
    DataOverride foreign =
        new DataOverride(
            "other", null, List.of(DataOverride.absolute("data.path", given, origin)), origin);
    try (TrainedModel model = request.open(catalog, run);
        TrainedModel beside = request.withData(foreign).open(catalog, run)) {
      Dataset other = beside.parts().dataset();
      String described = other.description();
      String own = model.parts().dataset().description();
      OutOfDistributionReport report =
          new OutOfDistributionReport(
              OutOfDistribution.of(
                  model, other.validation(), request.rowsTogether(), request.limit()));
      return new EnergyMeasureOptions.Measured(
          model.progress().step(),
          "ood",
          report.document(),
          out -> report.print(own, described, out));
    }
  }

  private static void check(EvaluationRequest request, boolean tasks) {
    if (request.isComparison() || tasks) {
      throw new UserException("--ood is for one run on its own data; leave out the others");
    }
    refuse("--data", request.data() != null);
    refuse("--steps", request.steps() != null);
    refuse("--candidates", !request.candidates().equals(List.of(1)));
  }

  private static void refuse(String option, boolean given) {
    if (given) {
      throw new UserException(
          "--ood scores given data beside the validation data of the run, without thinking, so that"
              + " "
              + option
              + " has no effect; leave it out");
    }
  }
}

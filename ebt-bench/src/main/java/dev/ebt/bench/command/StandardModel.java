package dev.ebt.bench.command;

import dev.ebt.config.Overrides;
import dev.ebt.plugin.BundledModelFolders;
import dev.ebt.plugin.Catalog;
import dev.ebt.run.TrainedModel;
import dev.ebt.store.Weights;
import java.nio.file.Path;

/** The bundled model that commands open where no run is named. */
final class StandardModel {
  private static final String LATEST = "latest";

  private StandardModel() {}

  /** Opens the model for evaluation. */
  static TrainedModel open(Catalog catalog, Overrides overrides) {
    return TrainedModel.open(catalog, folder(catalog), LATEST, overrides);
  }

  /** Opens the model for answers to requests. */
  static TrainedModel openForInference(Catalog catalog, Overrides overrides) {
    return TrainedModel.openForInference(
        catalog, folder(catalog), LATEST, Weights.USUAL, overrides);
  }

  private static Path folder(Catalog catalog) {
    return BundledModelFolders.folder(catalog.standardModel());
  }
}

package dev.ebt.bench.command;

import dev.ebt.config.Overrides;
import dev.ebt.plugin.BundledModelFolders;
import dev.ebt.plugin.Catalog;
import dev.ebt.run.TrainedModel;
import java.nio.file.Path;

/** The bundled model that commands open where no run is named. */
final class StandardModel {
  private StandardModel() {}

  /** Opens the model for evaluation. */
  static TrainedModel open(Catalog catalog, Overrides overrides) {
    return TrainedModel.open(catalog, folder(catalog), "latest", overrides);
  }

  /** Returns the folder of the model. */
  static Path folder(Catalog catalog) {
    return BundledModelFolders.folder(catalog.standardModel());
  }
}

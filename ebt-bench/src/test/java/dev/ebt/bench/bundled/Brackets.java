package dev.ebt.bench.bundled;

import dev.ebt.config.Overrides;
import dev.ebt.plugin.BundledModelFolders;
import dev.ebt.plugin.Catalog;
import dev.ebt.plugin.Plugins;
import dev.ebt.run.TrainedModel;
import dev.ebt.store.Weights;
import java.nio.file.Path;
import java.util.List;

/** The bundled model of brackets, opened for tests. */
final class Brackets {
  /** The name of the model. */
  static final String NAME = "brackets";

  private static final Catalog CATALOG = Plugins.discover(List.of());

  private Brackets() {}

  /** Opens the model for evaluation. */
  static TrainedModel open(Overrides overrides) {
    return TrainedModel.open(CATALOG, folder(), "latest", overrides);
  }

  /** Opens the model for answers to requests. */
  static TrainedModel openForInference(Overrides overrides) {
    return TrainedModel.openForInference(CATALOG, folder(), "latest", Weights.USUAL, overrides);
  }

  private static Path folder() {
    return BundledModelFolders.folder(CATALOG.bundledModel(NAME));
  }
}

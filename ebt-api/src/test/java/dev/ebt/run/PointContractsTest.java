package dev.ebt.run;

import dev.ebt.config.Overrides;
import dev.ebt.core.CorePlugin;
import dev.ebt.plugin.Catalog;
import dev.ebt.plugin.Components;
import dev.ebt.plugin.Configurations;
import dev.ebt.testing.RunPartsContract;
import dev.ebt.train.TrainingStepper;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** Parts of ours, and those of a test, keep the contracts of their kinds. */
class PointContractsTest extends RunPartsContract {
  private static Components components;
  private static RunParts parts;

  @BeforeAll
  static void create() {
    Catalog catalog = Catalog.of(new CorePlugin(), new PointPlugin());
    components =
        Components.of(
            catalog,
            Configurations.parse(
                catalog, "test", PointPlugin.CONFIGURATION, Overrides.of("metrics=[psnr]")));
    parts = components.get(RunParts.class);
    TrainingStepper.initialize(parts.backend(), parts.parameters(), 1);
  }

  @AfterAll
  static void close() {
    components.close();
  }

  @Override
  protected RunParts parts() {
    return parts;
  }
}

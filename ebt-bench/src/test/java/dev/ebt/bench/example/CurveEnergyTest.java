package dev.ebt.bench.example;

import dev.ebt.config.Overrides;
import dev.ebt.energy.EnergyModel;
import dev.ebt.energy.Model;
import dev.ebt.modality.Dataset;
import dev.ebt.modality.Examples;
import dev.ebt.modality.Modality;
import dev.ebt.plugin.Catalog;
import dev.ebt.plugin.Components;
import dev.ebt.plugin.Configurations;
import dev.ebt.plugin.Plugins;
import dev.ebt.testing.EnergyModelContract;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** The energy model of {@code docs/examples/curve} keeps the contract, with parts from its jar. */
class CurveEnergyTest extends EnergyModelContract {
  @TempDir static Path folder;
  private static Components parts;

  @BeforeAll
  static void assemble() {
    Catalog catalog = Plugins.discover(List.of(ExamplePlugin.jar("curve", folder)));
    parts = Components.of(catalog, Configurations.load(catalog, "curve", null, Overrides.none()));
  }

  @AfterAll
  static void close() {
    parts.close();
  }

  @Override
  protected Modality modality() {
    return parts.get(Modality.class);
  }

  @Override
  protected EnergyModel model() {
    return (EnergyModel) parts.get(Model.class);
  }

  @Override
  protected Examples examples() {
    return parts.get(Dataset.class).training();
  }
}

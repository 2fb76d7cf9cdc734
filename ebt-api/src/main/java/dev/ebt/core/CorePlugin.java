package dev.ebt.core;

import dev.ebt.backend.Backend;
import dev.ebt.backend.reference.ReferenceBackend;
import dev.ebt.optimize.GradientDescent;
import dev.ebt.optimize.Optimizer;
import dev.ebt.plugin.EbtPlugin;
import dev.ebt.plugin.Factory;
import java.util.List;

/** The parts that live in {@code ebt-api} itself. */
public final class CorePlugin implements EbtPlugin {
  /** Settings of parts that have none. */
  record NoSettings() {}

  @Override
  public String name() {
    return "core";
  }

  @Override
  public int spiVersion() {
    return SPI_VERSION;
  }

  @Override
  public List<Factory<? extends Optimizer, ?>> optimizers() {
    return List.of(
        Factory.of(
            "adamw",
            "Adam with decoupled weight decay (Loshchilov and Hutter, 2019)",
            AdamWSettings.class,
            (settings, assembly) -> settings.optimizer()),
        Factory.of(
            "gradient-descent",
            "Plain steps against the gradient",
            GradientDescent.class,
            (settings, assembly) -> settings));
  }

  @Override
  public List<Factory<? extends Backend, ?>> backends() {
    return List.of(
        Factory.of(
            "reference",
            "Plain Java in double precision: slow, and what every other backend must agree with",
            NoSettings.class,
            (settings, assembly) -> new ReferenceBackend()));
  }
}

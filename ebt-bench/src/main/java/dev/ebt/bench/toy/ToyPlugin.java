package dev.ebt.bench.toy;

import dev.ebt.energy.EnergyTerm;
import dev.ebt.energy.Model;
import dev.ebt.interact.Interaction;
import dev.ebt.interact.InteractivePlugin;
import dev.ebt.modality.Dataset;
import dev.ebt.modality.Modality;
import dev.ebt.plugin.Expectation;
import dev.ebt.plugin.Factory;
import dev.ebt.report.ReportPlugin;
import dev.ebt.report.ReportSection;
import java.util.List;
import java.util.Map;

/** The plugin with the distributions whose truth is known. */
public final class ToyPlugin implements InteractivePlugin, ReportPlugin {
  @Override
  public String name() {
    return "toy";
  }

  @Override
  public int spiVersion() {
    return SPI_VERSION;
  }

  @Override
  public List<Factory<? extends Modality, ?>> modalities() {
    return List.of(
        Factory.of(
            ToyModality.NAME,
            "Plain vectors without a context: the energy is to follow their density",
            ToyModality.class,
            (settings, context) -> settings));
  }

  @Override
  public List<Factory<? extends Dataset, ?>> datasets() {
    return List.of(
        Factory.of(
            ToyModality.NAME,
            "Points of a distribution whose density, moments and Z are known",
            ToyData.class,
            (settings, context) -> new ToyDataset(settings, context.modality())));
  }

  @Override
  public List<Factory<? extends Model, ?>> models() {
    return List.of(
        Factory.of(
            "toy-energy",
            "The energy of a known distribution times a learned factor",
            KnownEnergy.Settings.class,
            (settings, context) -> {
              ToyDataset.check(settings.distribution(), context.modality());
              return new KnownEnergy(settings);
            }));
  }

  @Override
  public List<Factory<? extends EnergyTerm, ?>> energies() {
    return List.of(
        Factory.of(
            ToyModality.NAME,
            "The energy of a known distribution of points",
            KnownEnergyTerm.class,
            (settings, context) -> {
              ToyDataset.check(settings.distribution(), context.modality());
              return settings;
            }));
  }

  @Override
  public List<Interaction<?>> interactions() {
    return List.of(new ToySamples());
  }

  @Override
  public List<ReportSection> reportSections() {
    return List.of(new LandscapeReport());
  }

  @Override
  public List<Expectation> expectations() {
    return ToyRecipes.expectations();
  }

  @Override
  public Map<String, String> recipes() {
    return ToyRecipes.all();
  }
}

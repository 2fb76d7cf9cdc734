package dev.ebt.bench.code;

import dev.ebt.experiment.Experiment;
import dev.ebt.experiment.ExperimentPlugin;
import dev.ebt.modality.Dataset;
import dev.ebt.modality.Modality;
import dev.ebt.plugin.Factory;
import java.util.List;

/** The plugin with words of bits and their Gray codes. */
public final class CodePlugin implements ExperimentPlugin {
  @Override
  public String name() {
    return "code";
  }

  @Override
  public int spiVersion() {
    return SPI_VERSION;
  }

  @Override
  public List<Factory<? extends Modality, ?>> modalities() {
    return List.of(
        Factory.of(
            CodeModality.NAME,
            "Bits predicted from as many other bits, all together",
            CodeModality.class,
            (settings, context) -> settings));
  }

  @Override
  public List<Factory<? extends Dataset, ?>> datasets() {
    return List.of(
        Factory.of(
            CodeModality.NAME,
            "Words of Gray codes, or Gray codes of words: hard to find or easy",
            CodeData.class,
            (settings, context) -> new CodeDataset(settings, context.modality())));
  }

  @Override
  public List<Experiment> experiments() {
    return List.of(new VerifyGenerate());
  }
}

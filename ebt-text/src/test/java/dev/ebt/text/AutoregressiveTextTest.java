package dev.ebt.text;

import dev.ebt.energy.EnergyModel;
import dev.ebt.modality.Examples;
import dev.ebt.modality.Modality;
import dev.ebt.model.AutoregressiveEnergy;
import dev.ebt.model.TransformerSettings;
import dev.ebt.model.TransformerSettings.Conditioning;
import dev.ebt.testing.EnergyModelContract;
import dev.ebt.text.token.ByteTokenizer;
import org.junit.jupiter.api.Nested;

/** The autoregressive model keeps the contract of energy models on text. */
class AutoregressiveTextTest {
  private abstract static class OnText extends EnergyModelContract {
    private final TextModality modality =
        new TextModality(new TextSettings(5, null, null, null), new ByteTokenizer());
    private final BracketDataset brackets =
        BracketDataset.write(new BracketData(8, 8, 1L, 2, null), modality);
    private final Conditioning conditioning;

    OnText(Conditioning conditioning) {
      this.conditioning = conditioning;
    }

    @Override
    protected Modality modality() {
      return modality;
    }

    @Override
    protected EnergyModel model() {
      return new AutoregressiveEnergy(TransformerSettings.of(2, 2, 8).with(conditioning), 2);
    }

    @Override
    protected Examples examples() {
      return brackets.training();
    }
  }

  @Nested
  class Unconditioned extends OnText {
    Unconditioned() {
      super(Conditioning.NONE);
    }
  }

  @Nested
  class ConditionedByTime extends OnText {
    ConditionedByTime() {
      super(Conditioning.TIME_EMBED);
    }
  }
}

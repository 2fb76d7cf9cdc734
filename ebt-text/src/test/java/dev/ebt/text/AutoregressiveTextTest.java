package dev.ebt.text;

import dev.ebt.energy.EnergyModel;
import dev.ebt.modality.Examples;
import dev.ebt.modality.Modality;
import dev.ebt.model.AutoregressiveEnergy;
import dev.ebt.model.TransformerSettings;
import dev.ebt.model.TransformerSettings.Head;
import dev.ebt.model.TransformerSettings.LandscapeConditioning;
import dev.ebt.testing.EnergyModelContract;
import dev.ebt.text.token.ByteTokenizer;
import org.junit.jupiter.api.Nested;

/** The autoregressive model keeps the contract of energy models on text. */
class AutoregressiveTextTest {
  private abstract static class OnText extends EnergyModelContract {
    private final TextModality modality;
    private final BracketDataset brackets;
    private final TransformerSettings settings;

    OnText(LandscapeConditioning conditioning) {
      this(0, TransformerSettings.of(2, 2, 8).with(conditioning));
    }

    OnText(double temperature, TransformerSettings settings) {
      this.modality =
          new TextModality(
              new TextSettings(5, null, null, null, null, temperature), new ByteTokenizer());
      this.brackets = BracketDataset.write(new BracketDatasetSettings(8, 8, 1L, 2, null), modality);
      this.settings = settings;
    }

    @Override
    protected Modality modality() {
      return modality;
    }

    @Override
    protected EnergyModel model() {
      return new AutoregressiveEnergy(settings, 2);
    }

    @Override
    protected Examples examples() {
      return brackets.training();
    }
  }

  @Nested
  class Unconditioned extends OnText {
    Unconditioned() {
      super(LandscapeConditioning.NONE);
    }
  }

  @Nested
  class ConditionedByTime extends OnText {
    ConditionedByTime() {
      super(LandscapeConditioning.TIME_EMBED);
    }
  }

  @Nested
  class MatchingAnchoredCandidatesByFreeEnergy extends OnText {
    MatchingAnchoredCandidatesByFreeEnergy() {
      super(
          1,
          new TransformerSettings(
              null, 2, 2, 8, null, null, null, null, null, true, Head.DOT_PRODUCT));
    }
  }
}

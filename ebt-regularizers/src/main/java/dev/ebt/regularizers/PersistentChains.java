package dev.ebt.regularizers;

import static java.util.Objects.requireNonNullElse;

import dev.ebt.error.SettingException;
import dev.ebt.modality.Modality;
import dev.ebt.regularize.Regularizer;
import dev.ebt.regularize.ReplayBuffer;
import dev.ebt.regularize.ReplayShare;
import dev.ebt.regularizers.replay.ChainBuffer;
import dev.ebt.regularizers.replay.ElementEncoding;
import dev.ebt.regularizers.replay.FifoReplayBuffer;
import dev.ebt.regularizers.replay.RowLayout;
import dev.ebt.regularizers.replay.RowStore;
import java.util.Optional;

/**
 * Chains that go on over all training steps: persistent contrastive divergence (Tieleman, "Training
 * restricted Boltzmann machines using approximations to the likelihood gradient", 2008), with a
 * share of restarts as in Du and Mordatch (arXiv 1903.08689).
 *
 * <p>Each batch has as many rows again whose chains are drawn from the buffer, continued, and
 * stored in their places. A chain begins where thinking about a fresh row ended, and keeps the
 * target of that row. Where an update has several batches (training.accumulate), each has chains of
 * its own, an equal share of them. Applied in training only; for {@code contrastive-divergence}.
 *
 * @param chains the number of chains, at least the rows of an update (1024)
 * @param renewed the share of the drawn chains that a fresh one replaces (0.05)
 */
public record PersistentChains(Integer chains, Double renewed) implements Regularizer {
  /** Fills in defaults and rejects invalid values. */
  public PersistentChains {
    chains = requireNonNullElse(chains, 1024);
    renewed = requireNonNullElse(renewed, 0.05);
    if (chains < 1) {
      throw SettingException.of("chains", chains, "at least 1");
    }
    if (!(renewed >= 0 && renewed <= 1)) {
      throw SettingException.of("renewed", renewed, "from 0 to 1");
    }
  }

  @Override
  public Optional<ReplayBuffer> replayBuffer(Modality modality) {
    return replayBuffer(modality, ReplayShare.WHOLE);
  }

  @Override
  public Optional<ReplayBuffer> replayBuffer(Modality modality, ReplayShare share) {
    int rows = share.of("persistent-chains: chains", chains);
    RowLayout layout = RowLayout.of(modality, ElementEncoding.FLOAT32);
    RowStore slots = RowStore.inMemory(rows, layout.bytes(), share);
    return Optional.of(
        new ChainBuffer(
            new FifoReplayBuffer(layout, slots, rows, 1), renewed, chains, share.batches()));
  }
}

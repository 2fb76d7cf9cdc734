package dev.ebt.regularizers;

import static java.util.Objects.requireNonNullElse;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.ebt.error.FormerName;
import dev.ebt.error.SettingException;
import dev.ebt.modality.Modality;
import dev.ebt.regularize.Regularizer;
import dev.ebt.regularize.ReplayBuffer;
import dev.ebt.regularize.ReplayShare;
import dev.ebt.regularizers.replay.ElementEncoding;
import dev.ebt.regularizers.replay.FifoReplayBuffer;
import dev.ebt.regularizers.replay.RowLayout;
import dev.ebt.regularizers.replay.RowStore;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A replay buffer (arXiv 2507.02092, section 3.3; Du and Mordatch, arXiv 1903.08689, section 3):
 * some rows are trained on a second time, and thinking resumes at their stored final candidates.
 * This shapes the energy further along trajectories without additional steps.
 *
 * <p>For a batch of B fresh rows and a buffer of n rows, min(⌊fraction · B⌋, n) rows are drawn
 * uniformly without replacement and appended to the fresh ones; the loss covers both. Only fresh
 * rows are added to the buffer, with their final candidates; the oldest ones are evicted. Where an
 * update has several batches (training.accumulate), each has a buffer of its own, with an equal
 * share of the capacity, which has to hold the ⌊fraction · B⌋ rows. Applied in training only.
 *
 * @param capacity maximum number of rows in the buffer; 192, as published
 * @param fraction rows drawn, as a share of the fresh ones: above 0, at most 1; 0.5, as published
 * @param precision storage format of candidates: {@code float32}, or {@code bfloat16} for half the
 *     bytes and three decimal digits; float32
 * @param spillFile a file for the buffer, which then takes disk space instead of memory; none;
 *     where an update has several batches, files FILE.0, FILE.1, …
 */
public record Replay(
    Integer capacity,
    Double fraction,
    @FormerName("keep") Precision precision,
    @FormerName("spill") @Nullable String spillFile)
    implements Regularizer {

  /** A storage format of candidates. */
  public enum Precision {
    /** IEEE single precision. */
    @JsonProperty("float32")
    FLOAT32,
    /** The upper half of single precision: the same range, 8 significant bits. */
    @JsonProperty("bfloat16")
    BFLOAT16
  }

  /** Fills in defaults and rejects invalid values. */
  public Replay {
    capacity = requireNonNullElse(capacity, 192);
    fraction = requireNonNullElse(fraction, 0.5);
    precision = requireNonNullElse(precision, Precision.FLOAT32);
    if (capacity < 1) {
      throw new SettingException("capacity", "is " + capacity + "; 1 row or more expected");
    }
    if (!(fraction > 0 && fraction <= 1)) {
      throw new SettingException("fraction", "is " + fraction + "; above 0 and at most 1 expected");
    }
    if (spillFile != null && spillFile.isBlank()) {
      throw new SettingException("spillFile", "is blank; the name of a file expected, or none");
    }
  }

  @Override
  public Optional<ReplayBuffer> replayBuffer(Modality modality) {
    return replayBuffer(modality, ReplayShare.WHOLE);
  }

  @Override
  public Optional<ReplayBuffer> replayBuffer(Modality modality, ReplayShare share) {
    int rows = share.of("replay: capacity", capacity);
    ElementEncoding candidates =
        switch (precision) {
          case FLOAT32 -> ElementEncoding.FLOAT32;
          case BFLOAT16 -> ElementEncoding.BFLOAT16;
        };
    RowLayout layout = RowLayout.of(modality, candidates);
    RowStore slots =
        spillFile == null
            ? RowStore.inMemory(rows, layout.bytes(), share)
            : RowStore.inFile(spillFile(share), rows, layout.bytes(), share);
    return Optional.of(new FifoReplayBuffer(layout, slots, rows, fraction, share.batches()));
  }

  /** Returns a file for each batch of an update, as processes on one machine have one folder. */
  private Path spillFile(ReplayShare share) {
    return Path.of(share.batches() == 1 ? spillFile : spillFile + "." + share.batch());
  }
}

package dev.ebt.sample;

import static dev.ebt.tensor.Functions.argMax;
import static dev.ebt.tensor.Functions.oneHot;
import static dev.ebt.tensor.Functions.select;
import static dev.ebt.tensor.Functions.sigmoid;
import static java.util.Objects.requireNonNullElse;

import dev.ebt.error.SettingException;
import dev.ebt.tensor.Shape;
import dev.ebt.tensor.Tensor;
import java.util.List;
import java.util.Map;

/**
 * Gibbs sampling of candidates whose elements are −1 or 1 (Geman and Geman, 1984): a spin drawn at
 * random gets a new value given all others. The probability of a flip depends on two energies, so
 * that no gradient is used, and any energy is sampled exactly:
 *
 * <pre>
 * p(flip) = 1 / (1 + e^((E(flipped) − E)/T))
 * </pre>
 *
 * <p>Each step of thinking evaluates one flip, and one more settles the last of them: candidates
 * are samples after multiples of {@code flips} + 1 steps.
 *
 * @param flips flips from one sample to the next (16)
 * @param temperature T; 1 samples from e^−E (1)
 */
public record GibbsSampling(Integer flips, Double temperature) implements CyclicSampler {
  private static final String STATE = "state";
  private static final String ENERGY = "energyOfState";

  /** Fills in defaults and rejects invalid values. */
  public GibbsSampling {
    flips = requireNonNullElse(flips, 16);
    temperature = requireNonNullElse(temperature, 1.0);
    if (flips < 1) {
      throw SettingException.of("flips", flips, "at least 1");
    }
    if (!(temperature > 0) || temperature.isInfinite()) {
      throw SettingException.of("temperature", temperature, "a positive number");
    }
  }

  @Override
  public boolean movesBinary() {
    return true;
  }

  @Override
  public int stepsPerSample() {
    return flips + 1;
  }

  @Override
  public List<Slot> slots() {
    return List.of(Slot.likeValue(STATE), new Slot(ENERGY, Extent.PREDICTION, 0), PHASE);
  }

  @Override
  public Update move(Inputs s) {
    Phase phase = phase(s);
    Tensor first = phase.isFirst();
    Tensor last = phase.isLast();
    Tensor rise = s.energyOfValue().minus(s.slot(ENERGY));
    Tensor flipped = s.random().uniform(0, rise.shape()).less(sigmoid(rise.divide(-temperature)));
    Tensor kept = select(flipped, s.value(), s.slot(STATE));
    Tensor state = select(first, s.value(), kept);
    Tensor energy =
        select(first, s.energyOfValue(), select(flipped, s.energyOfValue(), s.slot(ENERGY)));
    Tensor proposed = state.times(one(s).times(-2).plus(1));
    return new Update(
        select(last, state, proposed),
        Map.of(STATE, state, ENERGY, energy, PHASE.name(), phase.next()));
  }

  /** Returns 1 at one random element of each prediction, and 0 at the others. */
  private static Tensor one(Inputs s) {
    Shape shape = s.value().shape();
    Shape predictions = shape.slice(0, s.leading());
    int elements = shape.elements() / Math.max(1, predictions.elements());
    Tensor uniform = s.random().uniform(1, predictions.plus(elements));
    return oneHot(argMax(uniform), elements).reshape(shape);
  }
}

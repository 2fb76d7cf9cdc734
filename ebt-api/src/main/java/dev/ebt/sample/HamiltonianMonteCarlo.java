package dev.ebt.sample;

import static dev.ebt.tensor.Functions.exp;
import static dev.ebt.tensor.Functions.select;
import static java.util.Objects.requireNonNullElse;

import dev.ebt.error.SettingException;
import dev.ebt.tensor.Tensor;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Hamiltonian Monte Carlo (Duane et al., 1987; Neal, arXiv 1206.1901) with L leapfrog steps of size
 * α, each a step of thinking, and one more to accept or reject:
 *
 * <pre>
 * p ~ N(0, mT);  H = E + |p|²/2m
 * p ← p − ½α ∂E/∂y;  y ← y + αp/m;  p ← p − α ∂E/∂y;  …;  p ← p − ½α ∂E/∂y
 * accept with probability min(1, e^((H before − H after)/T)), else go back
 * </pre>
 *
 * <p>Samples are exact for any step; too large ones are never accepted. Candidates are samples
 * after multiples of L + 1 steps.
 *
 * @param leapfrogSteps L (4)
 * @param mass m (1)
 * @param temperature T; 1 samples from e^−E (1)
 */
public record HamiltonianMonteCarlo(Integer leapfrogSteps, Double mass, Double temperature)
    implements CyclicSampler {
  private static final String START = "start";
  private static final String MOMENTUM = "momentum";
  private static final String HAMILTONIAN = "hamiltonian";

  /** Fills in defaults and rejects invalid values. */
  public HamiltonianMonteCarlo {
    leapfrogSteps = requireNonNullElse(leapfrogSteps, 4);
    mass = requireNonNullElse(mass, 1.0);
    temperature = requireNonNullElse(temperature, 1.0);
    if (leapfrogSteps < 1) {
      throw SettingException.of("leapfrogSteps", leapfrogSteps, "at least 1");
    }
    if (!(mass > 0) || mass.isInfinite()) {
      throw SettingException.of("mass", mass, "a positive number");
    }
    if (!(temperature > 0) || temperature.isInfinite()) {
      throw SettingException.of("temperature", temperature, "a positive number");
    }
  }

  @Override
  public int stepsPerSample() {
    return leapfrogSteps + 1;
  }

  @Override
  public List<Slot> slots() {
    return List.of(
        Slot.likeValue(START),
        Slot.likeValue(MOMENTUM),
        new Slot(HAMILTONIAN, Extent.PREDICTION, 0),
        PHASE);
  }

  @Override
  public Update move(Inputs s) {
    Phase phase = phase(s);
    Tensor first = phase.isFirst();
    Tensor last = phase.isLast();
    Tensor drawn = s.random().normal(0, s.value().shape()).times(Math.sqrt(mass * temperature));
    Tensor before = select(first, drawn, s.slot(MOMENTUM));
    Tensor half = s.stepSize().times(s.gradient()).times(0.5);
    Tensor kicked = before.minus(half);
    // The half kicks of two leapfrog steps are one; a move begins and ends with a half.
    Tensor momentum = select(first, kicked, kicked.minus(half));
    Tensor start = select(first, s.value(), s.slot(START));
    Tensor hamiltonian = select(first, hamiltonian(s, drawn), s.slot(HAMILTONIAN));
    Tensor gain = hamiltonian.minus(hamiltonian(s, kicked)).divide(temperature);
    Tensor accepted = s.random().uniform(1, gain.shape()).less(exp(gain));
    Tensor moved = s.value().plus(s.stepSize().times(momentum).divide(mass));
    return new Update(
        select(last, select(accepted, s.value(), start), moved),
        Map.of(
            START,
            start,
            MOMENTUM,
            momentum,
            HAMILTONIAN,
            hamiltonian,
            PHASE.name(),
            phase.next()));
  }

  private Tensor hamiltonian(Inputs s, Tensor momentum) {
    int[] elements = IntStream.range(s.leading(), s.value().shape().rank()).toArray();
    return s.energyOfValue().plus(momentum.square().sumKeeping(elements).divide(2 * mass));
  }
}

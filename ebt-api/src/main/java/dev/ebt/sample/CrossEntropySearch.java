package dev.ebt.sample;

import static dev.ebt.tensor.Functions.select;
import static dev.ebt.tensor.Functions.sqrt;
import static java.util.Objects.requireNonNullElse;

import dev.ebt.error.SettingException;
import dev.ebt.tensor.Tensor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Search by the cross-entropy method (Rubinstein, 1999), for energies without useful gradients: it
 * uses none. A generation of candidates is drawn one by one from a normal distribution, which is
 * then fitted to the best of them,
 *
 * <pre>
 * y ~ N(μ, σ²)      μ' ← mean of the m lowest,  σ² ← mean of (y − μ)² of these
 * </pre>
 *
 * <p>Deviations are from the former μ, not from the new one, which would let σ shrink before the
 * minimum is reached (Hansen, "The CMA evolution strategy", arXiv 1604.00772, section 3.1). The
 * first generation has the initial candidate as μ and the step size α as σ. Each step of thinking
 * evaluates one candidate; after a generation the candidate is the best of it, which also belongs
 * to the next one.
 *
 * @param population candidates of a generation (16)
 * @param elites m, below the population (4)
 */
public record CrossEntropySearch(Integer population, Integer elites) implements CyclicSampler {
  private static final String MEAN = "mean";
  private static final String SPREAD = "spread";
  private static final String ELITE = "elite";
  private static final String ENERGY = "energy";

  /** The energy of an elite before there is one. */
  private static final double NONE = 1e30;

  /** Fills in defaults and rejects invalid values. */
  public CrossEntropySearch {
    population = requireNonNullElse(population, 16);
    elites = requireNonNullElse(elites, 4);
    if (elites < 2) {
      throw SettingException.of("elites", elites, "at least 2");
    }
    if (population <= elites) {
      throw SettingException.of("population", population, "more than elites (" + elites + ")");
    }
  }

  @Override
  public int stepsPerSample() {
    return population;
  }

  @Override
  public List<Slot> slots() {
    List<Slot> slots = new ArrayList<>();
    slots.add(Slot.likeValue(MEAN));
    slots.add(Slot.likeValue(SPREAD));
    slots.add(PHASE);
    for (int i = 0; i < elites; i++) {
      slots.add(Slot.likeValue(ELITE + i));
      slots.add(new Slot(ENERGY + i, Extent.PREDICTION, NONE));
    }
    return slots;
  }

  @Override
  public Update move(Inputs s) {
    Phase phase = phase(s);
    Tensor last = phase.isLast();
    Tensor beginning = s.step().less(Tensor.constant(1.5));
    Map<String, Tensor> next = new HashMap<>();
    List<Tensor> best = new ArrayList<>();
    Tensor value = s.value();
    Tensor energy = s.energyOfValue();
    for (int i = 0; i < elites; i++) { // Inserts the candidate into the sorted elites.
      Tensor lower = energy.less(s.slot(ENERGY + i));
      best.add(select(lower, value, s.slot(ELITE + i)));
      Tensor lowest = select(lower, energy, s.slot(ENERGY + i));
      value = select(lower, s.slot(ELITE + i), value);
      energy = select(lower, s.slot(ENERGY + i), energy);
      next.put(ELITE + i, best.get(i));
      next.put(ENERGY + i, select(last, Tensor.constant(NONE), lowest));
    }
    Tensor mean = best.stream().reduce(Tensor::plus).orElseThrow().divide(elites);
    Tensor before = select(beginning, s.value(), s.slot(MEAN));
    Tensor squares =
        best.stream().map(y -> y.minus(before).square()).reduce(Tensor::plus).orElseThrow();
    Tensor size = s.stepSize().broadcastTo(s.value().shape());
    Tensor around = select(last, mean, before);
    Tensor spread =
        select(last, sqrt(squares.divide(elites)), select(beginning, size, s.slot(SPREAD)));
    Tensor drawn = around.plus(spread.times(s.random().normal(0, s.value().shape())));
    next.put(MEAN, around);
    next.put(SPREAD, spread);
    next.put(PHASE.name(), phase.next());
    return new Update(select(last, best.get(0), drawn), next);
  }
}

package dev.ebt.run;

import dev.ebt.error.UserException;
import dev.ebt.modality.Batch;
import dev.ebt.modality.KnownDensity;
import dev.ebt.sample.ChainStatistics;
import dev.ebt.tensor.Array;
import dev.ebt.think.Thinker;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Chains of samples from the energy of a model by its sampler, {@code thinking.optimizer}, and what
 * they are worth.
 */
public final class SamplingJob {
  /** The most elements of a candidate with statistics: with more, evenly spaced ones are taken. */
  private static final int ELEMENTS = 256;

  private final RunParts parts;
  private final SamplingRequest request;
  private final Map<String, Array> context;

  /**
   * Statistics of one element of the candidates.
   *
   * @param element in row-major order, from 0
   */
  public record ElementStatistics(int element, ChainStatistics statistics) {}

  /**
   * What was found.
   *
   * @param steps of thinking that each chain took
   * @param acceptance the share of the moves that were accepted; empty for a sampler that does not
   *     reject
   * @param energy statistics of the energy
   * @param elements statistics of the elements
   * @param logPartition the estimate of ln Z and its standard error, if requested
   * @param known what is known of the density of the data
   */
  public record Results(
      int steps,
      OptionalDouble acceptance,
      ChainStatistics energy,
      List<ElementStatistics> elements,
      Optional<LogPartition> logPartition,
      Optional<KnownDensity> known) {}

  /**
   * Creates a job.
   *
   * @throws UserException if the model has no energy, or a sample takes another number of steps
   */
  public SamplingJob(RunParts parts, SamplingRequest request) {
    if (!parts.thinks()) {
      throw new UserException(
          "sampling follows an energy, and model '"
              + parts.model().description()
              + "' has none; a run of an energy model expected");
    }
    this.parts = parts;
    this.request = request;
    Batch first = parts.dataset().validation().batch(new int[request.chains()]);
    this.context = new HashMap<>(first.context());
    parts.thinking().checkSteps(every());
  }

  private int every() {
    return request.every() == 0 ? parts.thinking().optimizer().stepsPerSample() : request.every();
  }

  /** Runs the chains, and the estimate of ln Z if there is to be one. */
  public Results run() {
    int perMove = parts.thinking().optimizer().stepsPerSample();
    List<double[]> energies = new ArrayList<>();
    List<double[]> samples = new ArrayList<>();
    long moves = 0;
    long moved = 0;
    try (Thinker thinker = parts.thinker(request.chains())) {
      thinker.observe(context);
      thinker.begin(request.seed());
      double[] last = thinker.candidate().doubles().clone();
      for (int sample = -request.warmUp(); sample < request.samples(); sample++) {
        for (int step = 1; step <= every(); step++) {
          thinker.step();
          if (perMove > 1 && step % perMove == 0) {
            double[] now = thinker.candidate().doubles().clone();
            moves += request.chains();
            moved += different(last, now);
            last = now;
          }
        }
        if (sample >= 0) {
          samples.add(LostChains.check(parts, thinker.candidate().doubles().clone()));
          energies.add(perChain(thinker.energy().doubles()));
        }
      }
    }
    if (perMove > 1 && moved == 0) {
      throw new UserException(
          String.format(
              Locale.ROOT,
              "none of %,d moves was accepted: %s",
              moves,
              SamplerWarning.smallerStep(parts)));
    }
    return new Results(
        (request.warmUp() + request.samples()) * every(),
        perMove > 1 ? OptionalDouble.of((double) moved / moves) : OptionalDouble.empty(),
        statistics(energies, 1, 0),
        elements(samples),
        request.annealing() == 0
            ? Optional.empty()
            : Optional.of(new AnnealedImportanceSampling(parts, request, context).estimate()),
        parts.dataset().knownDensity());
  }

  /** Returns the number of chains whose candidates differ. */
  private long different(double[] before, double[] after) {
    int size = before.length / request.chains();
    long count = 0;
    for (int chain = 0; chain < request.chains(); chain++) {
      int from = chain * size;
      count += Arrays.equals(before, from, from + size, after, from, from + size) ? 0 : 1;
    }
    return count;
  }

  /** Returns the sum over the predictions of each chain. */
  private double[] perChain(double[] energies) {
    int each = energies.length / request.chains();
    double[] sums = new double[request.chains()];
    for (int i = 0; i < energies.length; i++) {
      sums[i / each] += energies[i];
    }
    return sums;
  }

  private List<ElementStatistics> elements(List<double[]> samples) {
    int size = samples.get(0).length / request.chains();
    int count = Math.min(size, ELEMENTS);
    List<ElementStatistics> all = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int element = (int) ((long) i * size / count);
      all.add(new ElementStatistics(element, statistics(samples, size, element)));
    }
    return all;
  }

  private ChainStatistics statistics(List<double[]> samples, int size, int element) {
    double[][] chains = new double[request.chains()][samples.size()];
    for (int chain = 0; chain < chains.length; chain++) {
      for (int i = 0; i < samples.size(); i++) {
        chains[chain][i] = samples.get(i)[chain * size + element];
      }
    }
    return ChainStatistics.of(chains);
  }
}

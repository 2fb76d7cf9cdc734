package dev.ebt.run;

import dev.ebt.tensor.Array;
import dev.ebt.tensor.Philox;
import dev.ebt.tensor.Shape;
import dev.ebt.think.Thinker;
import java.util.Arrays;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * An estimate of ln Z = ln ∫ e^−E(y) dy by annealed importance sampling (Neal, arXiv
 * physics/9803008): candidates of a distribution whose Z is known are led to that of the model over
 * intermediate ones,
 *
 * <pre>
 * E_β = (1 − β) E₀ + β E       ln w = Σ (β_t − β_t−1) (E₀ − E)(y_t−1)
 * ln Z ≈ ln Z₀ + ln mean w
 * </pre>
 *
 * <p>with a Metropolis move of each candidate on E_β after each β, which needs energies only. E₀ is
 * |y|²/2s²; for binary candidates it is 0, and a move flips one element.
 */
final class AnnealedImportanceSampling {
  /** Random numbers apart from those of thinking. */
  private static final long STREAM = 1L << 58;

  /** The acceptance that the size of moves is adapted to. */
  private static final double WANTED = 0.3;

  private static final double ADAPTATION = 0.05;

  /** Moves after each β. */
  private static final int MOVES = 2;

  private final RunParts parts;
  private final SamplingRequest request;
  private final Map<String, Array> context;
  private final Shape shape;
  private final int size;
  private final boolean binary;
  private final RandomGenerator random;

  AnnealedImportanceSampling(RunParts parts, SamplingRequest request, Map<String, Array> context) {
    this.parts = parts;
    this.request = request;
    this.context = context;
    Shape candidate = parts.modality().candidate();
    this.shape = Shape.of(request.chains()).plus(candidate.toIntArray());
    this.size = candidate.elements();
    this.binary = parts.modality().isBinary();
    this.random = Philox.generator(request.seed(), STREAM);
  }

  /** Candidates with their energies, one of each for each chain. */
  private record State(double[] candidates, double[] energies, double[] initial) {}

  LogPartition estimate() {
    int chains = request.chains();
    double[] logWeights = new double[chains];
    double spread = binary ? 1 : request.spread() / Math.sqrt(size);
    long accepted = 0;
    try (Thinker thinker = parts.thinker(chains)) {
      thinker.observe(context);
      State state = state(thinker, initial());
      for (int t = 1; t <= request.annealing(); t++) {
        double beta = beta(t);
        double rise = beta - beta(t - 1);
        for (int i = 0; i < chains; i++) {
          logWeights[i] += rise * (state.initial[i] - state.energies[i]);
        }
        for (int move = 0; move < MOVES; move++) {
          int count = move(thinker, state, beta, spread);
          accepted += count;
          spread *= Math.exp(ADAPTATION * ((double) count / chains - WANTED));
        }
      }
    }
    return estimate(logWeights, (double) accepted / chains / request.annealing() / MOVES);
  }

  /** Returns a β of the schedule, which is finer where few candidates fit the energy yet. */
  private double beta(int t) {
    double share = (double) t / request.annealing();
    return share * share;
  }

  private double[] initial() {
    double[] candidates = new double[request.chains() * size];
    Arrays.setAll(
        candidates,
        i -> binary ? (random.nextBoolean() ? 1 : -1) : request.spread() * random.nextGaussian());
    return candidates;
  }

  /** Moves every candidate once, and returns how many moves were accepted. */
  private int move(Thinker thinker, State state, double beta, double spread) {
    double[] proposed = state.candidates.clone();
    for (int chain = 0; chain < request.chains(); chain++) {
      if (binary) {
        proposed[chain * size + random.nextInt(size)] *= -1;
      } else {
        for (int k = 0; k < size; k++) {
          proposed[chain * size + k] += spread * random.nextGaussian();
        }
      }
    }
    State next = state(thinker, proposed);
    int accepted = 0;
    for (int chain = 0; chain < request.chains(); chain++) {
      double fall =
          (1 - beta) * (state.initial[chain] - next.initial[chain])
              + beta * (state.energies[chain] - next.energies[chain]);
      if (Math.log(1 - random.nextDouble()) < fall) {
        System.arraycopy(proposed, chain * size, state.candidates, chain * size, size);
        state.energies[chain] = next.energies[chain];
        state.initial[chain] = next.initial[chain];
        accepted++;
      }
    }
    return accepted;
  }

  private State state(Thinker thinker, double[] candidates) {
    thinker.begin(Array.of(shape, candidates));
    thinker.endThinking(Math.max(1, parts.steps().taken()));
    double[] found = thinker.energy().doubles();
    int each = found.length / request.chains();
    double[] energies = new double[request.chains()];
    double[] initial = new double[request.chains()];
    for (int i = 0; i < found.length; i++) {
      energies[i / each] += found[i];
    }
    if (!binary) {
      for (int i = 0; i < candidates.length; i++) {
        initial[i / size] +=
            candidates[i] * candidates[i] / (2 * request.spread() * request.spread());
      }
    }
    return new State(candidates, energies, initial);
  }

  private LogPartition estimate(double[] logWeights, double acceptance) {
    double largest = Arrays.stream(logWeights).max().orElseThrow();
    double[] weights = Arrays.stream(logWeights).map(w -> Math.exp(w - largest)).toArray();
    double mean = Arrays.stream(weights).average().orElseThrow();
    double variance =
        Arrays.stream(weights).map(w -> (w / mean - 1) * (w / mean - 1)).sum()
            / (weights.length - 1);
    double initial =
        binary
            ? size * Math.log(2)
            : size * (0.5 * Math.log(2 * Math.PI) + Math.log(request.spread()));
    return new LogPartition(
        initial + largest + Math.log(mean), Math.sqrt(variance / weights.length), acceptance);
  }
}

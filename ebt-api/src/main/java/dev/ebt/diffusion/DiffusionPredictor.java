package dev.ebt.diffusion;

import dev.ebt.backend.Backend;
import dev.ebt.backend.Executable;
import dev.ebt.backend.ThreadGuard;
import dev.ebt.backend.VariableScope;
import dev.ebt.diffusion.SamplerSettings.Sampler;
import dev.ebt.energy.DenoisingModel;
import dev.ebt.modality.DiffusionModality;
import dev.ebt.modality.FeatureSpec;
import dev.ebt.modality.Modality;
import dev.ebt.nn.Parameters;
import dev.ebt.predict.CandidateMetrics;
import dev.ebt.predict.Interruption;
import dev.ebt.predict.Predictor;
import dev.ebt.tensor.Array;
import dev.ebt.tensor.ElementType;
import dev.ebt.tensor.Functions;
import dev.ebt.tensor.NamedTensors;
import dev.ebt.tensor.Program;
import dev.ebt.tensor.Shape;
import dev.ebt.tensor.ShapeException;
import dev.ebt.tensor.Tensor;
import dev.ebt.tensor.Variable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A predictor that samples candidates from a diffusion model by the reverse process. A step is one
 * evaluation of the network: n steps visit n times, evenly spaced from that of the initial
 * candidate down to 0.
 */
public final class DiffusionPredictor implements Predictor {
  private static final String KEY = "key";
  private static final String TIMES = "times";
  private static final String MOVING = "moving";

  private final ThreadGuard guard = new ThreadGuard(DiffusionPredictor.class);
  private final Backend backend;
  private final VariableScope scope;
  private final DiffusionModality modality;
  private final SamplerSettings sampling;
  private final int rows;
  private final Variable candidate;
  private final DenoisingFunction denoiser;
  private final NamedTensors inputs;
  private final Programs together;
  private final CandidateMetrics assess;
  private @Nullable Programs each;
  private Map<String, Array> context = Map.of();
  private long[] seeds = {0};
  private int taken;

  /** The programs with one random key, or with one for each row. */
  private record Programs(Executable begin, Executable step) {
    void close() {
      begin.close();
      step.close();
    }
  }

  /** Creates a predictor for {@code rows} rows at once. */
  public DiffusionPredictor(
      Backend backend,
      Modality modality,
      DenoisingModel model,
      SamplerSettings sampling,
      int rows) {
    this.denoiser = DenoisingFunction.of(modality, model, new Parameters());
    this.backend = backend;
    this.scope = backend.scope("sampler");
    this.modality = denoiser.modality();
    this.sampling = sampling;
    this.rows = rows;
    Shape shape = Shape.of(rows).plus(modality.candidate().toIntArray());
    this.candidate = scope.real("candidate", shape);
    Map<String, Tensor> features = new LinkedHashMap<>();
    for (FeatureSpec feature : modality.context()) {
      features.put(feature.name(), feature.input(rows));
    }
    this.inputs = NamedTensors.of(features);
    this.together = programs(Shape.of(2));
    this.assess = new CandidateMetrics(backend, modality, candidate);
  }

  private Programs programs(Shape keys) {
    Tensor key = Tensor.input(KEY, keys, ElementType.INTEGER);
    Program begin =
        Program.named("begin")
            .update(candidate, modality.initialCandidate(inputs, key, candidate.shape()))
            .build();
    return new Programs(backend.compile(begin), backend.compile(step(key)));
  }

  /** Returns the programs for the seeds that were given last. */
  private Programs programs() {
    if (seeds.length == 1) {
      return together;
    }
    Programs known = each;
    if (known == null) {
      known = programs(Shape.of(rows, 2));
      each = known;
    }
    return known;
  }

  /**
   * Returns the program of one evaluation and the denoising step, for the rows that have not
   * finished.
   */
  private Program step(Tensor key) {
    Tensor times = Tensor.input(TIMES, Shape.of(rows), ElementType.INTEGER);
    Tensor noisy = candidate.read();
    DenoisingStep move = denoiser.move(noisy, times, inputs, ReverseStepCoefficient.inputs(rows));
    Tensor moved =
        sampling.sampler() == Sampler.DDIM
            ? move.implied(sampling.clip())
            : move.drawn(sampling.clip(), Functions.randomNormal(key, 0, noisy.shape()));
    Tensor moving = Tensor.input(MOVING, Shape.of(rows), ElementType.REAL);
    int[] ones = noisy.shape().toIntArray();
    java.util.Arrays.fill(ones, 1, ones.length, 1);
    Tensor goes = moving.reshape(ones).greaterOrEqual(Tensor.constant(0.5));
    return Program.named("denoise").update(candidate, Functions.select(goes, moved, noisy)).build();
  }

  @Override
  public boolean candidatesDiffer() {
    return modality.startsDiffer();
  }

  @Override
  public int evaluations(int steps) {
    return steps;
  }

  @Override
  public void check(int steps) {
    sampling.check(steps, modality.latestTime() + 1);
  }

  @Override
  public void observe(Map<String, Array> features) {
    try (ThreadGuard.Use use = guard.claim()) {
      context = features;
    }
  }

  @Override
  public void begin(long withSeed) {
    try (ThreadGuard.Use use = guard.enterClaimed()) {
      seeds = new long[] {withSeed};
      begin();
    }
  }

  @Override
  public boolean seedsEachRow() {
    return true;
  }

  @Override
  public void beginEach(Array withSeeds) {
    try (ThreadGuard.Use use = guard.enterClaimed()) {
      if (!withSeeds.shape().equals(Shape.of(rows))) {
        throw new ShapeException("seeds", Shape.of(rows) + " expected, found " + withSeeds.shape());
      }
      seeds = withSeeds.longs().clone();
      begin();
    }
  }

  private void begin() {
    taken = 0;
    Map<String, Array> values = new HashMap<>(context);
    values.put(KEY, key(0));
    programs().begin().run(values);
  }

  /** Starts over: with another number of evaluations each of them is at another time. */
  @Override
  public void reach(int steps, double tolerance) {
    check(steps);
    try (ThreadGuard.Use use = guard.enterClaimed()) {
      if (taken != steps) {
        advance(steps);
      }
    }
  }

  private void advance(int steps) {
    begin();
    List<Trajectory> trajectories = new ArrayList<>();
    for (long time : modality.times(context, rows)) {
      trajectories.add(new Trajectory((int) time, steps / sampling.passes()));
    }
    for (; taken < steps; taken++) {
      Interruption.check();
      int number = taken % (steps / sampling.passes());
      List<ReverseStep> moves = trajectories.stream().map(row -> row.move(number)).toList();
      Map<String, Array> values = new HashMap<>(context);
      values.putAll(ReverseStepCoefficient.values(moves));
      values.put(
          TIMES, Array.of(Shape.of(rows), moves.stream().mapToLong(ReverseStep::time).toArray()));
      values.put(
          MOVING,
          Array.of(
              Shape.of(rows),
              trajectories.stream().mapToDouble(row -> number < row.moves() ? 1 : 0).toArray()));
      values.put(KEY, key(taken + 1));
      programs().step().run(values);
    }
  }

  /**
   * The trajectory of one row: steps evenly spaced over its times.
   *
   * @param start the initial time
   * @param moves number of steps, limited to the number of times; after them the row has finished
   */
  private record Trajectory(int start, int moves) {
    Trajectory {
      moves = Math.min(moves, start + 1);
    }

    private int time(int number) {
      if (number >= moves) {
        return -1;
      }
      return moves == 1
          ? start
          : (int) Math.round((double) start * (moves - 1 - number) / (moves - 1));
    }

    /**
     * Returns the step with the given number, from 0; for a row that has finished, its last one.
     */
    ReverseStep move(int number) {
      int within = Math.min(number, moves - 1);
      return new ReverseStep(time(within), time(within + 1));
    }
  }

  /** Returns the random key, [2], or that of each row, [rows, 2]. */
  private Array key(long number) {
    long[] keys = new long[2 * seeds.length];
    for (int i = 0; i < seeds.length; i++) {
      keys[2 * i] = seeds[i];
      keys[2 * i + 1] = number;
    }
    return Array.of(seeds.length == 1 ? Shape.of(2) : Shape.of(rows, 2), keys);
  }

  @Override
  public Array candidate() {
    try (ThreadGuard.Use use = guard.enterClaimed()) {
      return backend.read(candidate);
    }
  }

  @Override
  public Variable candidates() {
    return candidate;
  }

  @Override
  public Map<String, Array> assess(String targetName, Array target) {
    try (ThreadGuard.Use use = guard.enterClaimed()) {
      return assess.of(targetName, target);
    }
  }

  @Override
  public void close() {
    try (ThreadGuard.Use use = guard.enter()) {
      together.close();
      if (each != null) {
        each.close();
      }
      assess.close();
      scope.close();
    }
  }
}

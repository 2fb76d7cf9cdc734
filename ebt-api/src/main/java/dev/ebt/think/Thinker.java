package dev.ebt.think;

import static dev.ebt.tensor.Functions.absolute;
import static dev.ebt.tensor.Functions.real;
import static dev.ebt.tensor.Functions.select;

import dev.ebt.backend.Backend;
import dev.ebt.backend.Executable;
import dev.ebt.energy.EnergyFunction;
import dev.ebt.energy.EnergyModel;
import dev.ebt.energy.SequenceEnergyModel;
import dev.ebt.modality.Feature;
import dev.ebt.modality.Modality;
import dev.ebt.nn.Parameters;
import dev.ebt.regularize.Regularizer;
import dev.ebt.tensor.Array;
import dev.ebt.tensor.ElementType;
import dev.ebt.tensor.NamedTensors;
import dev.ebt.tensor.Op;
import dev.ebt.tensor.Program;
import dev.ebt.tensor.Shape;
import dev.ebt.tensor.Tensor;
import dev.ebt.tensor.Variable;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Thinks: walks candidates downhill in the energy of a trained model, step by step, for as long as
 * its caller likes. Four programs of fixed shape are compiled once: <i>observe</i> (all that no
 * candidate can change), <i>begin</i> (the initial candidate), <i>step</i> and <i>assess</i>; with
 * regularizers, a first step of its own. Observations and candidates stay on the backend between
 * them; a step brings only energies to the host.
 *
 * <pre>{@code
 * thinker.observe(context);
 * thinker.begin(seed);
 * for (int i = 0; i < 4; i++) {
 *   thinker.step();
 * }
 * Array better = thinker.candidate();
 * }</pre>
 */
public final class Thinker implements AutoCloseable {
  private static final AtomicLong NUMBERS = new AtomicLong();
  private static final String KEY = "key";
  private static final String BEGIN_KEY = "beginKey";
  private static final String LANDSCAPE = "landscape";
  private static final String POSITIONS = "positions";
  private static final String TOLERANCE = "tolerance";
  private static final double NEVER = 1e30;

  private final Backend backend;
  private final Thinking thinking;
  private final String prefix = "thinker." + NUMBERS.incrementAndGet() + ".";
  private final Variable candidate;
  private final Variable energy;
  private final Variable moving;
  private final Executable observe;
  private final Executable begin;
  private final Executable firstStep;
  private final Executable step;
  private final Executable score;
  private final Executable assess;
  private final boolean landscapesDiffer;

  private Map<String, Array> context = Map.of();
  private Map<String, Array> control = Map.of();
  private int observedLandscape = -1;
  private int stepsTaken;
  private long seed;

  /** Thinks about all predictions of {@code rows} rows at once. */
  public Thinker(
      Backend backend,
      Modality modality,
      EnergyModel model,
      Thinking thinking,
      List<Regularizer> regularizers,
      int rows) {
    this(backend, modality, model, thinking, regularizers, rows, 0);
  }

  /** Thinks about {@code count} chosen positions of each row only: see {@link #focus}. */
  public static Thinker focused(
      Backend backend,
      Modality modality,
      SequenceEnergyModel model,
      Thinking thinking,
      List<Regularizer> regularizers,
      int rows,
      int count) {
    return new Thinker(backend, modality, model, thinking, regularizers, rows, count);
  }

  private Thinker(
      Backend backend,
      Modality modality,
      EnergyModel model,
      Thinking thinking,
      List<Regularizer> regularizers,
      int rows,
      int focus) {
    this.backend = backend;
    this.thinking = thinking;
    EnergyFunction function = new EnergyFunction(modality, model, new Parameters());
    List<Regularizer> active = regularizers.stream().filter(Regularizer::inEvaluation).toList();
    ThinkingStep thinkingStep = new ThinkingStep(function, thinking, active);
    Map<String, Tensor> inputs = new LinkedHashMap<>();
    for (Feature feature : modality.context()) {
      inputs.put(feature.name(), feature.input(rows));
    }
    NamedTensors features = NamedTensors.of(inputs);
    Tensor landscape = Tensor.input(LANDSCAPE, Shape.scalar(), ElementType.INTEGER);
    Tensor key = Tensor.input(KEY, Shape.of(2), ElementType.INTEGER);

    NamedTensors fresh = function.observe(features, landscape);
    Program observing = keeping(fresh);
    NamedTensors observed = fresh.map(this::resident);
    if (focus > 0) {
      Tensor positions = Tensor.input(POSITIONS, Shape.of(focus), ElementType.INTEGER);
      observed = ((SequenceEnergyModel) model).focus(observed, positions);
    }
    Shape full = Shape.of(rows).plus(modality.candidate().toIntArray());
    Shape shape = focus > 0 ? full.with(1, focus) : full;
    Shape predictions = shape.slice(0, 1 + modality.predictions().rank());
    this.candidate = Variable.real(prefix + "candidate", shape);
    this.energy = Variable.real(prefix + "energy", predictions);
    this.moving = Variable.real(prefix + "moving", predictions);
    Program stepping = stepping(thinkingStep, observed, landscape, key, predictions, 1);
    Program first = stepping(thinkingStep, observed, landscape, key, predictions, 0);
    Tensor initial = modality.initialCandidate(features, key, shape);
    this.observe = backend.compile(observing);
    this.begin = backend.compile(beginning(initial, predictions));
    this.step = backend.compile(stepping);
    this.firstStep = active.isEmpty() ? step : backend.compile(first);
    this.score =
        backend.compile(
            Program.named("score")
                .output(
                    "energy",
                    function.energy(observed, modality.digest(candidate.read()), landscape))
                .build());
    this.assess = backend.compile(assessing(modality, shape));
    this.landscapesDiffer = observing.inputs().containsKey(LANDSCAPE);
  }

  private Program keeping(NamedTensors fresh) {
    Program.Builder program = Program.named("observe");
    fresh
        .toMap()
        .forEach(
            (name, tensor) -> {
              if (!(tensor.op() instanceof Op.Constant)) {
                program.update(variable(name, tensor), tensor);
              }
            });
    return program.build();
  }

  private Tensor resident(String name, Tensor tensor) {
    return tensor.op() instanceof Op.Constant ? tensor : variable(name, tensor).read();
  }

  private Variable variable(String name, Tensor tensor) {
    return new Variable(prefix + "observed." + name, tensor.shape(), tensor.type());
  }

  private Program beginning(Tensor initial, Shape predictions) {
    return Program.named("begin")
        .update(candidate, initial)
        .update(energy, Tensor.filled(predictions, NEVER))
        .update(moving, Tensor.filled(predictions, 1))
        .build();
  }

  /**
   * A step that leaves alone every prediction whose energy has settled: each stops by itself. Of
   * {@code number}, regularizers learn only whether it is the first step, 0, or a later one, 1.
   */
  private Program stepping(
      ThinkingStep thinkingStep,
      NamedTensors observed,
      Tensor landscape,
      Tensor key,
      Shape predictions,
      int number) {
    Tensor beginKey = Tensor.input(BEGIN_KEY, Shape.of(2), ElementType.INTEGER);
    Tensor scale = Tensor.input("stepSizeScale", Shape.scalar(), ElementType.REAL);
    Tensor sizes = thinkingStep.stepSizes(predictions, beginKey).times(scale);
    ThinkingStep.Thought thought =
        thinkingStep.take(observed, candidate.read(), landscape, sizes, number, key);
    Tensor tolerance = Tensor.input(TOLERANCE, Shape.scalar(), ElementType.REAL);
    Tensor changed = absolute(thought.energy().minus(energy.read())).greaterOrEqual(tolerance);
    Tensor still = real(changed).times(moving.read());
    int[] inner = new int[candidate.shape().rank() - predictions.rank()];
    java.util.Arrays.fill(inner, 1);
    Tensor goes = still.reshape(predictions.plus(inner)).greaterOrEqual(Tensor.constant(0.5));
    return Program.named("step")
        .output("energy", thought.energy())
        .output("moving", still.sum())
        .update(candidate, select(goes, thought.candidate(), candidate.read()))
        .update(energy, thought.energy())
        .update(moving, still)
        .build();
  }

  private Program assessing(Modality modality, Shape shape) {
    Feature target = modality.target();
    int rows = shape.size(0);
    Shape targetShape =
        modality.predictions().rank() > 0
            ? target.shape(rows).with(1, shape.size(1))
            : target.shape(rows);
    Tensor wanted = Tensor.input(target.name(), targetShape, target.type());
    Program.Builder program =
        Program.named("assess").output("loss", modality.loss(candidate.read(), wanted));
    modality.measures(candidate.read(), wanted).forEach(program::output);
    return program.build();
  }

  /** Takes in a context: the features by name, each [rows, ...]. Thinking begins anew after it. */
  public void observe(Map<String, Array> features) {
    context = features;
    control = Map.of();
    observedLandscape = -1;
  }

  /** Chooses the positions that a focused thinker thinks about, [count]. */
  public void focus(long... positions) {
    control = Map.of(POSITIONS, Array.of(Shape.of(positions.length), positions));
  }

  /** Puts every candidate at its start, drawn with this seed where it is drawn. */
  public void begin(long withSeed) {
    seed = withSeed;
    stepsTaken = 0;
    Map<String, Array> inputs = new HashMap<>(context);
    inputs.put(KEY, key(0));
    begin.run(inputs);
  }

  /** Puts the candidates somewhere. */
  public void begin(Array candidates) {
    begin(0L);
    backend.assign(candidate, candidates);
  }

  /** One step with the model's own step size; every prediction moves. */
  public Array step() {
    return step(1, 0).energy();
  }

  /**
   * One step.
   *
   * @param stepSizeScale factor on the model's step size
   * @param tolerance a prediction whose energy changed by less since the last step stays where it
   *     is from now on; 0 lets all move
   */
  public Step step(double stepSizeScale, double tolerance) {
    int landscape = Math.min(stepsTaken, thinking.landscapes() - 1);
    look(landscape);
    Map<String, Array> inputs = new HashMap<>(control);
    inputs.put(LANDSCAPE, Array.scalar((long) landscape));
    inputs.put(KEY, key(stepsTaken + 1));
    inputs.put(BEGIN_KEY, key(0));
    inputs.put("stepSizeScale", Array.scalar(stepSizeScale));
    inputs.put(TOLERANCE, Array.scalar(tolerance));
    Map<String, Array> outputs = (stepsTaken == 0 ? firstStep : step).run(inputs);
    stepsTaken++;
    return new Step(outputs.get("energy"), (int) Math.round(outputs.get("moving").item()));
  }

  /**
   * What a step found.
   *
   * @param energy of the candidates entering the step, [rows, predictions...]
   * @param moved how many predictions moved
   */
  public record Step(Array energy, int moved) {}

  /**
   * The energy of the candidates as they are, in the landscape last walked, [rows, predictions...].
   */
  public Array energy() {
    int landscape = Math.max(0, Math.min(stepsTaken, thinking.landscapes()) - 1);
    look(landscape);
    Map<String, Array> inputs = new HashMap<>(control);
    inputs.put(LANDSCAPE, Array.scalar((long) landscape));
    return score.run(inputs).get("energy");
  }

  /** The candidates as they are, [rows, candidate...]. */
  public Array candidate() {
    return backend.read(candidate);
  }

  /** Loss and measures of the candidates as they are, by name, each [rows, predictions...]. */
  public Map<String, Array> assess(String targetName, Array target) {
    return assess.run(Map.of(targetName, target));
  }

  /** Observes the context in a landscape, unless that has been done or landscapes are all alike. */
  private void look(int landscape) {
    int wanted = landscapesDiffer ? landscape : 0;
    if (observedLandscape != wanted) {
      Map<String, Array> inputs = new HashMap<>(context);
      inputs.put(LANDSCAPE, Array.scalar((long) wanted));
      observe.run(inputs);
      observedLandscape = wanted;
    }
  }

  private Array key(long number) {
    return Array.of(Shape.of(2), seed, number);
  }

  /** Frees the programs. */
  @Override
  public void close() {
    List.of(observe, begin, step, score, assess).forEach(Executable::close);
    if (firstStep != step) {
      firstStep.close();
    }
  }
}

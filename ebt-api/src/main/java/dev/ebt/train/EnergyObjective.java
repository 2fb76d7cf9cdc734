package dev.ebt.train;

import static dev.ebt.tensor.Functions.stopGradient;
import static java.util.Objects.requireNonNullElse;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.ebt.energy.EnergyFunction;
import dev.ebt.energy.EnergyModel;
import dev.ebt.error.UserException;
import dev.ebt.modality.Modality;
import dev.ebt.tensor.Array;
import dev.ebt.tensor.NamedTensors;
import dev.ebt.tensor.Op;
import dev.ebt.tensor.Shape;
import dev.ebt.tensor.Tensor;
import dev.ebt.think.Thinking;
import dev.ebt.think.ThinkingStep;
import dev.ebt.think.ThinkingStep.Thought;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Learning an energy by the loss of what thinking makes of a poor candidate (arXiv 2507.02092,
 * section 3). The gradient passes through ∂E/∂candidate, so it is of second order.
 *
 * @param steps how many thinking steps; as many as there are landscapes if not given
 * @param lossAt the steps whose result is held against the target
 * @param gradientThrough how far back the loss' gradient follows the candidate
 */
public record EnergyObjective(Integer steps, LossAt lossAt, GradientThrough gradientThrough)
    implements Objective {

  /** The steps whose result is held against the target. */
  public enum LossAt {
    /** Every step; the loss is their mean. */
    @JsonProperty("each")
    EACH,
    /** The last step only. */
    @JsonProperty("last")
    LAST
  }

  /** How far back the loss' gradient follows the candidate. */
  public enum GradientThrough {
    /** Through the one step that made it: the candidate entering a step is a constant. */
    @JsonProperty("step")
    STEP,
    /**
     * Through the last step, and before it through how far steps went but not where to: what
     * published System 2 does with a learnt α. With a fixed one it is the same as {@link #STEP}.
     */
    @JsonProperty("lengths")
    LENGTHS,
    /** Through all steps, back to the initial candidate. */
    @JsonProperty("all")
    ALL
  }

  /** System 1, for fast learning: every step's loss, each through its own step only. */
  public static EnergyObjective system1(Settings settings) {
    return new EnergyObjective(settings.steps(), LossAt.EACH, GradientThrough.STEP);
  }

  /** System 2, for thinking: the last step's loss, through that step only. */
  public static EnergyObjective system2(Settings settings) {
    return new EnergyObjective(settings.steps(), LossAt.LAST, GradientThrough.STEP);
  }

  /** Every step's loss, through the whole trajectory. */
  public static EnergyObjective unrolled(Settings settings) {
    return new EnergyObjective(settings.steps(), LossAt.EACH, GradientThrough.ALL);
  }

  /**
   * What a user may set.
   *
   * @param steps how many thinking steps; as many as there are landscapes if 0 or not given
   */
  public record Settings(Integer steps) {
    /** Refuses a count below 0. */
    public Settings {
      steps = requireNonNullElse(steps, 0);
      if (steps < 0) {
        throw new UserException(
            "objective.steps is " + steps + "; 1 or more expected, or 0 for a step per landscape");
      }
    }
  }

  @Override
  public List<Integer> plan(Thinking thinking) {
    return thinking.plan(steps == 0 ? thinking.landscapes() : steps);
  }

  @Override
  public Lesson lesson(Task task) {
    if (!(task.model() instanceof EnergyModel model)) {
      throw new UserException(
          "this objective teaches energy models; model '%s' is none"
              .formatted(task.model().description()));
    }
    Modality modality = task.modality();
    EnergyFunction energy = new EnergyFunction(modality, model, task.parameters());
    ThinkingStep step = new ThinkingStep(energy, task.thinking(), task.regularizers());
    Shape rows = Shape.of(task.target().shape().size(0));
    Tensor stepSize = step.stepSizes(rows.plus(modality.predictions().toIntArray()), task.key());
    Tensor candidate = leaf(task.initialCandidate());
    boolean differ = energy.landscapesDiffer(task.context());
    Map<Integer, NamedTensors> observed = new HashMap<>();
    List<Thought> thoughts = new ArrayList<>();
    for (int i = 0; i < task.plan().size(); i++) {
      int index = task.plan().get(i);
      Tensor landscape = Tensor.constant(Array.scalar((long) index));
      NamedTensors seen =
          observed.computeIfAbsent(
              differ ? index : 0, m -> energy.observe(task.context(), landscape));
      Tensor entering =
          gradientThrough == GradientThrough.STEP ? stopGradient(candidate) : candidate;
      boolean last = i == task.plan().size() - 1;
      ThinkingStep taken =
          gradientThrough == GradientThrough.LENGTHS && !last ? step.withConstantGradient() : step;
      thoughts.add(taken.take(seen, entering, landscape, stepSize, i, task.key()));
      candidate = thoughts.get(i).candidate();
    }
    return lesson(thoughts, task);
  }

  /** A start that derivatives can be taken for: what is filled in with a constant has none. */
  private static Tensor leaf(Tensor start) {
    return start.op() instanceof Op.Input ? start : stopGradient(start);
  }

  private Lesson lesson(List<Thought> thoughts, Task task) {
    List<Tensor> losses =
        thoughts.stream().map(t -> task.modality().loss(t.candidate(), task.target())).toList();
    Thought first = thoughts.get(0);
    Thought last = thoughts.get(thoughts.size() - 1);
    Tensor lastLoss = losses.get(losses.size() - 1);
    Tensor loss =
        lossAt == LossAt.LAST
            ? lastLoss
            : losses.stream().reduce(Tensor::plus).orElseThrow().divide(losses.size());
    Map<String, Tensor> measures = new LinkedHashMap<>();
    measures.put("firstLoss", losses.get(0));
    measures.put("lastLoss", lastLoss);
    measures.put("firstEnergy", first.energy());
    measures.put("lastEnergy", last.energy());
    return new Lesson(loss, measures, thoughts);
  }
}

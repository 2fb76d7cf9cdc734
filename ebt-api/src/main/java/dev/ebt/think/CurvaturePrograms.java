package dev.ebt.think;

import dev.ebt.energy.EnergyFunction;
import dev.ebt.modality.HeldElements;
import dev.ebt.modality.Modality;
import dev.ebt.optimize.Optimizer;
import dev.ebt.regularize.EnergyAndGradient;
import dev.ebt.step.ThinkingMethod.UpdateRule;
import dev.ebt.step.ThinkingStep;
import dev.ebt.tensor.Array;
import dev.ebt.tensor.ElementType;
import dev.ebt.tensor.Functions;
import dev.ebt.tensor.Gradients;
import dev.ebt.tensor.NamedTensors;
import dev.ebt.tensor.Program;
import dev.ebt.tensor.Shape;
import dev.ebt.tensor.Tensor;
import dev.ebt.tensor.Variable;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The programs of power iteration (von Mises and Pollaczek-Geiringer, 1929) with M = ∂g/∂m, where g
 * is the gradient that a thinking step subtracts and m the tensor that it is subtracted from: w ←
 * (M + s)w / |(M + s)w|. The shift s is 0; or large enough for M + s to have no eigenvalue below 0,
 * so that the iteration ends at the largest one; or so far below 0 that it has none above, and the
 * iteration ends at the smallest.
 *
 * <p>M is the Hessian H of the energy, except for mirror descent: there g is the gradient for the
 * model input p, m the candidate, and M = HJ with J = ∂p/∂m, which is symmetric and has no negative
 * eigenvalue. The estimate ⟨v, Hv⟩ / ⟨w, v⟩ with v = Jw is then as accurate as the Rayleigh
 * quotient of a symmetric matrix.
 *
 * <p>Where a step of {@code MODEL_INPUT} starts again from another model input, as for text, m is
 * the model input, but the step also makes p of the candidate, which damps distances by J. Then M
 * of the whole step is (I − (I − αH)J) / α = I/α + (H − I/α)J, with the estimate 1/α + ⟨v, (H −
 * I/α)v⟩ / ⟨w, v⟩. It is at least 1/α, as J leaves nothing of a direction that all probabilities
 * share.
 *
 * <p>No matrix is ever formed.
 *
 * @param begin draws w
 * @param iterate computes the estimate for w, and the next w
 * @param direction w
 * @param predictions the shape of one number per prediction
 */
record CurvaturePrograms(Program begin, Program iterate, Variable direction, Shape predictions) {
  static final String SHIFT = "shift";
  static final String EIGENVALUE = "eigenvalue";
  static final String STEP_SIZE = "stepSize";

  /** |(M + s)w|, which approaches the largest magnitude of an eigenvalue of M + s. */
  static final String MAGNITUDE = "magnitude";

  /** The lower bound of what is divided by; below it the energy is flat. */
  private static final double NOTHING = 1e-30;

  /** The same for what is left of a direction, which rounding of 32-bit numbers may have left. */
  private static final double ROUNDING = 1e-9;

  private static final Tensor KEY = Tensor.constant(Array.of(Shape.of(2), 0L, 0L));

  /**
   * What the programs read.
   *
   * @param fixed elements of candidates that no step changes
   * @param stepSizes those of the next step
   */
  record Source(
      EnergyFunction function,
      CurvatureMatrix matrix,
      NamedTensors observed,
      Tensor candidate,
      List<HeldElements> fixed,
      Tensor landscape,
      Shape predictions,
      ThinkingStep.StepSizes stepSizes) {
    private Tensor free(Tensor direction) {
      Tensor result = direction;
      for (HeldElements elements : fixed) {
        result = elements.free(result);
      }
      return result;
    }

    /** Returns the inner product of each prediction, which broadcasts to the candidates. */
    private Tensor inner(Tensor one, Tensor other) {
      int[] axes = IntStream.range(predictions.rank(), candidate.shape().rank()).toArray();
      Tensor product = one.times(other);
      return axes.length == 0 ? product : product.sumKeeping(axes);
    }

    private Tensor normalized(Tensor direction) {
      Tensor squared = Functions.maximum(inner(direction, direction), Tensor.constant(NOTHING));
      return direction.divide(Functions.sqrt(squared));
    }

    private Tensor broadcast(Tensor perPrediction) {
      return perPrediction.reshape(Optimizer.perPrediction(candidate.shape(), predictions.rank()));
    }
  }

  static CurvaturePrograms of(Source source) {
    Shape shape = source.candidate().shape();
    Variable direction = Variable.real(source.matrix().variable(), shape);
    Program begin =
        Program.named("curvature.begin")
            .update(
                direction, source.normalized(source.free(Functions.randomNormal(KEY, 0, shape))))
            .build();
    return new CurvaturePrograms(
        begin, iteration(source, direction), direction, source.predictions());
  }

  private static Program iteration(Source source, Variable direction) {
    Modality modality = source.function().modality();
    Tensor candidate = source.candidate();
    Tensor modelInput = modality.toModelInput(candidate);
    Tensor energy = source.function().energy(source.observed(), modelInput, source.landscape());
    UpdateRule rule = source.matrix().rule();
    boolean again = source.matrix().ofSteps() && modelInput != candidate;
    Tensor at = rule == UpdateRule.CANDIDATE ? candidate : modelInput;
    Tensor moved = rule == UpdateRule.MODEL_INPUT && !again ? modelInput : candidate;
    Tensor gradient = Gradients.of(energy, at);
    Tensor stepSize =
        source
            .stepSizes()
            .on(new EnergyAndGradient(energy, at, source.free(gradient)))
            .broadcastTo(source.predictions());
    Tensor w = direction.read();
    Tensor v = at == moved ? w : tangent(at, moved, w);
    Tensor product = source.free(Gradients.of(gradient, v, List.of(at)).get(0));
    Tensor along = source.inner(w, v);
    Tensor curved = source.inner(v, product);
    Tensor eigenvalue;
    if (again) {
      Tensor inverse = Tensor.constant(1).divide(source.broadcast(stepSize));
      Tensor above = curved.minus(source.inner(v, v).times(inverse));
      Tensor quotient = above.divide(Functions.maximum(along, Tensor.constant(ROUNDING)));
      eigenvalue = inverse.plus(Functions.maximum(quotient, Tensor.constant(0)));
      product = product.plus(source.free(w.minus(v)).times(inverse));
    } else {
      eigenvalue = curved.divide(Functions.maximum(along, Tensor.constant(NOTHING)));
    }
    Tensor shift = Tensor.input(SHIFT, source.predictions(), ElementType.REAL);
    Tensor next = product.plus(w.times(source.broadcast(shift)));
    Tensor magnitude = Functions.sqrt(source.inner(next, next));
    return Program.named("curvature.iterate")
        .output(EIGENVALUE, eigenvalue.reshape(source.predictions()))
        .output(MAGNITUDE, magnitude.reshape(source.predictions()))
        .output(STEP_SIZE, stepSize)
        .update(direction, source.normalized(next))
        .build();
  }

  /** Returns (∂y/∂x) w, as the derivative of the linear function z ↦ (∂y/∂x)ᵀ z. */
  private static Tensor tangent(Tensor y, Tensor x, Tensor w) {
    Tensor z = Functions.stopGradient(Tensor.zeros(y.shape()));
    Tensor pulledBack = Gradients.of(y, z, List.of(x)).get(0);
    return Gradients.of(pulledBack, w, List.of(z)).get(0);
  }
}

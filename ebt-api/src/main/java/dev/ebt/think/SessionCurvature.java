package dev.ebt.think;

import dev.ebt.backend.Backend;
import dev.ebt.backend.Executable;
import dev.ebt.backend.UnboundProgram;
import dev.ebt.backend.VariableScope;
import dev.ebt.error.Required;
import dev.ebt.step.ThinkingMethod.UpdateRule;
import dev.ebt.tensor.Array;
import dev.ebt.tensor.Shape;
import dev.ebt.tensor.Variable;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * The curvature of a session's energy around its candidates; each program is bound on first use.
 */
final class SessionCurvature implements AutoCloseable {
  /** The shift relative to a magnitude, which was estimated from below. */
  private static final double MARGIN = 1.25;

  /**
   * The Rayleigh quotient relative to the magnitude, below which directions of both signs are mixed
   * or the dominant eigenvalue is negative.
   */
  private static final double SAME_SIGN = 0.9;

  private final Backend backend;
  private final Function<CurvatureMatrix, Unbound> programs;
  private final VariableScope scope;
  private final List<Map<Variable, Variable>> variables;
  private final Map<CurvatureMatrix, Variable> directions = new HashMap<>();
  private final Map<List<Object>, Executable> bound = new HashMap<>();

  /**
   * The programs without the variables of a session.
   *
   * @param direction the free variable of the directions
   * @param predictions the shape of one number per prediction
   */
  record Unbound(
      UnboundProgram begin, UnboundProgram iterate, Variable direction, Shape predictions) {}

  /**
   * Creates curvature that has bound nothing.
   *
   * @param programs returns the programs of a matrix
   * @param variables the session's variables by the free ones, for each observation that is kept
   */
  SessionCurvature(
      Backend backend,
      Function<CurvatureMatrix, Unbound> programs,
      VariableScope scope,
      List<Map<Variable, Variable>> variables) {
    this.backend = backend;
    this.programs = programs;
    this.scope = scope;
    this.variables = variables;
  }

  /**
   * The programs with the variables of a session.
   *
   * @param direction of the session
   */
  private record Bound(
      Executable begin, Executable iterate, Variable direction, Shape predictions) {}

  private Bound bound(CurvatureMatrix matrix, int landscape) {
    Unbound unbound = programs.apply(matrix);
    Variable direction =
        directions.computeIfAbsent(
            matrix, absent -> scope.real(unbound.direction().name(), unbound.direction().shape()));
    int observation = Math.min(landscape, variables.size() - 1);
    Map<Variable, Variable> session = new HashMap<>(variables.get(observation));
    session.put(unbound.direction(), direction);
    Executable begin =
        bound.computeIfAbsent(
            List.of("begin", matrix, observation), absent -> unbound.begin().bind(session));
    Executable iterate =
        bound.computeIfAbsent(
            List.of("iterate", matrix, observation), absent -> unbound.iterate().bind(session));
    return new Bound(begin, iterate, direction, unbound.predictions());
  }

  /**
   * Computes the largest eigenvalues at the current candidates: see {@link
   * CurvatureEstimator#largest}.
   *
   * @param inputs of the programs but the shift
   */
  TopCurvature largest(
      CurvatureMatrix matrix, int landscape, Map<String, Array> inputs, int iterations) {
    Bound programsOf = bound(matrix, landscape);
    Array none = Array.filled(programsOf.predictions(), 0);
    Map<String, Array> found = iterated(programsOf, inputs, none, iterations);
    double[] eigenvalues = eigenvalues(found);
    double[] magnitudes = magnitudes(found);
    double[] shifts = new double[eigenvalues.length];
    for (int i = 0; i < shifts.length; i++) {
      boolean dominant = eigenvalues[i] >= SAME_SIGN * magnitudes[i];
      shifts[i] = dominant ? 0 : MARGIN * magnitudes[i];
    }
    if (Arrays.stream(shifts).anyMatch(shift -> shift > 0)) {
      // Anew, since all other directions may have vanished from those that were found.
      found = iterated(programsOf, inputs, Array.of(none.shape(), shifts), iterations);
    }
    return new TopCurvature(
        Required.of(found, CurvaturePrograms.EIGENVALUE),
        Required.of(found, CurvaturePrograms.STEP_SIZE),
        () -> backend.read(programsOf.direction()));
  }

  /**
   * Computes the extreme eigenvalues of the Hessian at the current candidates. Shifted by the
   * greatest magnitude, which unlike the Rayleigh quotient is not 0 where eigenvalues of both signs
   * are equally large, the one that is sought is the dominant. Each Rayleigh quotient is a bound.
   *
   * @param inputs of the programs but the shift
   */
  ExtremeCurvature extremes(int landscape, Map<String, Array> inputs, int iterations) {
    Bound hessian = bound(CurvatureMatrix.ofGradient(UpdateRule.CANDIDATE), landscape);
    Array none = Array.filled(hessian.predictions(), 0);
    Map<String, Array> dominant = iterated(hessian, inputs, none, iterations);
    double[] smallest = eigenvalues(dominant);
    double[] largest = smallest.clone();
    double[] below = shifted(hessian, inputs, dominant, -MARGIN, iterations);
    double[] above = shifted(hessian, inputs, dominant, MARGIN, iterations);
    for (int i = 0; i < largest.length; i++) {
      smallest[i] = Math.min(smallest[i], below[i]);
      largest[i] = Math.max(largest[i], above[i]);
    }
    return new ExtremeCurvature(Array.of(none.shape(), smallest), Array.of(none.shape(), largest));
  }

  private static double[] shifted(
      Bound programs,
      Map<String, Array> inputs,
      Map<String, Array> dominant,
      double margin,
      int iterations) {
    double[] shifts =
        Arrays.stream(magnitudes(dominant)).map(magnitude -> margin * magnitude).toArray();
    Array shift = Array.of(programs.predictions(), shifts);
    return eigenvalues(iterated(programs, inputs, shift, iterations));
  }

  private static double[] eigenvalues(Map<String, Array> found) {
    return Required.of(found, CurvaturePrograms.EIGENVALUE).doubles();
  }

  private static double[] magnitudes(Map<String, Array> found) {
    return Required.of(found, CurvaturePrograms.MAGNITUDE).doubles();
  }

  private static Map<String, Array> iterated(
      Bound programs, Map<String, Array> inputs, Array shift, int iterations) {
    programs.begin().run(Map.of());
    Map<String, Array> all = new HashMap<>(inputs);
    all.put(CurvaturePrograms.SHIFT, shift);
    Map<String, Array> found = Map.of();
    for (int i = 0; i < iterations; i++) {
      found = programs.iterate().run(all);
    }
    return found;
  }

  @Override
  public void close() {
    bound.values().forEach(Executable::close);
  }
}

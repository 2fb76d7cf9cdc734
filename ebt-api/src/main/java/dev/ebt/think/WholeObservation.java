package dev.ebt.think;

import static dev.ebt.think.ThinkingPrograms.LANDSCAPE;

import dev.ebt.backend.Backend;
import dev.ebt.backend.Executable;
import dev.ebt.backend.UnboundProgram;
import dev.ebt.backend.VariableScope;
import dev.ebt.energy.EnergyFunction;
import dev.ebt.modality.FeatureSpec;
import dev.ebt.tensor.Array;
import dev.ebt.tensor.ElementType;
import dev.ebt.tensor.NamedTensors;
import dev.ebt.tensor.Program;
import dev.ebt.tensor.Shape;
import dev.ebt.tensor.Sources;
import dev.ebt.tensor.Tensor;
import dev.ebt.tensor.Variable;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/** The observation of a whole context in one program, which is run anew for each landscape. */
final class WholeObservation implements ObservationPrograms {
  private final NamedTensors features;
  private final NamedTensors observed;
  private final boolean landscapesDiffer;
  private final UnboundProgram observe;

  WholeObservation(Backend backend, EnergyFunction function, int rows) {
    Map<String, Tensor> inputs = new LinkedHashMap<>();
    for (FeatureSpec feature : function.modality().context()) {
      inputs.put(feature.name(), feature.input(rows));
    }
    this.features = NamedTensors.of(inputs);
    Tensor landscape = Tensor.input(LANDSCAPE, Shape.scalar(), ElementType.INTEGER);
    NamedTensors fresh = function.observe(features, landscape);
    this.observed = fresh.map(ObservationPrograms::resident);
    Program program = program(fresh);
    this.landscapesDiffer = program.inputs().containsKey(LANDSCAPE);
    this.observe = backend.template(program, variables());
  }

  private static Program program(NamedTensors fresh) {
    Program.Builder program = Program.named("observe");
    fresh
        .toMap()
        .forEach(
            (name, tensor) -> {
              if (!(tensor.op() instanceof Sources.Constant)) {
                program.update(ObservationPrograms.variable(name, tensor), tensor);
              }
            });
    return program.build();
  }

  @Override
  public NamedTensors candidateFeatures() {
    return features;
  }

  @Override
  public boolean featuresAtPositions() {
    return false;
  }

  @Override
  public NamedTensors observed() {
    return observed;
  }

  @Override
  public int kept() {
    return 1;
  }

  @Override
  public boolean landscapesDiffer() {
    return landscapesDiffer;
  }

  @Override
  public Observation open(VariableScope scope) {
    Map<Variable, Variable> own = new LinkedHashMap<>();
    variables()
        .forEach(free -> own.put(free, scope.variable(free.name(), free.shape(), free.type())));
    return new Session(observe.bind(own), own);
  }

  private final class Session implements Observation {
    private final Executable program;
    private final Map<Variable, Variable> own;
    private Map<String, Array> context = Map.of();
    private int observedLandscape = -1;

    Session(Executable program, Map<Variable, Variable> own) {
      this.program = program;
      this.own = own;
    }

    @Override
    public void context(Map<String, Array> given) {
      context = given;
      observedLandscape = -1;
    }

    @Override
    public void forget() {
      observedLandscape = -1;
    }

    @Override
    public void focus(Array positions) {
      // The whole context is observed, whatever is predicted.
    }

    @Override
    public Map<String, Array> candidateFeatures() {
      return context;
    }

    @Override
    public void look(int landscape) {
      int wanted = landscapesDiffer ? landscape : 0;
      if (observedLandscape != wanted) {
        Map<String, Array> inputs = new HashMap<>(context);
        inputs.put(LANDSCAPE, Array.scalar((long) wanted));
        program.run(inputs);
        observedLandscape = wanted;
      }
    }

    @Override
    public Map<Variable, Variable> variables(int landscape) {
      return own;
    }

    @Override
    public void close() {
      program.close();
    }
  }
}

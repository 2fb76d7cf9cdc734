package dev.ebt.think;

import static dev.ebt.think.ThinkingPrograms.LANDSCAPE;

import dev.ebt.backend.Backend;
import dev.ebt.backend.Executable;
import dev.ebt.backend.UnboundProgram;
import dev.ebt.backend.VariableScope;
import dev.ebt.energy.EnergyFunction;
import dev.ebt.error.Required;
import dev.ebt.modality.Modality;
import dev.ebt.tensor.Array;
import dev.ebt.tensor.ElementType;
import dev.ebt.tensor.NamedTensors;
import dev.ebt.tensor.Program;
import dev.ebt.tensor.Shape;
import dev.ebt.tensor.Sources;
import dev.ebt.tensor.Tensor;
import dev.ebt.tensor.TensorGraph;
import dev.ebt.tensor.Variable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The programs of an observation that is kept on the device as a key/value cache, one per
 * landscape. A few programs append a fixed number of elements each: one in generation, more of a
 * prompt.
 */
final class CachedObservation implements ObservationPrograms {
  private final int rows;
  private final int positions;
  private final int capacity;
  private final int kept;
  private final boolean landscapesDiffer;
  private final NamedTensors candidateFeatures;
  private final NamedTensors observed;
  private final UnboundProgram empty;
  private final Map<Integer, UnboundProgram> append = new LinkedHashMap<>();
  private final RowCopies copies;
  private final EnergyFunction function;

  /**
   * Compiles the programs.
   *
   * @param positions number of predicted positions of each row
   * @param capacity the greatest number of elements of a row
   * @param landscapes number of landscapes that steps use
   */
  CachedObservation(
      Backend backend,
      EnergyFunction function,
      int rows,
      int positions,
      int capacity,
      int landscapes) {
    this.function = function;
    this.rows = rows;
    this.positions = positions;
    this.capacity = capacity;
    Tensor landscape = Tensor.input(LANDSCAPE, Shape.scalar(), ElementType.INTEGER);
    Modality modality = function.modality();
    this.candidateFeatures = ElementFeatures.inputs(modality, rows, positions);
    NamedTensors nothing = function.emptyObservation(rows, capacity, landscape);
    this.observed = nothing.map(ObservationPrograms::resident);
    this.empty = backend.template(program("clear", nothing), variables());
    Set<Variable> grown = new LinkedHashSet<>();
    boolean differ = TensorGraph.inOrder(nothing.toMap().values()).contains(landscape);
    for (int count : ElementFeatures.pieces(capacity)) {
      NamedTensors features = ElementFeatures.inputs(modality, rows, count);
      NamedTensors longer =
          function.append(observed, features, ElementFeatures.starts(rows), landscape);
      Program program = program("append" + count, longer);
      differ |= program.inputs().containsKey(LANDSCAPE);
      grown.addAll(program.updates().keySet());
      append.put(count, backend.template(program, variables()));
    }
    this.copies = new RowCopies(backend, List.copyOf(grown));
    this.landscapesDiffer = differ;
    this.kept = differ ? landscapes : 1;
  }

  private Program program(String name, NamedTensors tensors) {
    Program.Builder program = Program.named(name);
    Map<String, Tensor> before = observed.toMap();
    tensors
        .toMap()
        .forEach(
            (label, tensor) -> {
              if (Required.of(before, label).op() instanceof Sources.Read read) {
                program.update(read.variable(), tensor);
              }
            });
    return program.build();
  }

  @Override
  public NamedTensors candidateFeatures() {
    return candidateFeatures;
  }

  @Override
  public boolean featuresAtPositions() {
    return true;
  }

  @Override
  public NamedTensors observed() {
    return observed;
  }

  @Override
  public int kept() {
    return kept;
  }

  @Override
  public boolean landscapesDiffer() {
    return landscapesDiffer;
  }

  @Override
  public Optional<GrownObservation> grown() {
    List<GrownObservation.Cache> caches = new ArrayList<>();
    for (int landscape = 0; landscape < kept; landscape++) {
      caches.add(grown(landscape));
    }
    NamedTensors predicted =
        candidateFeatures.map(
            (name, t) -> Tensor.input(GrownObservation.PREDICTED + name, t.shape(), t.type()));
    return Optional.of(new GrownObservation(predicted, caches));
  }

  private GrownObservation.Cache grown(int landscape) {
    Map<String, Variable> variables = new LinkedHashMap<>();
    NamedTensors before =
        observed.map(
            (name, tensor) -> {
              if (tensor.op() instanceof Sources.Read read) {
                Variable variable = GrownObservation.variable(landscape, read.variable());
                variables.put(name, variable);
                return variable.read();
              }
              return tensor;
            });
    NamedTensors after =
        function.append(
            before,
            ElementFeatures.inputs(function.modality(), rows, 1),
            ElementFeatures.starts(rows),
            Tensor.constant(Array.scalar((long) landscape)));
    Map<Variable, Tensor> updates = new LinkedHashMap<>();
    variables.forEach((name, variable) -> updates.put(variable, after.get(name)));
    return new GrownObservation.Cache(after, updates);
  }

  @Override
  public Observation open(VariableScope scope) {
    List<KeyValueCaches.Cache> caches = new ArrayList<>();
    for (int landscape = 0; landscape < kept; landscape++) {
      String prefix = "landscape" + landscape + ".";
      Map<Variable, Variable> own = new LinkedHashMap<>();
      variables()
          .forEach(
              free ->
                  own.put(free, scope.variable(prefix + free.name(), free.shape(), free.type())));
      Map<Integer, Executable> programs = new LinkedHashMap<>();
      append.forEach((count, template) -> programs.put(count, template.bind(own)));
      caches.add(
          new KeyValueCaches.Cache(
              own, empty.bind(own), programs, new AppendedElements(rows, capacity)));
    }
    return new KeyValueCaches(new KeyValueCaches.Size(rows, positions, capacity), copies, caches);
  }
}

package dev.ebt.think;

import static dev.ebt.think.ThinkingPrograms.LANDSCAPE;

import dev.ebt.backend.Backend;
import dev.ebt.backend.Executable;
import dev.ebt.backend.UnboundProgram;
import dev.ebt.backend.VariableScope;
import dev.ebt.energy.EnergyFunction;
import dev.ebt.error.Required;
import dev.ebt.modality.Modality;
import dev.ebt.predict.Interruption;
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
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * An observation that is kept on the device as a key/value cache, one per landscape, and extended
 * by the elements that a new context has beyond the one before. A few programs append a fixed
 * number of elements each: one in generation, more of a prompt.
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
    List<Cache> caches = new ArrayList<>();
    for (int landscape = 0; landscape < kept; landscape++) {
      String prefix = "landscape" + landscape + ".";
      Map<Variable, Variable> own = new LinkedHashMap<>();
      variables()
          .forEach(
              free ->
                  own.put(free, scope.variable(prefix + free.name(), free.shape(), free.type())));
      Map<Integer, Executable> programs = new LinkedHashMap<>();
      append.forEach((count, template) -> programs.put(count, template.bind(own)));
      caches.add(new Cache(own, empty.bind(own), programs, new AppendedElements(rows, capacity)));
    }
    return new Session(caches);
  }

  /**
   * The cache of one landscape.
   *
   * @param append the program that appends each number of elements
   * @param elements what is in it
   */
  private record Cache(
      Map<Variable, Variable> variables,
      Executable empty,
      Map<Integer, Executable> append,
      AppendedElements elements) {
    void close() {
      empty.close();
      append.values().forEach(Executable::close);
    }
  }

  private final class Session implements Observation {
    private final List<Cache> caches;
    private Map<String, Array> context = Map.of();
    private Array focus = Array.of(Shape.of(0, 0), new long[0]);

    Session(List<Cache> caches) {
      this.caches = caches;
    }

    @Override
    public void context(Map<String, Array> given) {
      context = ElementFeatures.copy(given);
    }

    @Override
    public void forget() {
      caches.forEach(cache -> cache.elements().clear());
    }

    @Override
    public void take(Observation from, int[] sources, int[] targets) {
      if (from instanceof Session other
          && other.capacity() == capacity
          && other.caches.size() == caches.size()) {
        for (int i = 0; i < caches.size(); i++) {
          if (other.caches.get(i).elements().isUsed()) {
            take(caches.get(i), i, other.caches.get(i), sources, targets);
          }
        }
      }
    }

    private void take(Cache cache, int landscape, Cache from, int[] sources, int[] targets) {
      begin(cache, Array.scalar((long) landscape));
      copies.copy(grown(from), grown(cache), sources, targets);
      cache.elements().take(from.elements(), sources, targets);
    }

    /** Returns the variables of a cache that elements are appended to, by their free names. */
    private List<Variable> grown(Cache cache) {
      Map<String, Variable> byName = new HashMap<>();
      cache.variables().forEach((free, own) -> byName.put(free.name(), own));
      return copies.names().map(byName::get).toList();
    }

    private int capacity() {
      return capacity;
    }

    /** Makes the cache empty if nothing was ever in it. */
    private void begin(Cache cache, Array landscape) {
      if (cache.elements().isNew()) {
        cache.empty().run(Map.of(LANDSCAPE, landscape));
      }
    }

    @Override
    public void focus(Array selected) {
      focus = selected;
    }

    @Override
    public Map<String, Array> candidateFeatures() {
      return ElementFeatures.at(context, focus);
    }

    @Override
    public void look(int landscape) {
      int wanted = landscapesDiffer ? landscape : 0;
      Cache cache = caches.get(wanted);
      AppendedElements elements = cache.elements();
      elements.context(context, lengths(), 0);
      Array index = Array.scalar((long) wanted);
      begin(cache, index);
      while (elements.missing() > 0) {
        Interruption.check();
        Map<String, Array> inputs = elements.next(append.keySet());
        int count = elements.piece();
        inputs.put(LANDSCAPE, index);
        Required.of(cache.append(), count).run(inputs);
        elements.appended();
      }
    }

    @Override
    public Map<String, Array> lastElement(int steps) {
      int used = Math.min(steps, caches.size());
      for (int landscape = 0; landscape < used; landscape++) {
        AppendedElements elements = caches.get(landscape).elements();
        elements.context(context, lengths(), 0);
        if (!elements.isUsed()
            || elements.missing() > 1
            || !elements.sameAs(caches.get(0).elements())) {
          return afterAll(used);
        }
      }
      return inputs(used);
    }

    /** Observes all elements first, so that the caches of all landscapes are the same. */
    private Map<String, Array> afterAll(int used) {
      for (int landscape = 0; landscape < used; landscape++) {
        look(landscape);
      }
      return inputs(used);
    }

    private Map<String, Array> inputs(int used) {
      Map<String, Array> inputs = new HashMap<>();
      for (int landscape = 0; landscape < used; landscape++) {
        inputs.putAll(caches.get(landscape).elements().next(Set.of(1)));
      }
      candidateFeatures()
          .forEach((name, values) -> inputs.put(GrownObservation.PREDICTED + name, values));
      return inputs;
    }

    @Override
    public void lastElementObserved(int steps) {
      caches.stream().limit(steps).forEach(cache -> cache.elements().appended());
    }

    /** Returns the number of elements of each row up to the last predicted position. */
    private int[] lengths() {
      int[] lengths = new int[rows];
      long[] selected = focus.longs();
      for (int i = 0; i < selected.length; i++) {
        int row = i / positions;
        lengths[row] = Math.max(lengths[row], (int) selected[i] + 1);
      }
      return lengths;
    }

    @Override
    public Map<Variable, Variable> variables(int landscape) {
      return caches.get(landscapesDiffer ? landscape : 0).variables();
    }

    @Override
    public void close() {
      caches.forEach(Cache::close);
    }
  }
}

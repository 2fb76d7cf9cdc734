package dev.ebt.think;

import static dev.ebt.think.ThinkingPrograms.LANDSCAPE;

import dev.ebt.backend.Executable;
import dev.ebt.error.Required;
import dev.ebt.predict.Interruption;
import dev.ebt.tensor.Array;
import dev.ebt.tensor.Shape;
import dev.ebt.tensor.Variable;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The key/value caches of one thinking session, one per landscape in which observations differ.
 * Each is extended by the elements that a new context has beyond the one before, when a step first
 * needs it.
 */
final class KeyValueCaches implements Observation {
  private final Size size;
  private final RowCopies copies;
  private final List<Cache> caches;
  private Map<String, Array> context = Map.of();
  private Array focus = Array.of(Shape.of(0, 0), new long[0]);

  /**
   * The size of each cache.
   *
   * @param positions number of predicted positions of each row
   * @param capacity the greatest number of elements of a row
   */
  record Size(int rows, int positions, int capacity) {}

  /**
   * The cache of one landscape.
   *
   * @param append the program that appends each number of elements
   * @param elements what is in it
   */
  record Cache(
      Map<Variable, Variable> variables,
      Executable empty,
      Map<Integer, Executable> append,
      AppendedElements elements) {
    void close() {
      empty.close();
      append.values().forEach(Executable::close);
    }
  }

  /**
   * Creates caches that are empty.
   *
   * @param copies of the variables that elements are appended to
   */
  KeyValueCaches(Size size, RowCopies copies, List<Cache> caches) {
    this.size = size;
    this.copies = copies;
    this.caches = List.copyOf(caches);
  }

  /** Returns the number of the cache of a landscape: one serves all where they do not differ. */
  private int number(int landscape) {
    return caches.size() == 1 ? 0 : landscape;
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
    if (from instanceof KeyValueCaches other
        && other.size.capacity() == size.capacity()
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
    int wanted = number(landscape);
    Cache cache = caches.get(wanted);
    AppendedElements elements = cache.elements();
    elements.context(context, lengths(), 0);
    Array index = Array.scalar((long) wanted);
    begin(cache, index);
    while (elements.missing() > 0) {
      Interruption.check();
      Map<String, Array> inputs = elements.next(cache.append().keySet());
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
    int[] lengths = new int[size.rows()];
    long[] selected = focus.longs();
    for (int i = 0; i < selected.length; i++) {
      int row = i / size.positions();
      lengths[row] = Math.max(lengths[row], (int) selected[i] + 1);
    }
    return lengths;
  }

  @Override
  public Map<Variable, Variable> variables(int landscape) {
    return caches.get(number(landscape)).variables();
  }

  @Override
  public void close() {
    caches.forEach(Cache::close);
  }
}

package dev.ebt.inference;

import static java.util.stream.Collectors.joining;

import dev.ebt.error.UserException;
import dev.ebt.modality.Modality;
import dev.ebt.plugin.Catalog;
import dev.ebt.run.RunParts;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** All adapters of plugins by name, and the choice of one by the classes of a call. */
public final class InferenceAdapters {
  private final Map<String, Catalog.Provided<InferenceAdapter<?, ?>>> byName =
      new LinkedHashMap<>();

  /**
   * Collects the adapters of a catalog.
   *
   * @throws UserException if two have one name, or a plugin fails
   */
  InferenceAdapters(Catalog catalog) {
    List<Catalog.Provided<InferenceAdapter<?, ?>>> all =
        catalog.provided(
            InferencePlugin.class, "its inference adapters", InferencePlugin::inferenceAdapters);
    for (Catalog.Provided<InferenceAdapter<?, ?>> each : all) {
      Catalog.Provided<InferenceAdapter<?, ?>> other = byName.put(each.part().name(), each);
      if (other != null) {
        throw new UserException(
            String.format(
                Locale.ROOT,
                "two inference adapters are called '%s': one of %s, one of %s; leave one of the"
                    + " plugins away",
                each.part().name(),
                other.plugin(),
                each.plugin()));
      }
    }
  }

  /**
   * Returns the listing of all adapters of a catalog.
   *
   * @throws UserException if two have one name, or a plugin fails
   */
  public static List<Catalog.Entry> entries(Catalog catalog) {
    return new InferenceAdapters(catalog)
        .byName.values().stream()
            .map(
                each ->
                    new Catalog.Entry(
                        "inference adapter",
                        each.part().name(),
                        each.part().summary(),
                        each.plugin().name(),
                        each.plugin().origin()))
            .toList();
  }

  /** Returns the adapters for models of a modality. */
  List<InferenceAdapter<?, ?>> of(Modality modality) {
    List<InferenceAdapter<?, ?>> all = new ArrayList<>();
    byName.values().stream()
        .map(Catalog.Provided::part)
        .filter(adapter -> adapter.supports(modality))
        .forEach(all::add);
    return List.copyOf(all);
  }

  /**
   * Returns the adapter for an input and a class of outputs.
   *
   * @throws UserException if there is none for the model; the message lists those that there are
   */
  <I, O> InferenceAdapter<I, O> find(RunParts model, I input, Class<O> output) {
    for (InferenceAdapter<?, ?> adapter : of(model.modality())) {
      if (adapter.input().isInstance(input) && adapter.output().equals(output)) {
        @SuppressWarnings("unchecked") // Both classes were compared.
        InferenceAdapter<I, O> found = (InferenceAdapter<I, O>) adapter;
        return found;
      }
    }
    throw new UserException(
        String.format(
            Locale.ROOT,
            "a run of modality '%s' does not answer %s with %s; it answers %s",
            model.configuration().modality().name(),
            input.getClass().getSimpleName(),
            output.getSimpleName(),
            supported(model)));
  }

  /**
   * Refuses an adapter for other models.
   *
   * @throws UserException if it does not support the modality
   */
  static void check(InferenceAdapter<?, ?> adapter, RunParts model) {
    if (!adapter.supports(model.modality())) {
      throw new UserException(
          String.format(
              Locale.ROOT,
              "inference adapter '%s' is not for a run of modality '%s'",
              adapter.name(),
              model.configuration().modality().name()));
    }
  }

  private String supported(RunParts model) {
    String all =
        of(model.modality()).stream()
            .map(
                adapter ->
                    adapter.input().getSimpleName() + " with " + adapter.output().getSimpleName())
            .collect(joining(", "));
    return all.isEmpty() ? "nothing: no plugin adapts it" : all;
  }

  /**
   * Refuses an option that an adapter does not use.
   *
   * @throws UserException naming the option
   */
  static void checkOptions(InferenceAdapter<?, ?> adapter, Thinking thinking) {
    Set<String> unused = new LinkedHashSet<>(thinking.given());
    unused.removeAll(adapter.options());
    if (!unused.isEmpty()) {
      throw new UserException(
          String.join(", ", unused) + " has no effect on " + adapter.subject() + "; leave it out");
    }
  }
}

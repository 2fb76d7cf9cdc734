package dev.ebt.inference;

import static java.util.stream.Collectors.joining;

import dev.ebt.error.UserException;
import dev.ebt.plugin.Catalog;
import dev.ebt.run.RunParts;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** All adapters of plugins by name, and the choice of one by the classes of a call. */
final class InferenceAdapters {
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
   * Returns the adapter for an input and a class of outputs.
   *
   * @throws UserException if there is none for the model; the message lists those that there are
   */
  <I, O> InferenceAdapter<I, O> find(RunParts model, I input, Class<O> output) {
    for (Catalog.Provided<InferenceAdapter<?, ?>> each : byName.values()) {
      InferenceAdapter<?, ?> adapter = each.part();
      if (adapter.supports(model.modality())
          && adapter.input().isInstance(input)
          && adapter.output().equals(output)) {
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

  private String supported(RunParts model) {
    String all =
        byName.values().stream()
            .map(Catalog.Provided::part)
            .filter(adapter -> adapter.supports(model.modality()))
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

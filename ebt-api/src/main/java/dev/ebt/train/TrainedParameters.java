package dev.ebt.train;

import dev.ebt.error.UserException;
import dev.ebt.nn.ParameterSpec;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The choice of the parameters of a model that a training changes, by their names.
 *
 * @param frozen patterns of the names of parameters that stay as they are
 * @param adapter null if weights are trained themselves
 */
public record TrainedParameters(List<String> frozen, @Nullable AdapterSettings adapter) {
  /** All parameters are trained. */
  public static final TrainedParameters ALL = new TrainedParameters(List.of(), null);

  private static final int LISTED = 8;

  /** Copies the list. */
  public TrainedParameters {
    frozen = List.copyOf(frozen);
  }

  /** Returns whether a parameter is frozen by its name. */
  boolean freezes(ParameterSpec spec) {
    return matches(frozen, spec);
  }

  /** Returns the adapter of a parameter that is not frozen; empty if it has none. */
  Optional<LowRankAdapter> adapterOf(ParameterSpec spec) {
    AdapterSettings settings = adapter;
    return settings != null
            && spec.shape().rank() == 2
            && spec.shape().size(0) > settings.rank()
            && spec.shape().size(1) > settings.rank()
            && spec.traits().decayed()
            && !freezes(spec)
            && matches(settings.of(), spec)
        ? Optional.of(new LowRankAdapter(spec, settings.rank(), settings.alpha()))
        : Optional.empty();
  }

  private static boolean matches(List<String> patterns, ParameterSpec spec) {
    return patterns.stream().anyMatch(pattern -> matches(pattern, spec.name()));
  }

  private static boolean matches(String pattern, String name) {
    String regex =
        Pattern.compile("\\*")
            .splitAsStream(pattern + " ")
            .map(Pattern::quote)
            .collect(Collectors.joining(".*"));
    return (name + " ").matches(regex);
  }

  /**
   * Checks that each pattern is of some parameter, and that something is left to train.
   *
   * @throws UserException naming the pattern, and names of parameters
   */
  public void check(List<ParameterSpec> specs) {
    for (String pattern : frozen) {
      require("training.freeze", pattern, specs);
    }
    if (adapter != null) {
      for (String pattern : adapter.of()) {
        require("training.adapter.of", pattern, specs);
      }
      if (specs.stream().noneMatch(spec -> adapterOf(spec).isPresent())) {
        throw new UserException(
            "training.adapter has no weight to adapt: one with two dimensions above the rank, which"
                + " training.adapter.of names and training.freeze does not, is expected");
      }
    } else if (specs.stream().allMatch(this::freezes)) {
      throw new UserException(
          "training.freeze is " + frozen + ", which leaves no parameter to train; name fewer");
    }
  }

  private static void require(String setting, String pattern, List<ParameterSpec> specs) {
    if (specs.stream().noneMatch(spec -> matches(pattern, spec.name()))) {
      throw new UserException(
          String.format(
              Locale.ROOT,
              "%s has '%s', which no parameter of the model is called; there are %s%s (* stands for"
                  + " any text)",
              setting,
              pattern,
              specs.stream()
                  .limit(LISTED)
                  .map(ParameterSpec::name)
                  .collect(Collectors.joining(", ")),
              specs.size() > LISTED ? ", … and " + (specs.size() - LISTED) + " more" : ""));
    }
  }
}

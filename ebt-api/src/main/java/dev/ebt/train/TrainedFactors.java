package dev.ebt.train;

import dev.ebt.nn.ParameterSpec;
import java.util.List;
import java.util.stream.Stream;

/** What a training changes: parameters, or the factors of their adapters in their place. */
final class TrainedFactors {
  private TrainedFactors() {}

  /** Returns what is trained, in the order of the parameters. */
  static List<ParameterSpec> trained(ParameterUpdateRule rule, List<ParameterSpec> specs) {
    return specs.stream()
        .filter(rule::learns)
        .flatMap(
            spec ->
                rule.trained()
                    .adapterOf(spec)
                    .map(TrainedFactors::of)
                    .orElseGet(() -> Stream.of(spec)))
        .toList();
  }

  /** Returns the adapters of the parameters that are trained by one. */
  static List<LowRankAdapter> adapters(ParameterUpdateRule rule, List<ParameterSpec> specs) {
    return specs.stream()
        .filter(rule::learns)
        .flatMap(spec -> rule.trained().adapterOf(spec).stream())
        .toList();
  }

  /** Returns the factors of all adapters. */
  static List<ParameterSpec> of(ParameterUpdateRule rule, List<ParameterSpec> specs) {
    return adapters(rule, specs).stream().flatMap(TrainedFactors::of).toList();
  }

  private static Stream<ParameterSpec> of(LowRankAdapter adapter) {
    return Stream.of(adapter.down(), adapter.up());
  }
}

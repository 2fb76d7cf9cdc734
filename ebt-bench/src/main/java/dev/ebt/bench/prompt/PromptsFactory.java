package dev.ebt.bench.prompt;

import java.util.List;

/** A way to ask a person for inputs. */
@FunctionalInterface
public interface PromptsFactory {
  /**
   * Begins to ask.
   *
   * @param completions what the first words of a line are completed to, such as {@code /set steps}
   */
  Prompts open(List<String> completions);
}

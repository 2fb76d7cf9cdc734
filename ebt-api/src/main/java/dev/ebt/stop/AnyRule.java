package dev.ebt.stop;

import dev.ebt.tensor.Functions;
import dev.ebt.tensor.Tensor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;

/**
 * Stops where any of several rules does.
 *
 * @param rules the rules, one or more
 */
public record AnyRule(List<StoppingRule> rules) implements StoppingRule {
  /** Makes an unmodifiable copy of the list. */
  public AnyRule {
    rules = List.copyOf(rules);
  }

  @Override
  public boolean comparesDistributions() {
    return rules.stream().anyMatch(StoppingRule::comparesDistributions);
  }

  @Override
  public boolean comparesEnergies() {
    return rules.stream().anyMatch(StoppingRule::comparesEnergies);
  }

  @Override
  public List<Slot> slots() {
    List<Slot> all = new ArrayList<>();
    for (int i = 0; i < rules.size(); i++) {
      for (Slot slot : rules.get(i).slots()) {
        all.add(new Slot(name(i, slot.name()), slot.initial()));
      }
    }
    return all;
  }

  @Override
  public Map<String, Tensor> nextSlots(Inputs step) {
    Map<String, Tensor> all = new LinkedHashMap<>();
    for (int i = 0; i < rules.size(); i++) {
      int number = i;
      rules
          .get(i)
          .nextSlots(inputs(i, step))
          .forEach((slot, value) -> all.put(name(number, slot), value));
    }
    return all;
  }

  @Override
  public Tensor settled(Inputs step) {
    return any(step, StoppingRule::settled);
  }

  @Override
  public Tensor finished(Inputs step) {
    return any(step, StoppingRule::finished);
  }

  private Tensor any(Inputs step, BiFunction<StoppingRule, Inputs, Tensor> result) {
    Tensor any = step.none();
    for (int i = 0; i < rules.size(); i++) {
      any = Functions.maximum(any, result.apply(rules.get(i), inputs(i, step)));
    }
    return any;
  }

  /** Returns the inputs of one rule, with its slots by their own names. */
  private Inputs inputs(int rule, Inputs step) {
    Map<String, Tensor> own = new LinkedHashMap<>();
    for (Slot slot : rules.get(rule).slots()) {
      own.put(slot.name(), step.slot(name(rule, slot.name())));
    }
    return step.with(own);
  }

  /** Returns a slot name that is unique even if two rules are of the same type. */
  private static String name(int rule, String slot) {
    return rule + "." + slot;
  }
}

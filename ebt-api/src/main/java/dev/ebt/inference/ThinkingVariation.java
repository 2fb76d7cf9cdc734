package dev.ebt.inference;

import dev.ebt.energy.EnergyTerm;
import dev.ebt.energy.WeightedEnergy;
import dev.ebt.error.SettingException;
import dev.ebt.error.UserException;
import dev.ebt.run.RunParts;
import dev.ebt.select.Repulsion;
import dev.ebt.select.Selection;
import dev.ebt.step.ThinkingMethod;
import dev.ebt.stop.StoppingRule;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a call changes about the thinking that its model was loaded with. Calls with equal
 * variations are computed together; stopping rules and selections that are records are equal by
 * their settings.
 *
 * @param stepSizeScale the factor on the step size; null for 1
 * @param stoppingRule replaces the rule of the model; null for that
 * @param selection replaces the selection of the model; null for that
 * @param repulsion replaces the repulsion of the model; null for that
 * @param energies added to those of the model
 */
record ThinkingVariation(
    @Nullable Double stepSizeScale,
    @Nullable StoppingRule stoppingRule,
    @Nullable Selection selection,
    @Nullable Repulsion repulsion,
    List<Added> energies) {
  /** No change. */
  static final ThinkingVariation NONE = new ThinkingVariation(null, null, null, null, List.of());

  /** The names of the options. */
  static final Set<String> OPTIONS =
      Set.of("stepSizeScale", "stoppingRule", "selection", "repulsion", "energies");

  /** A term that is added to the energy of a model. */
  record Added(EnergyTerm term, double weight) {}

  ThinkingVariation {
    energies = List.copyOf(energies);
  }

  ThinkingVariation stepSizeScale(double factor) {
    return new ThinkingVariation(factor, stoppingRule, selection, repulsion, energies);
  }

  ThinkingVariation stoppingRule(StoppingRule rule) {
    return new ThinkingVariation(stepSizeScale, rule, selection, repulsion, energies);
  }

  ThinkingVariation selection(Selection other) {
    return new ThinkingVariation(stepSizeScale, stoppingRule, other, repulsion, energies);
  }

  ThinkingVariation repulsion(Repulsion other) {
    return new ThinkingVariation(stepSizeScale, stoppingRule, selection, other, energies);
  }

  ThinkingVariation energy(EnergyTerm term, double weight) {
    List<Added> all = new ArrayList<>(energies);
    all.add(new Added(term, weight));
    return new ThinkingVariation(stepSizeScale, stoppingRule, selection, repulsion, all);
  }

  /** Returns this without the step size, which needs no programs of its own. */
  ThinkingVariation ofPrograms() {
    return new ThinkingVariation(null, stoppingRule, selection, repulsion, energies);
  }

  /** Returns the names of the options that are set. */
  Set<String> given() {
    Set<String> given = new LinkedHashSet<>();
    Thinking.add(given, "stepSizeScale", stepSizeScale);
    Thinking.add(given, "stoppingRule", stoppingRule);
    Thinking.add(given, "selection", selection);
    Thinking.add(given, "repulsion", repulsion);
    Thinking.add(given, "energies", energies.isEmpty() ? null : energies);
    return given;
  }

  /**
   * Checks this with the other options of a call.
   *
   * @throws UserException if it has no effect, or contradicts them
   */
  void check(Thinking thinking, RunParts model) {
    if (!given().isEmpty() && !model.thinks()) {
      throw new UserException(
          String.join(", ", given()) + " has no effect on a model without an energy; leave it out");
    }
    if (selection != null && thinking.candidates() == 1) {
      throw SettingException.of("candidates", 1, "at least 2 with a selection among them");
    }
    if (repulsion != null && thinking.candidates() == 1) {
      throw SettingException.of("candidates", 1, "at least 2 with a repulsion between them");
    }
    if (stoppingRule != null && thinking.tolerance() > 0) {
      throw new UserException(
          "tolerance is short for the stopping rule EnergySettled, and there is a stoppingRule;"
              + " use one of them");
    }
  }

  /**
   * Returns the thinking of a model with this change, except for the step size.
   *
   * @param number of this variation of the model, for names of its own
   */
  ThinkingMethod of(ThinkingMethod method, int number) {
    List<WeightedEnergy> terms = new ArrayList<>(method.energies());
    for (Added added : energies) {
      terms.add(
          new WeightedEnergy("added" + number + "-" + terms.size(), added.term(), added.weight()));
    }
    ThinkingMethod changed = method.withEnergies(terms);
    changed = stoppingRule == null ? changed : changed.stoppedBy(stoppingRule);
    changed = selection == null ? changed : changed.selectedBy(selection);
    return repulsion == null ? changed : changed.repelledBy(repulsion);
  }
}

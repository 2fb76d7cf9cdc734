package dev.ebt.experiment;

/**
 * What an experiment asks and how it answers, stated before it runs. All texts are plain sentences.
 *
 * @param question the claim as a question
 * @param design what is trained and evaluated, and what it is compared with
 * @param statistic the number that decides, with its uncertainty
 * @param rule for which values the claim holds, does not hold, or cannot be decided
 */
public record ExperimentDesign(String question, String design, String statistic, String rule) {}

package dev.ebt.modality;

/**
 * A feature of the context that is the class of the target, so that a model has an energy for each
 * pair of target and class.
 *
 * @param feature the name of the context feature, a whole number for each row
 * @param classes the number of classes, which are numbered from 0
 */
public record ClassLabel(String feature, int classes) {}

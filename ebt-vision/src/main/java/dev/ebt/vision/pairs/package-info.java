/**
 * Pairs of an initial candidate and the image that thinking made of it: drawn from a trained run,
 * stored in a folder, read as a dataset.
 */
@org.jspecify.annotations.NullMarked
package dev.ebt.vision.pairs;

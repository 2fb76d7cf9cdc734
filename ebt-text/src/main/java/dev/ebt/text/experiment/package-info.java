/**
 * Experiments on the built-in brackets, whose entropy rate is known: claims about Energy-Based
 * Transformers at a size that two cores train in minutes.
 */
@org.jspecify.annotations.NullMarked
package dev.ebt.text.experiment;

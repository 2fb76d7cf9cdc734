/**
 * Linear probes of a model's representations: {@link dev.ebt.vision.probe.LinearProbe}, then {@link
 * dev.ebt.vision.probe.Representations}, {@link dev.ebt.vision.probe.LinearClassifier}.
 */
@NullMarked
package dev.ebt.vision.probe;

import org.jspecify.annotations.NullMarked;

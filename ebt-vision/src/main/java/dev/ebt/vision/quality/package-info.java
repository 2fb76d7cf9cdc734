/**
 * Metrics that compare sets of images with real ones: {@link
 * dev.ebt.vision.quality.ReferenceImages}, then {@link dev.ebt.vision.quality.FrechetDistance},
 * {@link dev.ebt.vision.quality.RandomFeatures}, {@link dev.ebt.vision.quality.Diversity}.
 */
@NullMarked
package dev.ebt.vision.quality;

import org.jspecify.annotations.NullMarked;

/**
 * Procedural images and clips: {@link dev.ebt.vision.procedural.ShapesOnBackgrounds}, {@link
 * dev.ebt.vision.procedural.BouncingShapes}.
 */
@NullMarked
package dev.ebt.vision.procedural;

import org.jspecify.annotations.NullMarked;

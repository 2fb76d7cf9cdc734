/**
 * Pictures and clips made by rule: {@link dev.ebt.vision.procedural.ProceduralPictures}, {@link
 * dev.ebt.vision.procedural.BouncingShapes}.
 */
@NullMarked
package dev.ebt.vision.procedural;

import org.jspecify.annotations.NullMarked;

/** Pictures made by rule: {@link dev.ebt.vision.procedural.ProceduralPictures}. */
@NullMarked
package dev.ebt.vision.procedural;

import org.jspecify.annotations.NullMarked;

/** The image and video modalities. */
@NullMarked
package dev.ebt.vision;

import org.jspecify.annotations.NullMarked;

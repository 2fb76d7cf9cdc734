/** The text modality. */
@NullMarked
package dev.ebt.text;

import org.jspecify.annotations.NullMarked;

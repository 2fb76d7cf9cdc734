/** The TensorFlow backend. */
@NullMarked
package dev.ebt.tensorflow;

import org.jspecify.annotations.NullMarked;

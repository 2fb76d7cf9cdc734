/** Regularizers of the energy landscape. */
@NullMarked
package dev.ebt.regularizers;

import org.jspecify.annotations.NullMarked;

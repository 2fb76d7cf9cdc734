/** The {@code ebt} command line. */
@NullMarked
package dev.ebt.bench;

import org.jspecify.annotations.NullMarked;

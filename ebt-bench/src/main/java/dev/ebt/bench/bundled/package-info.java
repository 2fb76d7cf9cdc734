/** The bundled model: small, already trained, and loaded without a run directory. */
@org.jspecify.annotations.NullMarked
package dev.ebt.bench.bundled;

/** Stand-ins for data, where only its size matters. */
@org.jspecify.annotations.NullMarked
package dev.ebt.bench.synthetic;

/** Progress lines for long operations. */
@org.jspecify.annotations.NullMarked
package dev.ebt.bench.progress;

/**
 * Plugins: {@link dev.ebt.plugin.EbtPlugin} is what an author implements. The rest of this package
 * finds plugins and wires what they bring; it is the only place that knows Guice.
 */
@org.jspecify.annotations.NullMarked
package dev.ebt.plugin;

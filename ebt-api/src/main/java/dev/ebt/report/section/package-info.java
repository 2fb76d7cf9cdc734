/** The sections of reports for any modality, provided in the same way as those of plugins. */
@NullMarked
package dev.ebt.report.section;

import org.jspecify.annotations.NullMarked;

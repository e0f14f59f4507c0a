/** What people see: progress, table, summary. */
@NullMarked
package dev.colorstream.producertools.report;

import org.jspecify.annotations.NullMarked;

/** The dashboard: what jobs, workers and models do, on one page. */
@NullMarked
package dev.colorstream.dashboard;

import org.jspecify.annotations.NullMarked;

/** Tests of the dashboard. */
@NullMarked
package dev.colorstream.dashboard;

import org.jspecify.annotations.NullMarked;

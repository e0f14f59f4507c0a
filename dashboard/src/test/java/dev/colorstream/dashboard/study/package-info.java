/** Tests of plausibility studies. */
@NullMarked
package dev.colorstream.dashboard.study;

import org.jspecify.annotations.NullMarked;

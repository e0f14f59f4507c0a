/** The trainer's command line. */
@NullMarked
package dev.colorstream.trainer;

import org.jspecify.annotations.NullMarked;

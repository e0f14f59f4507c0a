/** Tests of the state. */
@NullMarked
package dev.colorstream.dashboard.state;

import org.jspecify.annotations.NullMarked;

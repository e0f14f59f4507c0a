/** The colorstream command line for those who send photos. */
@NullMarked
package dev.colorstream.producertools;

import org.jspecify.annotations.NullMarked;
